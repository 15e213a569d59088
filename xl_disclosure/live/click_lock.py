"""One action at a time on a workbook: a lock that the system takes back by itself from a program that ended."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from xl_disclosure.errors import InputError, Place

_handles: set[int] = set()
_WHAT, _REMEDY = "上一次点击的操作还没有做完", "等它做完再点按钮"


@contextmanager
def only_action_on(book: Path) -> Iterator[None]:
    """Hold a workbook against a second action; InputError when one runs on it already."""
    digest = sha256(str(book.resolve()).encode("utf-8")).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"xl-disclosure-{digest}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    _handles.add(handle)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise InputError(_WHAT, _REMEDY, Place(book.name)) from error
        yield
    finally:
        _handles.discard(handle)
        os.close(handle)


def _let_go_in_child() -> None:
    """Close the locks in a forked process, which would hold them even when the action's own process was killed."""
    for handle in _handles:
        os.close(handle)
    _handles.clear()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_let_go_in_child)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Where the cache of what was read lies, and what it holds good for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from lxml import etree

import xl_disclosure
from xl_disclosure.forms.catalog import EDITIONS_VARIABLE

CACHE_VARIABLE = "XL_DISCLOSURE_CACHE"
"""Names another folder; blank: nothing is kept."""

UNUSED_DAYS = 30
"""After so many, what an older version of the program kept is deleted."""

_NAME = "read-{}.sqlite3"


def cache_file() -> Path | None:
    """Return the file of the cache for this program as it is now; None where none is kept."""
    folder = _folder()
    if folder is None:
        return None
    file = folder / _NAME.format(program_fingerprint())
    _delete_unused(folder, file)
    return file


def _folder() -> Path | None:
    stated = os.environ.get(CACHE_VARIABLE)
    if stated is not None:
        return Path(stated) if stated else None
    with suppress(RuntimeError):  # a user without a home
        return _user_folder() / "xl_disclosure"
    return None


def _user_folder() -> Path:
    """Return where programs keep what they can do without, for this user."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


@cache
def program_fingerprint() -> str:
    """Return what stands for everything but the files that what is read of them depends on: program and editions."""
    digest = blake2b(f"{sys.version} {etree.LXML_VERSION}".encode(), digest_size=16)
    folders = [str(Path(xl_disclosure.__file__).parent)]
    if local := os.environ.get(EDITIONS_VARIABLE):
        folders.append(local)
    for folder in folders:
        for path in sorted(_sources(folder)):
            with Path(path).open("rb", buffering=0) as file:
                content = file.read()
            digest.update(b"%b %d " % (os.fsencode(path[len(folder) :]), len(content)) + content)
    return digest.hexdigest()


def _sources(folder: str) -> Iterator[str]:
    """Give the paths of all programs and editions below a folder."""
    for place, _, names in os.walk(folder):
        yield from (f"{place}{os.sep}{name}" for name in names if name.endswith((".py", ".toml")))


def _delete_unused(folder: Path, used: Path) -> None:
    long_ago = time.time() - UNUSED_DAYS * 24 * 3600
    with suppress(OSError):
        for path in folder.glob(_NAME.format("*")):
            if path != used and path.stat().st_mtime < long_ago:
                path.unlink()

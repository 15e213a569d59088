"""Work done on LibreOffice's main thread, the one that paints.

What another thread does to a view while that one paints can crash LibreOffice (7.4: bringing a sheet over from another
workbook, one time in thirty on a busy machine). A call from within a callback is carried out on the callback's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from xl_disclosure.libreoffice.connection import Connection
from xl_disclosure.libreoffice.uno_loading import load_uno
from xl_disclosure.libreoffice.uno_types import UnoObject

_SECONDS_BETWEEN_LOOKS = 1.0

Result = TypeVar("Result")


def on_main_thread(connection: Connection, work: Callable[[], Result]) -> Result:
    """Return what calls to LibreOffice come to, between which it does nothing else; or raise what they raise.

    The exception of UNO for a lost connection is raised when LibreOffice ends meanwhile. The work itself must not wait
    for that thread once more.
    """
    call = _Call(work)
    connection.create("awt.AsyncCallback").addCallback(call, None)
    while not call.is_over.wait(_SECONDS_BETWEEN_LOOKS):
        _ = connection.desktop.Name  # which fails where LibreOffice has ended
    if call.error is not None:
        raise call.error
    return call.results[0]


class _Call(Generic[Result]):
    """Do the work when LibreOffice calls back; a com.sun.star.awt.XCallback."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self.is_over = threading.Event()
        self.results: list[Result] = []
        self.error: BaseException | None = None
        self._work = work

    def notify(self, _: object) -> None:
        try:
            self.results.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised where the result is waited for
            self.error = error
        finally:
            self.is_over.set()

    # com.sun.star.lang.XTypeProvider, by which the bridge to Python knows what this is.

    def getTypes(self) -> tuple[UnoObject, ...]:  # noqa: N802
        return (load_uno().getTypeByName("com.sun.star.awt.XCallback"),)

    def getImplementationId(self) -> Any:  # noqa: N802
        return load_uno().ByteSequence(b"")

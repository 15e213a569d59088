"""An engine that lets xlwings work with LibreOffice Calc on Linux.

    from xl_disclosure import libreoffice

    libreoffice.activate()
    book = xlwings.Book("figures.xlsx")

What it supports is listed in README.md beside this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError

if TYPE_CHECKING:
    import xlwings

__all__ = ["LibreOfficeError", "NotSupportedError", "activate"]


def activate(pipe: str | None = None) -> xlwings.Engine:
    """Let xlwings work with LibreOffice from now on: `xlwings.Book`, `xlwings.Book.caller()`, `xlwings.apps` and all.

    With a pipe, connect to the LibreOffice that listens on it; otherwise to the one that XLWINGS_LIBREOFFICE_PIPE
    names or that listens on "xlwings", as soon as xlwings asks for an application. xlwings is loaded now, not before.

    Raises:
        LibreOfficeError: nothing listens on the pipe.
    """
    from xl_disclosure.libreoffice.engine import activate_engine

    return activate_engine(pipe)

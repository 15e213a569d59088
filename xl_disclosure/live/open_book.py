"""The workbook in the spreadsheet that holds it open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xl_disclosure.live.lean_xlwings import import_xlwings

if TYPE_CHECKING:
    import xlwings


def find_open_book(path: Path) -> xlwings.Book | None:
    """Return the workbook as it is open in the LibreOffice that listens on the pipe; None when it is not open there.

    xlwings is loaded only where something listens: a click without it shall not wait for it.
    """
    from xl_disclosure.libreoffice.connection import chosen_pipe, is_listening

    pipe = chosen_pipe()
    if not is_listening(pipe):
        return None
    xlwings = import_xlwings()

    from xl_disclosure import libreoffice

    try:
        libreoffice.activate(pipe)
    except libreoffice.LibreOfficeError:
        return None
    target = path.resolve()
    return next((book for book in xlwings.books if Path(book.fullname).resolve() == target), None)

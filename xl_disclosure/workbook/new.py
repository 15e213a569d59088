"""A fresh workbook from the template of an edition."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.forms.model import Edition
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.form_model import template_of
from xl_disclosure.workbook.layout import cover_place
from xl_disclosure.workbook.parts.plain_package import without_macros
from xl_disclosure.workbook.parts.shelf import EMPTY, Shelf
from xl_disclosure.workbook.titles import refresh_titles

PLAIN_ENDING = ".xlsx"


def new_workbook_for(
    path: Path, edition: Edition, unit: str = "", year: int | None = None, shelf: Shelf = EMPTY
) -> FileBook:
    """Return a workbook to be saved under a path: without macros and buttons where its name ends in .xlsx.

    A shelf keeps what can be used again when it is written anew.
    """
    content = new_workbook(edition, unit, year).to_bytes()
    is_plain = path.suffix.lower() == PLAIN_ENDING
    return FileBook(without_macros(content, path.name) if is_plain else content, path.name, shelf)


def new_workbook(edition: Edition, unit: str = "", year: int | None = None) -> FileBook:
    """Return a workbook from the edition's template, unit and year on its cover; None leaves the year blank.

    Raises:
        SetupError: the installation lacks the template.
    """
    book = FileBook.open(template_of(edition))
    for field, value in (("unit", unit), ("year", year)):
        place = cover_place(field)
        book.write_cells(place.sheet, {(place.row, place.column): CellContent(value)})
    refresh_titles(book, edition)
    return book

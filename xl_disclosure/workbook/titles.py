"""The titles, years and units that the template takes over from the cover by formula."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xl_disclosure.cell_names import cell_name
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.model import Edition
from xl_disclosure.workbook.book import Book, CellContent
from xl_disclosure.workbook.layout import cover_place

_QUOTED = '"(?:[^"]|"")*"'
_COVER_CELL = rf"'?{COVER_SHEET}'?!\$?[A-Z]+\$?[0-9]+"
_PART = re.compile(f"({_QUOTED})|({_COVER_CELL})")
_JOINED = re.compile(f"(?:{_QUOTED}|{_COVER_CELL})(?:&(?:{_QUOTED}|{_COVER_CELL}))+")


def refresh_titles(book: Book, edition: Edition) -> None:
    """Write what the titles read now beside their formulas, for readers that do not calculate.

    A title is a formula on the cover or a form sheet that only joins texts and cells of the cover.
    """
    cover = {}
    for field in COVER_FIELDS:
        place = cover_place(field)
        [[value]] = book.read_block(place.sheet, place.row, place.column, 1, 1)
        cover[cell_name(place.row, place.column)] = value.text
    for sheet in (COVER_SHEET, *(form.name for form in edition.sheets)):
        titles = {
            (row, column): CellContent(_join(cell.formula, cover), formula=cell.formula)
            for row, cells in enumerate(book.read_used(sheet))
            for column, cell in enumerate(cells)
            if _JOINED.fullmatch(cell.formula)
        }
        book.write_cells(sheet, titles)


def _join(formula: str, cover: Mapping[str, str]) -> str:
    """Return what a title reads; a cell of the cover that is no field of it reads as blank."""
    texts: list[str] = []
    for quoted, cell in _PART.findall(formula):
        name = cell.rpartition("!")[2].replace("$", "")
        texts.append(quoted[1:-1].replace('""', '"') if quoted else cover.get(name, ""))
    return "".join(texts)

"""The return of a workbook that is open, unsaved changes included, read by the policy that reads files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Return
from xl_disclosure.returns.read import read_document
from xl_disclosure.returns.sources.document import (
    OddCell,
    OddKind,
    Position,
    RawCell,
    SourceDocument,
    SourceTable,
    number_from_float,
)
from xl_disclosure.workbook.book import ErrorValue
from xl_disclosure.workbook.layout import FORM_FIRST_ROW
from xl_disclosure.workbook.live.cells import read_cell
from xl_disclosure.workbook.live.reading import SheetReader

if TYPE_CHECKING:
    import xlwings


def read_open_return(book: xlwings.Book, edition: Edition, reader: SheetReader) -> Return:
    """Return what an open workbook of an edition states; InputError as for a file that cannot be used."""

    @cache
    def load(name: str) -> SourceTable:
        rows = [[seen.value for seen in line] for line in reader.read_all(book.sheets[name])]
        return SourceTable(book.name, name, raw_cells(rows), _spans(edition, name))

    return read_document(SourceDocument(book.name, tuple(book.sheet_names), load))


def raw_cells(rows: Sequence[Sequence[object]]) -> Mapping[Position, RawCell]:
    """Return the cells that say something by position, from a spreadsheet's values: errors as text, dates as odd."""
    cells: dict[Position, RawCell] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            cell = _raw(value)
            if cell != "":
                cells[row, column] = cell
    return cells


def _raw(value: object) -> RawCell:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return number_from_float(value)
        case {"year": year, "month": month, "day": day}:
            return OddCell(OddKind.DATE, f"{year:04}-{month:02}-{day:02}")
        case int() | Decimal():
            return value
    found = read_cell(value, None).value
    return OddCell(OddKind.ERROR, found.code) if isinstance(found, ErrorValue) else str(value)


def _spans(edition: Edition, name: str) -> Mapping[Position, tuple[int, int]]:
    """Return the merged areas of a form's sheet, which a spreadsheet tells only cell by cell, as printed."""
    form = next((sheet for sheet in edition.sheets if sheet.name == name), None)
    if form is None:
        return {}
    return {
        (FORM_FIRST_ROW + cell.row, cell.column): (cell.row_span, cell.column_span)
        for cell in build_grid(edition, form).cells
        if cell.row_span > 1 or cell.column_span > 1
    }

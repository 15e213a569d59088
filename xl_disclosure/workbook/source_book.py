"""A workbook as it was opened for reading: what stands in its sheets, without their XML."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NoReturn

from xl_disclosure.returns.sources.document import (
    OddCell,
    OddKind,
    Position,
    RawCell,
    SheetContent,
    SourceDocument,
    SourceTable,
)
from xl_disclosure.workbook.book import CellValue, ErrorValue, lines_that_say, missing_sheet

UNKNOWN_FORMULA = "?"
"""Stands for a formula of which only that it was never calculated is known."""

LARGEST_KEPT = 10_000
"""Cells of a sheet, blank ones among them, that is kept for the files that hold it alike."""

_BLANK = CellValue()


class CutShort(Exception):  # noqa: N818 - not an error: the workbook is to be read as a whole
    """Report a sheet that may go on beyond what is read of any file."""


class SourceBook:
    """Read the sheets of a document; a `Book` that cannot be written. Of thousands each file is opened but once.

    Formulas with a result are seen as that result. Raises CutShort for a sheet that reaches the bounds of reading.
    """

    def __init__(self, document: SourceDocument) -> None:
        self._document = document

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        return self._document.table_names

    def read_cells(self, sheet: str) -> Mapping[Position, RawCell]:
        """Return what stands in a sheet, as it was read; InputError for a missing or damaged sheet."""
        return self._table(sheet).cells

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns; InputError for a missing or damaged sheet."""
        cells = self._table(sheet).cells
        return [
            [_value(cells.get((row, column))) for column in range(first_column, first_column + columns)]
            for row in range(first_row, first_row + rows)
        ]

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something, all as wide as the widest; see `Book`."""
        content = self._table(sheet).content
        height, width = content.extent
        rows = _kept_rows(content) if height * width <= LARGEST_KEPT else _used_rows(content)
        return [list(row) for row in rows]

    def is_as_left(self, sheet: str) -> bool:  # noqa: ARG002
        """Return False: it is not known."""
        return False

    def read_lines(self, sheet: str, first_row: int, columns: Collection[int]) -> list[list[CellValue]]:
        """Return of the rows from one on those that say something in any of these columns."""
        return lines_that_say(self.read_used(sheet)[first_row:], columns)

    def write_cells(self, *_: object, **__: object) -> NoReturn:
        """Refuse to write."""
        raise self._refusal

    def write_list(self, *_: object, **__: object) -> NoReturn:
        """Refuse to write."""
        raise self._refusal

    def save(self, *_: object, **__: object) -> NoReturn:
        """Refuse to save."""
        raise self._refusal

    @property
    def _refusal(self) -> TypeError:
        return TypeError(f"{self._document.file} was opened for reading alone")

    def _table(self, sheet: str) -> SourceTable:
        if sheet not in self._document.table_names:
            raise missing_sheet(sheet, self._document.table_names, self._document.file)
        table = self._document.load(sheet)
        if table.is_cut:
            raise CutShort(sheet)
        return table


def _used_rows(content: SheetContent) -> list[list[CellValue]]:
    """Return what ``read_used`` does for a sheet."""
    height, width = content.extent
    used = [[_BLANK] * width for _ in range(height)]
    for (row, column), cell in content.cells.items():
        used[row][column] = _value(cell)
    return used


_kept_rows = lru_cache(maxsize=64)(_used_rows)


_text_value = lru_cache(maxsize=4096)(CellValue)


def _value(cell: RawCell | None) -> CellValue:
    if cell is None:
        return _BLANK
    if isinstance(cell, str):
        return _text_value(cell)
    if not isinstance(cell, OddCell):
        return CellValue(cell)
    match cell.kind:
        case OddKind.ERROR:
            return CellValue(ErrorValue(cell.text))
        case OddKind.UNCALCULATED:
            return CellValue(None, cell.text or UNKNOWN_FORMULA)
        case OddKind.DATE:
            return CellValue(cell.text if cell.serial is None else cell.serial)

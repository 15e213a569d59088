"""A workbook into which formulas over one of its sheets are written as their results alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xl_disclosure.workbook.book import Book, CellContent, CellValue, ListLine


@dataclass(frozen=True, slots=True)
class ResultsBook:
    """A `Book` that writes into another one; of formulas over ``sheet``, whose lines stand elsewhere, the results."""

    book: Book
    sheet: str

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        return self.book.sheet_names()

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns."""
        return self.book.read_block(sheet, first_row, first_column, rows, columns)

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something."""
        return self.book.read_used(sheet)

    def is_as_left(self, sheet: str) -> bool:
        """Tell whether a sheet is known to be as this program saved it."""
        return self.book.is_as_left(sheet)

    def read_lines(self, sheet: str, first_row: int, columns: Collection[int]) -> list[list[CellValue]]:
        """Return of the rows from one on those that say something in any of these columns."""
        return self.book.read_lines(sheet, first_row, columns)

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column)."""
        self.book.write_cells(sheet, {place: self._result(content) for place, content in cells.items()})

    def write_list(self, sheet: str, first_row: int, lines: Sequence[ListLine], heights: Sequence[float] = ()) -> None:
        """Replace the body of a list that begins at a row."""
        results = [
            [self._result(cell) if isinstance(cell, CellContent) and cell.formula else cell for cell in line]
            for line in lines
        ]
        self.book.write_list(sheet, first_row, results, heights)

    def save(self, path: Path) -> None:
        """Save the workbook under a path."""
        self.book.save(path)

    def _result(self, content: CellContent) -> CellContent:
        return replace(content, formula="") if f"'{self.sheet}'!" in content.formula else content

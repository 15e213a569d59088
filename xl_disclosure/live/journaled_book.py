"""A book whose every change is kept in a journal first, and whose sheets are read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xl_disclosure.live.journal import CellHistory, Journal
from xl_disclosure.workbook.book import Book, CellContent, CellValue, Value

BLANK = CellValue()


class JournaledBook:
    """Pass reading and writing on to an open workbook; a `Book`. Saving is left to the clerk."""

    def __init__(self, book: Book, journal: Journal) -> None:
        self._book = book
        self._journal = journal
        self._sheets: dict[str, list[list[CellValue]]] = {}

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        return self._book.sheet_names()

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns."""
        return [
            [self._cell(sheet, row, column) for column in range(first_column, first_column + columns)]
            for row in range(first_row, first_row + rows)
        ]

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something."""
        if sheet not in self._sheets:
            self._sheets[sheet] = self._book.read_used(sheet)
        return [list(row) for row in self._sheets[sheet]]

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column), what they say now kept before."""
        if self._keep(sheet, cells):
            self._book.write_cells(sheet, cells)
            self._sheets.clear()

    def write_list(
        self, sheet: str, first_row: int, lines: Sequence[Sequence[CellContent]], heights: Sequence[float] = ()
    ) -> None:
        """Replace the body of a list that begins at a row, what stands there now kept before."""
        present = self.read_used(sheet)
        width = max((len(line) for line in (*lines, *present)), default=0)
        blank = CellContent()
        cells = {
            (row, column): blank
            for row in range(first_row, max(len(present), first_row + len(lines)))
            for column in range(width)
        }
        cells |= {
            (row, column): content
            for row, line in enumerate(lines, start=first_row)
            for column, content in enumerate(line)
        }
        self._keep(sheet, cells)
        self._book.write_list(sheet, first_row, lines, heights)
        self._sheets.clear()

    def save(self, path: Path) -> None:
        """Leave the file as it is: the clerk saves what is open."""

    def _cell(self, sheet: str, row: int, column: int) -> CellValue:
        if sheet not in self._sheets:
            self._sheets[sheet] = self._book.read_used(sheet)
        rows = self._sheets[sheet]
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else BLANK

    def _keep(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> bool:
        changes = {
            place: (self._cell(sheet, *place), content)
            for place, content in cells.items()
            if content.link or not says(self._cell(sheet, *place), CellValue(content.value, content.formula))
        }
        if changes:
            self._journal.keep(sheet, changes)
        return bool(changes)


def take_back(book: Book, journal: Journal) -> int:
    """Put back what cells said before an action and return how many stay, since the clerk changed them afterwards."""
    by_sheet: dict[str, dict[tuple[int, int], CellHistory]] = {}
    for (sheet, row, column), history in journal.histories().items():
        by_sheet.setdefault(sheet, {})[row, column] = history
    stay = 0
    for sheet, cells in by_sheet.items():
        present = book.read_used(sheet)
        restored: dict[tuple[int, int], CellContent] = {}
        for (row, column), history in cells.items():
            is_there = row < len(present) and column < len(present[row])
            now = present[row][column] if is_there else BLANK
            if says(now, history.before):
                continue
            if any(says(now, written) for written in history.written):
                restored[row, column] = CellContent(history.before.value, formula=history.before.formula)
            else:
                stay += 1
        book.write_cells(sheet, restored)
    journal.discard()
    return stay


def says(present: CellValue, wanted: CellValue) -> bool:
    """Tell whether a cell says what is wanted; spreadsheets word a formula in their own way."""
    if wanted.formula or present.formula:
        return _plain(present.formula) == _plain(wanted.formula)
    return _shown(present) == _shown(wanted)


def _shown(cell: CellValue) -> Value:
    return "" if cell.value is None else cell.value


def _plain(formula: str) -> str:
    return formula.removeprefix("=").replace("'", "").replace("$", "").replace(" ", "")

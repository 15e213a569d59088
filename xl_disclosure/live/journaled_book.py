"""A book whose every change is kept in a journal first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xl_disclosure.live.journal import Journal, State
from xl_disclosure.workbook.book import Book, CellContent, CellValue, Value
from xl_disclosure.workbook.links import normal_link

BLANK = CellValue()


class JournaledBook:
    """Pass reading and writing on to an open workbook; a `Book`. Saving is left to the clerk."""

    def __init__(self, book: Book, journal: Journal) -> None:
        self._book = book
        self._journal = journal

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        return self._book.sheet_names()

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns."""
        return self._book.read_block(sheet, first_row, first_column, rows, columns)

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something."""
        return self._book.read_used(sheet)

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column), what they say now kept before."""
        if self._keep(sheet, cells):
            self._book.write_cells(sheet, cells)

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

    def save(self, path: Path) -> None:
        """Leave the file as it is: the clerk saves what is open."""

    def _keep(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> bool:
        present = self._book.read_used(sheet)
        changes: dict[tuple[int, int], tuple[CellValue, CellContent]] = {}
        for (row, column), content in cells.items():
            before = _cell_in(present, row, column)
            if not says(before, CellValue(content.value, content.formula, content.link)):
                changes[row, column] = (before, content)
        if changes:
            self._journal.keep(sheet, changes)
        return bool(changes)


def take_back(book: Book, journal: Journal) -> int:
    """Put back what cells said before an action and return how many stay, since the clerk changed them afterwards.

    What was written last is put back first, so that it can be done again when it is broken off. The journal goes.
    """
    stay = 0
    if journal.state is State.FINISHED:
        journal.reopen()
    sheets: dict[str, list[list[CellValue]]] = {}
    for sheet, cells in reversed(journal.batches()):
        if sheet not in sheets:
            sheets[sheet] = book.read_used(sheet)
        present = sheets[sheet]
        restored: dict[tuple[int, int], CellContent] = {}
        for (row, column), history in cells.items():
            now = _cell_in(present, row, column)
            if says(now, history.before):
                continue
            if any(says(now, written) for written in history.written):
                before = history.before
                restored[row, column] = CellContent(before.value, formula=before.formula, link=before.link)
            else:
                stay += 1
        book.write_cells(sheet, restored)
    journal.discard()
    return stay


def says(present: CellValue, wanted: CellValue) -> bool:
    """Tell whether a cell says what is wanted; spreadsheets word a formula, and a link, in their own way."""
    if normal_link(present.link) != normal_link(wanted.link):
        return False
    if wanted.formula or present.formula:
        return _plain(present.formula) == _plain(wanted.formula)
    return _shown(present) == _shown(wanted)


def _cell_in(rows: Sequence[Sequence[CellValue]], row: int, column: int) -> CellValue:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else BLANK


def _shown(cell: CellValue) -> Value:
    return "" if cell.value is None else cell.value


def _plain(formula: str) -> str:
    return formula.removeprefix("=").replace("'", "").replace("$", "").replace(" ", "")

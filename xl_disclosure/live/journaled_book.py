"""A book whose every change is kept in a journal first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from xl_disclosure.live.journal import Journal, State
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import Book, CellContent, CellLook, CellValue, FormBook, ListLine, list_cells
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.same_content import says

BLANK = CellValue()


class JournaledBook:
    """Pass reading and writing on to an open workbook; a `FormBook`. Saving is left to the clerk."""

    def __init__(self, book: FormBook, journal: Journal) -> None:
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

    def is_as_left(self, sheet: str) -> bool:
        """Tell whether a sheet is known to be as this program saved it."""
        return self._book.is_as_left(sheet)

    def read_lines(self, sheet: str, first_row: int, columns: Collection[int]) -> list[list[CellValue]]:
        """Return of the rows from one on those that say something in any of these columns."""
        return self._book.read_lines(sheet, first_row, columns)

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column), what they say now kept before."""
        if self._keep(sheet, cells):
            self._book.write_cells(sheet, cells)

    def write_list(self, sheet: str, first_row: int, lines: Sequence[ListLine], heights: Sequence[float] = ()) -> None:
        """Replace the body of a list that begins at a row, what stands there now kept before."""
        present = self.read_used(sheet)
        width = max((len(line) for line in (*lines, *present)), default=0)
        blank = CellContent()
        cells = {
            (row, column): blank
            for row in range(first_row, max(len(present), first_row + len(lines)))
            for column in range(width)
        }
        cells |= list_cells(first_row, lines)
        self._keep(sheet, cells)
        self._book.write_list(sheet, first_row, lines, heights)

    def is_protected(self, sheet: str) -> bool:
        """Tell whether locked cells of a sheet are guarded against typing."""
        return self._book.is_protected(sheet)

    def odd_cells(self, sheet: str, wanted: Mapping[tuple[int, int], CellLook]) -> Mapping[tuple[int, int], CellLook]:
        """Return the cells that do not look as wanted, each with its look."""
        return self._book.odd_cells(sheet, wanted)

    def restore_areas(self, areas: Mapping[str, Area], template: Path) -> None:
        """Give areas what a template has, what their cells say now kept before; how they look is not kept."""
        model = FileBook.open(template)
        for sheet, area in areas.items():
            rows = model.read_used(sheet)
            cells = {place: _cell_in(rows, *place) for place in area.cells()}
            contents = {place: CellContent(cell.value, cell.formula, cell.link) for place, cell in cells.items()}
            self._keep(sheet, contents)
        self._book.restore_areas(areas, template)

    def copy_sheet(self, sheet: str, name: str) -> None:
        """Keep a copy of a sheet's cells as the last sheet; taking back leaves it there."""
        self._book.copy_sheet(sheet, name)

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


def _cell_in(rows: Sequence[Sequence[CellValue]], row: int, column: int) -> CellValue:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else BLANK

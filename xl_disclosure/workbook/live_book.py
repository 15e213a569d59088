"""A clerk's workbook that is open in Excel or LibreOffice, unsaved changes included, reached through xlwings."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import InputError, Place
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import (
    LONGEST_TEXT,
    CellContent,
    CellLook,
    CellValue,
    ListLine,
    lines_that_say,
    list_cells,
    long_text,
    missing_sheet,
)
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.live.cells import Written, block_of, group_cells
from xl_disclosure.workbook.live.looks import odd_cells
from xl_disclosure.workbook.live.protection import is_protected, unprotected
from xl_disclosure.workbook.live.reading import Block, FreshReader, SheetReader, range_of, used_size
from xl_disclosure.workbook.live.restoration import restore_areas

if TYPE_CHECKING:
    import xlwings


class LiveBook:
    """Read and write an open workbook by whole blocks, since each call to a spreadsheet takes its time; a `Book`.

    Every call is seen in the window at once; the active sheet and the selection stay. A link is written as a formula
    (HYPERLINK), so that a whole list takes one call, and is read as the text it shows and where it leads.
    """

    def __init__(self, book: xlwings.Book, reader: SheetReader | None = None) -> None:
        self._book = book
        self._names: tuple[str, ...] = ()
        self.reader: SheetReader = reader or FreshReader()

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        self._names = tuple(self._book.sheet_names)
        return self._names

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns; InputError for a missing sheet."""
        page = self._sheet(sheet)
        if not rows or not columns:
            return [[] for _ in range(rows)]
        area = Area(first_row, first_column, first_row + rows - 1, first_column + columns - 1)
        return _cells(self.reader.read_area(page, area))

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something, all as wide as the widest.

        Raises:
            InputError: the sheet is missing, or reaches further than a list of units and facts ever does.
        """
        block = _cells(self.reader.read_all(self._sheet(sheet)))
        height = max(
            (number for number, row in enumerate(block, 1) if any(not cell.is_blank for cell in row)), default=0
        )
        width = max((number for row in block for number, cell in enumerate(row, 1) if not cell.is_blank), default=0)
        return [row[:width] for row in block[:height]]

    def is_as_left(self, sheet: str) -> bool:  # noqa: ARG002
        """Return False: it is not known."""
        return False

    def read_lines(self, sheet: str, first_row: int, columns: Collection[int]) -> list[list[CellValue]]:
        """Return of the rows from one on those that say something in any of these columns."""
        return lines_that_say(self.read_used(sheet)[first_row:], columns)

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column); each keeps its style, and has the link given or none.

        A formula that stands there already is left alone: the spreadsheet keeps its result up to date.

        Raises:
            InputError: the sheet is missing or has a password, a text is too long, or a cell stands amid an array
                formula.
        """
        page = self._sheet(sheet)
        self._refuse_long_texts(sheet, cells)
        changed = self._without_known_formulas(page, cells)
        if not changed:
            return
        with unprotected(page):
            for area in group_cells(changed):
                self._write(page, area, block_of(area, changed))
        self.reader.note(sheet, changed)

    def write_list(
        self,
        sheet: str,
        first_row: int,
        lines: Sequence[ListLine],
        heights: Sequence[float] = (),  # noqa: ARG002 - the spreadsheet that shows the rows fits them itself
    ) -> None:
        """Replace the body of a list that begins at a row, as `Book.write_list` says; rows always fit their text.

        Raises:
            InputError: the sheet is missing or has a password, a text is too long, or an array formula reaches into the
                list.
        """
        page = self._sheet(sheet)
        cells = list_cells(first_row, lines)
        self._refuse_long_texts(sheet, cells)
        used_rows, used_columns = used_size(page)
        width = max([self._count_labels(page, first_row - 1, used_columns), *map(len, lines)])
        last_row = max(first_row + len(lines), used_rows) - 1
        if not width or last_row < first_row:
            return
        body = Area(first_row, 0, last_row, width - 1)
        with unprotected(page):
            self._write(page, body, block_of(body, cells))
            if lines:
                _take_styles_of_first_line(page, Area(first_row, 0, first_row + len(lines) - 1, width - 1))
        blank = CellContent()
        self.reader.note(sheet, {place: cells.get(place, blank) for place in body.cells()})

    def is_protected(self, sheet: str) -> bool:
        """Tell whether locked cells of a sheet are guarded against typing."""
        return is_protected(self._sheet(sheet))

    def odd_cells(self, sheet: str, wanted: Mapping[tuple[int, int], CellLook]) -> Mapping[tuple[int, int], CellLook]:
        """Return the cells that do not look as wanted, each with its look."""
        return odd_cells(self._sheet(sheet), wanted)

    def restore_areas(self, areas: Mapping[str, Area], template: Path) -> None:
        """Give an area of each sheet what the sheet of that name has in a template, as `FormBook` says.

        Raises:
            InputError: a sheet is missing or has a password.
        """
        restore_areas({self._sheet(sheet): area for sheet, area in areas.items()}, template)
        model = FileBook.open(template)
        for sheet in areas:
            # Formulas that lead to other sheets were brought over leading to those of the template.
            formulas = {
                (row, column): CellContent(cell.value, cell.formula)
                for row, line in enumerate(model.read_used(sheet))
                for column, cell in enumerate(line)
                if "!" in cell.formula
            }
            self.reader.note(sheet, formulas)
            self.write_cells(sheet, formulas)

    def copy_sheet(self, sheet: str, name: str) -> None:
        """Keep a copy of a sheet's cells as the last sheet."""
        active = self._book.sheets.active
        self._sheet(sheet).copy(after=self._book.sheets[-1], name=name)
        active.activate()
        self._names = ()

    def save(self, path: Path) -> None:
        """Save the workbook: where it is open from, or under another path, which it then has.

        Raises:
            InputError: it cannot be written there.
        """
        target = None if str(path.resolve()) == self._book.fullname else str(path.resolve())
        try:
            self._book.save(target)
        except Exception as error:
            what, remedy = f"不能保存：{error}", "检查文件夹和权限，关闭占用它的程序后再试"
            raise InputError(what, remedy, Place(str(path))) from error

    def _sheet(self, name: str) -> xlwings.Sheet:
        # A name that was there is not asked for again: the spreadsheet is asked for the sheet itself.
        if name not in self._names and name not in self.sheet_names():
            raise missing_sheet(name, self._names, self._book.name)
        return self._book.sheets[name]

    def _place(self, sheet: str, row: int | None = None, column: int = 0) -> Place:
        return Place(self._book.name, sheet, "" if row is None else cell_name(row, column))

    def _refuse_long_texts(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        for place, content in cells.items():
            if isinstance(content.value, str) and len(content.value) > LONGEST_TEXT:
                raise long_text(len(content.value), self._place(sheet, *place))

    def _without_known_formulas(
        self, page: xlwings.Sheet, cells: Mapping[tuple[int, int], CellContent]
    ) -> Mapping[tuple[int, int], CellContent]:
        formulas = [place for place, content in cells.items() if content.formula]
        if not formulas:
            return cells
        rows, columns = zip(*formulas, strict=True)
        around = Area(min(rows), min(columns), max(rows), max(columns))
        present = _cells(self.reader.read_area(page, around))
        return {
            (row, column): content
            for (row, column), content in cells.items()
            if not content.formula
            or present[row - around.first_row][column - around.first_column].formula
            != content.formula.removeprefix("=")
        }

    def _count_labels(self, page: xlwings.Sheet, row: int, columns: int) -> int:
        """Count the cells of a row, from the first on, that hold something without a gap."""
        if row < 0:
            return 0
        [labels] = _cells(self.reader.read_area(page, Area(row, 0, row, columns - 1)))
        return next((place for place, label in enumerate(labels) if label.is_blank), columns)

    def _write(self, page: xlwings.Sheet, area: Area, rows: list[list[Written]]) -> None:
        target = range_of(page, area)
        try:
            target.value = rows
        except Exception as error:
            if not any(cell.has_array for cell in target):
                raise
            raise InputError(
                "这里有数组公式或模拟运算表，不能只改其中一部分",
                "把它换成普通公式或数值后再试",
                Place(self._book.name, page.name, str(area)),
            ) from error
        if self._book.app.engine.name == "excel" and sys.platform == "win32":
            # In Excel a link outlives what was written beside it.
            target.api.ClearHyperlinks()


def _cells(block: Block) -> list[list[CellValue]]:
    return [[seen.cell for seen in line] for line in block]


def _take_styles_of_first_line(page: xlwings.Sheet, body: Area) -> None:
    lines = range_of(page, body)
    if body.last_row > body.first_row:
        lines[0, :].autofill(lines, "fill_formats")
    lines.rows.autofit()

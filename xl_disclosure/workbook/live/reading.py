"""What the sheets of an open workbook say, read by whole blocks, since each call to a spreadsheet takes its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import InputError, Place
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import CellContent, CellValue, ErrorValue
from xl_disclosure.workbook.live.cells import read_cell, to_serial
from xl_disclosure.workbook.live.links import read_links

if TYPE_CHECKING:
    import xlwings

_MOST_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what xlwings reads of a cell: its value (errors as text, a date as its parts), its formula bar, its link."""

    value: object = None
    formula: object = ""
    link: str = ""

    @property
    def cell(self) -> CellValue:
        """Return what the cell says."""
        value = to_serial(**self.value) if isinstance(self.value, dict) else self.value
        found = read_cell(value, self.formula)
        return CellValue(found.value, found.formula, self.link or found.link)


Block = list[list[Seen]]

_NOTHING = Seen()


class SheetReader(Protocol):
    """Read the sheets of an open workbook."""

    def read_area(self, sheet: xlwings.Sheet, area: Area) -> Block:
        """Return the cells of an area."""
        ...

    def read_all(self, sheet: xlwings.Sheet) -> Block:
        """Return all cells from the first to the last in use.

        Raises InputError where the sheet reaches further than a list of units and facts ever does.
        """
        ...

    def note(self, sheet: str, written: Mapping[tuple[int, int], CellContent]) -> None:
        """Hear what is written into a sheet, by row and column."""
        ...


class FreshReader:
    """Read each block anew, for whoever shares the workbook with others."""

    def read_area(self, sheet: xlwings.Sheet, area: Area) -> Block:
        """Return the cells of an area."""
        return _read(range_of(sheet, area))

    def read_all(self, sheet: xlwings.Sheet) -> Block:
        """Return all cells from the first to the last in use; InputError where that is too many."""
        rows, columns = used_size(sheet)
        if rows * columns > _MOST_CELLS:
            raise InputError(
                f"数据一直到 {cell_name(rows - 1, columns - 1)}，范围过大",
                "删去数据区下方和右侧多余的行和列后再试",
                Place(sheet.book.name, sheet.name),
            )
        return self.read_area(sheet, Area(0, 0, rows - 1, columns - 1))

    def note(self, sheet: str, written: Mapping[tuple[int, int], CellContent]) -> None:
        """Let it be: everything is read anew."""


class KeepingReader:
    """Read each sheet once, for an action that has the workbook to itself.

    A sheet with formulas is read anew after anything was written; one without holds what was written there.
    """

    def __init__(self) -> None:
        self._fresh = FreshReader()
        self._kept: dict[str, Block] = {}

    def read_area(self, sheet: xlwings.Sheet, area: Area) -> Block:
        """Return the cells of an area."""
        rows = self.read_all(sheet)
        return [
            [
                rows[row][column] if row < len(rows) and column < len(rows[row]) else _NOTHING
                for column in range(area.first_column, area.last_column + 1)
            ]
            for row in range(area.first_row, area.last_row + 1)
        ]

    def read_all(self, sheet: xlwings.Sheet) -> Block:
        """Return all cells from the first to the last in use; InputError where that is too many."""
        if sheet.name not in self._kept:
            self._kept[sheet.name] = self._fresh.read_all(sheet)
        return self._kept[sheet.name]

    def note(self, sheet: str, written: Mapping[tuple[int, int], CellContent]) -> None:
        """Hear what is written into a sheet, by row and column."""
        self._kept = {name: rows for name, rows in self._kept.items() if not _has_formulas(rows)}
        if any(content.formula for content in written.values()):
            self._kept.pop(sheet, None)
        for (row, column), content in written.items() if sheet in self._kept else ():
            _put(self._kept[sheet], row, column, content)


def range_of(sheet: xlwings.Sheet, area: Area) -> xlwings.Range:
    """Return the range of an area."""
    return sheet.range((area.first_row + 1, area.first_column + 1), (area.last_row + 1, area.last_column + 1))


def used_size(sheet: xlwings.Sheet) -> tuple[int, int]:
    """Return how many rows and columns, from the first cell on, hold all that a sheet says."""
    used = sheet.used_range
    rows, columns = used.shape
    return used.row + rows - 1, used.column + columns - 1


def _read(cells: xlwings.Range) -> Block:
    values = cells.options(ndim=2, err_to_str=True, dates=dict).value
    formulas: Any = cells.formula
    if cells.shape == (1, 1):
        formulas = [[formulas]]
    links = read_links(cells)
    return [
        [
            Seen(value, formula, links.get((row, column), ""))
            for column, (value, formula) in enumerate(zip(line, texts, strict=True), start=cells.column - 1)
        ]
        for row, (line, texts) in enumerate(zip(values, formulas, strict=True), start=cells.row - 1)
    ]


def _has_formulas(rows: Block) -> bool:
    return any(seen.cell.formula for line in rows for seen in line if seen.formula)


def _put(rows: Block, row: int, column: int, content: CellContent) -> None:
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line.extend([_NOTHING] * (column + 1 - len(line)))
    match content.value:
        case ErrorValue(code):
            line[column] = Seen(code, link=content.link)
        case value:
            line[column] = Seen(None if value == "" else value, link=content.link)

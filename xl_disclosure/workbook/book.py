"""The port through which actions read and write a clerk's workbook, be it a file or open in a spreadsheet.

Rows and columns count from 0. Dates are what the spreadsheet keeps of them: days since 1899-12-30.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol, runtime_checkable

from xl_disclosure.errors import InputError, Place
from xl_disclosure.workbook.areas import Area


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """Hold what a cell shows when it has no value to show, such as #DIV/0!."""

    code: str


Value = int | Decimal | str | bool | ErrorValue | None


@dataclass(frozen=True, slots=True)
class CellValue:
    """Hold what a cell says, and the formula (without its equals sign) that says it; a typed value has none.

    ``link`` is the cell of the workbook that a click leads to: ``'统计表'!C12``; "" without a link, or with one that
    leads out of the workbook.
    """

    value: Value = None
    formula: str = ""
    link: str = ""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing stands in the cell."""
        return self.value is None and not self.formula

    @property
    def is_uncalculated(self) -> bool:
        """Tell whether the cell holds a formula that no spreadsheet has calculated yet."""
        return self.value is None and bool(self.formula)

    @property
    def text(self) -> str:
        """Return the value as plain text, without number format; empty for a blank or uncalculated cell."""
        match self.value:
            case None:
                return ""
            case bool():
                return "TRUE" if self.value else "FALSE"
            case ErrorValue(code):
                return code
            case _:
                return str(self.value)


@dataclass(frozen=True, slots=True)
class CellContent:
    """Say what shall stand in a cell.

    Text stays text whatever it opens with; None, or "" without a formula, leaves the cell blank. With a formula
    ``value`` is its result (None: not calculated). ``link`` leads to a cell of the workbook: ``'统计表'!C12``.
    """

    value: Value = None
    formula: str = ""
    link: str = ""


ListLine = Sequence[CellContent | Value]
"""A line of a list: cells by their content, or by a bare value that stands for one without formula and link."""


def lines_that_say(rows: Iterable[Sequence[CellValue]], columns: Collection[int]) -> list[list[CellValue]]:
    """Return the rows that say something in any of these columns."""
    return [list(row) for row in rows if any(column < len(row) and not row[column].is_blank for column in columns)]


LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""


def list_cells(first_row: int, lines: Sequence[ListLine]) -> dict[tuple[int, int], CellContent]:
    """Return the contents of a list's cells by (row, column)."""
    return {
        (row, column): cell if isinstance(cell, CellContent) else CellContent(cell)
        for row, line in enumerate(lines, start=first_row)
        for column, cell in enumerate(line)
    }


def long_text(length: int, place: Place) -> InputError:
    """Return the error for a text of that many characters, more than a cell can hold."""
    return InputError(f"文字有 {length} 个，超过单元格能容纳的 {LONGEST_TEXT} 个", "把文字分成几段", place)


def missing_sheet(name: str, names: Sequence[str], file: str) -> InputError:
    """Return the error for a sheet that a workbook does not have; ``names`` are those it has."""
    return InputError(
        f"没有工作表“{name}”（有：{'、'.join(names)}）",
        "恢复被删除或改名的工作表，或者用模板重新建一份",
        Place(file),
    )


@dataclass(frozen=True, slots=True)
class CellLook:
    """Hold what pasting destroys of a cell beside what it says: its fill (#RRGGBB), its lock, what may be typed.

    ``validation`` is the kind of rule for what is typed, as files name it (whole, decimal, list ...); "" without one.
    """

    fill: str = ""
    is_locked: bool = True
    validation: str = ""


class Book(Protocol):
    """Read and write the clerk's workbook by blocks. Every method raises InputError for a sheet that is not there."""

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        ...

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns."""
        ...

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something, all as wide as the widest.

        Raises InputError where the sheet reaches further than a list of units and facts ever does.
        """
        ...

    def is_as_left(self, sheet: str) -> bool:
        """Tell whether a sheet is known to be, to the last byte, as this program saved it; often that is not known."""
        ...

    def read_lines(self, sheet: str, first_row: int, columns: Collection[int]) -> list[list[CellValue]]:
        """Return of the rows from one on those that say something in any of these columns."""
        ...

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column); each keeps its style, and has the link given or none.

        Raises InputError for a cell amid an array formula.
        """
        ...

    def write_list(self, sheet: str, first_row: int, lines: Sequence[ListLine], heights: Sequence[float] = ()) -> None:
        """Replace the body of a list that begins at a row.

        New lines take the styles of the line that stood at ``first_row``, and the heights given in points; without
        heights the spreadsheet fits rows to their text, which LibreOffice leaves undone on opening a file. Older
        lines below are blanked and keep their styles. The list is as wide as its longest line and as the unbroken row
        of labels above it; what stands to its right stays.
        """
        ...

    def save(self, path: Path) -> None:
        """Save the workbook under a path, all of it or nothing; InputError when it cannot be written there."""
        ...


def read_list(book: Book, sheet: str, first_row: int, width: int) -> list[list[CellValue]]:
    """Return the rows of a list from one on, all at least so wide even where a clerk deleted the last columns.

    Raises InputError as ``Book.read_used`` does.
    """
    missing = [CellValue()] * width
    return [[*row, *missing[len(row) :]] for row in book.read_used(sheet)[first_row:]]


@runtime_checkable
class FormBook(Book, Protocol):
    """A book whose form can be looked at and restored as well. Its methods too raise InputError for a missing sheet."""

    def is_protected(self, sheet: str) -> bool:
        """Tell whether locked cells of a sheet are guarded against typing."""
        ...

    def odd_cells(self, sheet: str, wanted: Mapping[tuple[int, int], CellLook]) -> Mapping[tuple[int, int], CellLook]:
        """Return the cells that do not look as wanted, each with its look."""
        ...

    def restore_areas(self, areas: Mapping[str, Area], template: Path) -> None:
        """Give an area of each sheet what the sheet of that name has in a template: content, looks, sizes, protection.

        Buttons and, in a file, charts come back where there are none. What stands outside the areas stays.
        """
        ...

    def copy_sheet(self, sheet: str, name: str) -> None:
        """Keep a copy of a sheet's cells as the last sheet."""
        ...

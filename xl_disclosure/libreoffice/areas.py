"""Areas of a sheet: their names in A1 style, and the rectangles that cells make up. Rows and columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xl_disclosure.libreoffice.uno_types import UnoObject, make_struct

_CELL = r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})"
_AREA = re.compile(rf"{_CELL}(?::{_CELL})?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})")
_LETTERS = 26


class Area(NamedTuple):
    """A rectangle of cells, its first and last row and column included."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many rows and columns it has."""
        return self.last_row - self.row + 1, self.last_column - self.column + 1

    @property
    def is_empty(self) -> bool:
        """Tell whether it has no cell at all, as a slice like [0:0] has none."""
        return self.last_row < self.row or self.last_column < self.column

    def cells(self) -> Iterator[tuple[int, int]]:
        """Give the row and column of each cell, row by row."""
        for row in range(self.row, self.last_row + 1):
            for column in range(self.column, self.last_column + 1):
                yield row, column

    def joined(self, other: Area) -> Area:
        """Return the smallest area that holds both."""
        return Area(
            min(self.row, other.row),
            min(self.column, other.column),
            max(self.last_row, other.last_row),
            max(self.last_column, other.last_column),
        )

    def to_uno(self, sheet: int) -> UnoObject:
        """Return the area as UNO names it, on the sheet with that index."""
        return make_struct(
            "table.CellRangeAddress",
            Sheet=sheet,
            StartRow=self.row - 1,
            StartColumn=self.column - 1,
            EndRow=self.last_row - 1,
            EndColumn=self.last_column - 1,
        )


def area_from_uno(address: UnoObject) -> Area:
    """Return the area that a UNO address names."""
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def parse_area(text: str, sheet: Area) -> Area | None:
    """Return the area that a text such as B2, $B$2:C5, B:C or 2:5 names; None for any other text."""
    if match := _AREA.fullmatch(text):
        first_letters, first_row, last_letters, last_row = match.groups()
        first = Area(*[int(first_row), column_number(first_letters)] * 2)
        if last_letters is None:
            return first
        return first.joined(Area(*[int(last_row), column_number(last_letters)] * 2))
    if match := _COLUMNS.fullmatch(text):
        first_column, last_column = sorted(map(column_number, match.groups()))
        return sheet._replace(column=first_column, last_column=last_column)
    if match := _ROWS.fullmatch(text):
        start, end = sorted(map(int, match.groups()))
        return sheet._replace(row=start, last_row=end)
    return None


def format_area(area: Area, sheet: Area, row_sign: str = "$", column_sign: str = "$") -> str:
    """Return the name of an area in A1 style, with these signs before row numbers and column letters."""
    rows = f"{row_sign}{area.row}", f"{row_sign}{area.last_row}"
    columns = f"{column_sign}{column_letters(area.column)}", f"{column_sign}{column_letters(area.last_column)}"
    if area.shape == (1, 1):
        return columns[0] + rows[0]
    if area.shape[0] == sheet.shape[0]:
        return ":".join(columns)
    if area.shape[1] == sheet.shape[1]:
        return ":".join(rows)
    return f"{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"


def column_letters(column: int) -> str:
    """Return the letters of a column, such as AB for 28."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, such as 28 for AB."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def cover(cells: Iterable[tuple[int, int]]) -> list[Area]:
    """Return few areas, none overlapping another, that hold exactly these cells (row, column)."""
    runs: list[Area] = []
    for column, row in sorted((column, row) for row, column in cells):
        previous = runs[-1] if runs else None
        if previous is not None and previous.column == column and previous.last_row == row - 1:
            runs[-1] = previous._replace(last_row=row)
        else:
            runs.append(Area(row, column, row, column))
    return _join_neighbours(runs)


def _join_neighbours(runs: list[Area]) -> list[Area]:
    """Make one area of runs that stand side by side in the same rows; runs come column by column."""
    areas: list[Area] = []
    open_areas: dict[tuple[int, int], int] = {}
    for run in runs:
        rows = (run.row, run.last_row)
        place = open_areas.get(rows)
        if place is not None and areas[place].last_column == run.column - 1:
            areas[place] = areas[place]._replace(last_column=run.column)
        else:
            open_areas[rows] = len(areas)
            areas.append(run)
    return areas

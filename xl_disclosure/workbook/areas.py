"""Cell names and areas of a sheet; rows and columns count from 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xl_disclosure.cell_names import cell_name, parse_column

_CELL_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Area:
    """Name a rectangle of cells by its first and last row and column."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = cell_name(self.first_row, self.first_column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    def cells(self) -> Iterator[tuple[int, int]]:
        """Give the row and column of each cell, row by row."""
        for row in range(self.first_row, self.last_row + 1):
            for column in range(self.first_column, self.last_column + 1):
                yield row, column

    def meets(self, other: Area) -> bool:
        """Tell whether the areas share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )

    def contains(self, other: Area) -> bool:
        """Tell whether every cell of the other lies in this one."""
        return (
            self.first_row <= other.first_row
            and other.last_row <= self.last_row
            and self.first_column <= other.first_column
            and other.last_column <= self.last_column
        )


def cell_area(row: int, column: int) -> Area:
    """Return the area of one cell."""
    return Area(row, column, row, column)


def parse_area(text: str) -> Area:
    """Return the area that a reference such as B2:C9 or B2 names; ValueError when it names none."""
    first, _, last = text.partition(":")
    first_row, first_column = parse_cell_name(first)
    last_row, last_column = parse_cell_name(last or first)
    return Area(first_row, first_column, last_row, last_column)


def parse_cell_name(name: str) -> tuple[int, int]:
    """Return the row and column of a cell name such as C12; ValueError when it is none."""
    found = _CELL_NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} names no cell")
    return int(found[2]) - 1, parse_column(found[1])

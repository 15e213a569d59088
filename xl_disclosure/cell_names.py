"""Cells by the names that spreadsheets show; rows and columns count from 0."""

from __future__ import annotations

from functools import cache


@cache
def column_letters(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


@cache
def parse_column(letters: str) -> int:
    """Return the column that letters such as AB name."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as C12."""
    return f"{column_letters(column)}{row + 1}"

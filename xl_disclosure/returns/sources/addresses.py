"""The names of columns and merged areas in a worksheet part, as strangers may write them."""

from __future__ import annotations

import re
from functools import lru_cache

from xl_disclosure.cell_names import parse_column
from xl_disclosure.returns.sources.archive import damaged
from xl_disclosure.returns.sources.document import MAX_COLUMNS, Position

Span = tuple[int, int]
"""How many rows and columns a merged area takes up."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def merged_area(area: str) -> tuple[Position, Span]:
    """Return the first position of a merged area such as B2:C5 and how many rows and columns it takes up."""
    corners = _REFERENCE.findall(area)
    if len(corners) != 2:  # noqa: PLR2004 - an area has two corners
        raise damaged()
    (left, top), (right, bottom) = corners
    row, column = int(top) - 1, column_number(left)
    return (row, column), (int(bottom) - row, column_number(right) - column + 1)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the column of those letters, counted from 0; one beyond every bound when they are none."""
    if not letters or len(letters) > 3 or not letters.isascii() or not letters.isupper():  # noqa: PLR2004 - XFD is last
        return MAX_COLUMNS
    return parse_column(letters)

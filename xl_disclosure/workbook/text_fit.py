"""How much room text takes in a sheet, reckoned without a spreadsheet: a Chinese character is two digits wide."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

_WIDE = ("W", "F", "A")
_LEADING = 1.35


def text_width(text: str) -> int:
    """Return the width of the longest line of a text in digits."""
    return max(map(_line_width, text.split("\n")))


def room(width: float, font_size: float) -> float:
    """Return how many digits of a font fit into one line of a width in digits of 11 points."""
    return max(2.0, (width - 1) * 11 / font_size)


def fitting_height(text: str, width: float, font_size: float, padding: float = 6) -> float:
    """Return the row height, in points, at which a text wrapped to a width in digits of 11 points shows in full."""
    digits = room(width, font_size)
    lines = sum(max(1, math.ceil(_line_width(line) / digits)) for line in text.split("\n"))
    return round(lines * font_size * _LEADING + padding, 1)


@lru_cache(maxsize=4096)
def _line_width(line: str) -> int:
    return len(line) if line.isascii() else sum(map(_character_width, line))


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1

"""Lines of the workbook's lists, made to show all their text."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.workbook.book import CellContent, ListLine
from xl_disclosure.workbook.layout import ListColumn
from xl_disclosure.workbook.text_fit import fitting_height, room

FONT_SIZE = 10.5
LEAST_HEIGHT = 18.0
"""Points; a line is never lower than this."""


def fitting_heights(lines: Sequence[ListLine], columns: Sequence[ListColumn]) -> list[float]:
    """Return for each line the height in points at which every text shows in full in its column."""
    rooms = [room(column.width, FONT_SIZE) for column in columns]
    lowest = max(LEAST_HEIGHT, fitting_height("", 0, FONT_SIZE))
    heights: list[float] = []
    for line in lines:
        height = lowest
        for cell, column, digits in zip(line, columns, rooms, strict=False):
            text = cell.value if isinstance(cell, CellContent) else cell
            if not isinstance(text, str):
                continue  # Numbers do not wrap.
            if (len(text) if text.isascii() else 2 * len(text)) > digits or "\n" in text:
                height = max(height, fitting_height(text, column.width, FONT_SIZE))
        heights.append(height)
    return heights

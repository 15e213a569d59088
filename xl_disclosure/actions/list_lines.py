"""Lines of the workbook's lists, made to show all their text."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import ListColumn
from xl_disclosure.workbook.text_fit import fitting_height

FONT_SIZE = 10.5
LEAST_HEIGHT = 18.0
"""Points; a line is never lower than this."""


def fitting_heights(lines: Sequence[Sequence[CellContent]], columns: Sequence[ListColumn]) -> list[float]:
    """Return for each line the height in points at which every text shows in full in its column."""
    heights: list[float] = []
    for line in lines:
        texts = zip(line, columns, strict=False)
        fitting = (fitting_height(str(content.value or ""), column.width, FONT_SIZE) for content, column in texts)
        heights.append(max(LEAST_HEIGHT, *fitting))
    return heights

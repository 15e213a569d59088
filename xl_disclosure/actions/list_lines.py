"""Lines of the workbook's lists, made to show all their text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TypeGuard

from xl_disclosure.workbook.book import CellContent, ListLine, Value
from xl_disclosure.workbook.layout import ListColumn
from xl_disclosure.workbook.text_fit import fitting_height, room

FONT_SIZE = 10.5
LEAST_HEIGHT = 18.0
"""Points; a line is never lower than this."""


def fitting_heights(lines: Sequence[ListLine], columns: Sequence[ListColumn]) -> list[float]:
    """Return for each line the height in points at which every text shows in full in its column."""
    heights = [max(LEAST_HEIGHT, fitting_height("", 0, FONT_SIZE))] * len(lines)
    for column, cells in zip(columns, zip_longest(*lines), strict=False):
        for number, text in _wrapped_texts(cells, room(column.width, FONT_SIZE)):
            heights[number] = max(heights[number], fitting_height(text, column.width, FONT_SIZE))
    return heights


def _wrapped_texts(cells: Sequence[CellContent | Value], digits: float) -> list[tuple[int, str]]:
    """Return by their numbers the texts that take more than one line of so many digits; other values do not wrap."""
    texts = cells if _are_texts(cells) else [_text_in(cell) for cell in cells]
    longest, together = max(map(len, texts)), "".join(texts)
    if (longest if together.isascii() else 2 * longest) <= digits and "\n" not in together:
        return []
    return [
        (number, text)
        for number, text in enumerate(texts)
        if (len(text) if text.isascii() else 2 * len(text)) > digits or "\n" in text
    ]


def _are_texts(cells: Sequence[CellContent | Value]) -> TypeGuard[Sequence[str]]:
    return set(map(type, cells)) == {str}


def _text_in(cell: CellContent | Value) -> str:
    value = cell.value if isinstance(cell, CellContent) else cell
    return value if isinstance(value, str) else ""

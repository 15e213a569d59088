"""The rows of a worksheet part, each by the text of its element; of a long list they may be compressed in blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xl_disclosure.workbook.parts.cell_xml import Tags
from xl_disclosure.workbook.parts.deflated import Deflated
from xl_disclosure.workbook.parts.xml_text import elements, read_attributes

MOST_ROWS = 1_048_576
"""Of a worksheet, in any spreadsheet."""

_ROW_NUMBER = re.compile(r"""<(?:[^\s/>:]+:)?row r=["'](\d+)["']""")


class SheetRows:
    """Hold rows by number, which counts from 0."""

    def __init__(self, tags: Tags, text: str) -> None:
        """Cut the text of the rows; ValueError when it has a row twice."""
        self._name = f"{tags.prefix}row"
        self._texts: dict[int, str] = {}
        self._blocks: dict[int, tuple[range, Deflated]] = {}
        self._add(text)

    def _add(self, text: str) -> None:
        for row in elements(text, self._name):
            element = text[row.start : row.end]
            number = _number_of(element)
            if number in self._texts:
                raise ValueError(f"row {number + 1} twice")
            self._texts[number] = element

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the rows that hold anything, in ascending order."""
        return sorted([*self._texts, *(number for block, _ in self._blocks.values() for number in block)])

    def get(self, number: int) -> str:
        """Return the element of a row; empty where there is none."""
        self._unfold(number)
        return self._texts.get(number, "")

    def put(self, number: int, text: str) -> None:
        """Put an element in place of a row; an empty one takes it away."""
        self._unfold(number)
        self._texts.pop(number, None)
        if text:
            self._texts[number] = text

    def put_block(self, block: range, piece: Deflated) -> None:
        """Put so many elements, none of them empty, where there is no row of those numbers."""
        self._blocks[block.start] = block, piece

    def pieces(self) -> Iterator[str | Deflated]:
        """Give the elements in order, those of a block at once."""
        for first in sorted([*self._texts, *self._blocks]):
            yield self._texts[first] if first in self._texts else self._blocks[first][1]

    def _unfold(self, number: int) -> None:
        """Cut the block that a row stands in."""
        if not self._blocks:
            return
        found = [first for first, (block, _) in self._blocks.items() if number in block]
        for first in found:
            _, piece = self._blocks.pop(first)
            self._add(piece.inflate().decode())


def _number_of(row: str) -> int:
    """Return the number that a row's element states, which counts from 0; most rows state it first.

    Raises ValueError or KeyError where it states none.
    """
    stated = _ROW_NUMBER.match(row)
    number = int(stated[1] if stated else read_attributes(row.partition(">")[0])["r"]) - 1
    if not 0 <= number < MOST_ROWS:
        raise ValueError(f"row {number + 1}")
    return number

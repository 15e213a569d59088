"""The lines of 分户表 that a row of 小计表 adds up, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.reading import read_roster
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.subtotals import SubtotalKind
from xl_disclosure.rollup.tree import UnitTree, grow_tree
from xl_disclosure.workbook.book import CellValue

_ROWS = re.compile(r"![A-Z]+([0-9]+):[A-Z]+([0-9]+)")


class SubtotalLines:
    """Give the lines by the rows of 小计表; ``lines`` are all of 分户表 by row.

    A sum typed over is told by the formulas beside it, and where there are none, because the lines stand in a file, by
    the roster.
    """

    def __init__(self, clerk: ClerkBook, lines: Mapping[int, BreakdownLine]) -> None:
        self._clerk = clerk
        self._lines = lines

    def behind(self, cells: Sequence[CellValue]) -> Sequence[BreakdownLine] | None:
        """Return the lines that a row's sums are made over, from its cells; None where nothing tells."""
        name, kind = (cell.text.strip() for cell in cells[:2])
        if kind == SubtotalKind.CATEGORY:
            return [line for line in self._lines.values() if line.category == name]
        area = next((found for cell in cells if (found := _ROWS.search(cell.formula))), None)
        if area is not None:
            return [line for row, line in self._lines.items() if int(area[1]) <= row + 1 <= int(area[2])]
        if kind == SubtotalKind.WHOLE:
            return [*self._lines.values()]
        return self._below(name)

    def _below(self, parent: str) -> Sequence[BreakdownLine] | None:
        """Return the lines of a parent and the units below it; None where the roster has no such parent."""
        place = self._tree.places.get(parent)
        if place is None:
            return None
        units = {node.name for node in self._tree.nodes[place : self._tree.nodes[place].end]}
        return [line for line in self._lines.values() if line.unit in units]

    @cached_property
    def _tree(self) -> UnitTree:
        return grow_tree(read_roster(None, self._clerk))

"""The lines of 分户表 that a row of 小计表 adds up, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.reading import read_roster
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.subtotals import SubtotalKind
from xl_disclosure.rollup.tree import UnitTree, grow_tree
from xl_disclosure.workbook.book import CellValue

_ROWS = re.compile(r"![A-Z]+([0-9]+):[A-Z]+([0-9]+)")


def lines_of_subtotal(
    clerk: ClerkBook, cells: Sequence[CellValue], lines: Mapping[int, BreakdownLine]
) -> Sequence[BreakdownLine] | None:
    """Return the lines that a row's sums are made over, from its cells; None where neither they nor the roster tell.

    ``lines`` are those of 分户表 by row. A sum typed over is told by the formulas beside it, and where there are none,
    because the lines stand in a file, by the roster.
    """
    name, kind = (cell.text.strip() for cell in cells[:2])
    if kind == SubtotalKind.CATEGORY:
        return [line for line in lines.values() if line.category == name]
    area = next((found for cell in cells if (found := _ROWS.search(cell.formula))), None)
    if area is not None:
        return [line for row, line in lines.items() if int(area[1]) <= row + 1 <= int(area[2])]
    if kind == SubtotalKind.WHOLE:
        return [*lines.values()]
    return _lines_below(grow_tree(read_roster(None, clerk.book)), name, lines.values())


def _lines_below(tree: UnitTree, name: str, lines: Iterable[BreakdownLine]) -> Sequence[BreakdownLine] | None:
    """Return the lines of a parent and the units below it; None where the tree has no such parent."""
    place = tree.places.get(name)
    if place is None:
        return None
    units = {node.name for node in tree.nodes[place : tree.nodes[place].end]}
    return [line for line in lines if line.unit in units]

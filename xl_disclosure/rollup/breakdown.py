"""The lines of 分户表: each unit's own figures, and under them by how much they were corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.collect import Receipt
from xl_disclosure.rollup.corrections import JudgedCorrection
from xl_disclosure.rollup.figures import Figures, pack
from xl_disclosure.rollup.roster import Unit
from xl_disclosure.rollup.totals import add_up
from xl_disclosure.rollup.tree import UnitTree

NO_CATEGORY = "（未填类别）"
"""The category shown of a unit that has none while others have."""


class BreakdownLine(NamedTuple):
    """Hold one line: what a unit sent in one file or, with no file, the differences that correct it."""

    unit: str
    figures: Figures
    file: str = ""
    code: str = ""
    parent: str = ""
    category: str = ""

    @property
    def is_correction(self) -> bool:
        """Tell whether the line corrects the one above it."""
        return not self.file


def lay_out(
    edition: Edition, counted: Sequence[Receipt], tree: UnitTree, corrections: Sequence[JudgedCorrection]
) -> list[BreakdownLine]:
    """Return a line for each receipt that counts, in order, each followed by its adopted corrections if it has any."""
    units = {node.name: node.unit for node in tree.nodes if node.unit is not None}
    has_categories = any(unit.category for unit in units.values())
    differences = _differences(edition, corrections)
    lines: list[BreakdownLine] = []
    for receipt in counted:
        if receipt.sent is None:
            continue
        unit = units.get(receipt.unit) or Unit(receipt.unit)
        line = BreakdownLine(
            receipt.unit,
            receipt.sent.figures,
            receipt.file,
            unit.code or receipt.sent.unit_code,
            tree.name_above(receipt.unit),
            unit.category or (NO_CATEGORY if has_categories else ""),
        )
        lines.append(line)
        if receipt.unit in differences:
            lines.append(BreakdownLine(line.unit, differences[line.unit], "", line.code, line.parent, line.category))
    return lines


def corrected_figures(lines: Sequence[BreakdownLine]) -> dict[str, Figures]:
    """Return the figures of each unit, its corrections added, by name."""
    figures: dict[str, Figures] = {}
    for line in lines:
        above = figures.get(line.unit)
        figures[line.unit] = line.figures if above is None else add_up([above, line.figures], len(above))
    return figures


def _differences(edition: Edition, corrections: Sequence[JudgedCorrection]) -> Mapping[str, Figures]:
    by_unit: dict[str, dict[str, Number]] = {}
    for judged in corrections:
        if judged.address is not None and judged.is_adopted:
            by_unit.setdefault(judged.unit, {})[judged.address] = judged.difference
    return {unit: pack([*map(differences.get, edition.facts)]) for unit, differences in by_unit.items()}

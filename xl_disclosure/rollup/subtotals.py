"""小计: the sum of all units, of those below each parent of the tree, and of each category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.breakdown import NO_CATEGORY, BreakdownLine
from xl_disclosure.rollup.figures import Figures
from xl_disclosure.rollup.roster import Unit
from xl_disclosure.rollup.totals import add_up
from xl_disclosure.rollup.tree import UnitTree


class SubtotalKind(StrEnum):
    """Say over what a sum is made; the value is the wording clerks see."""

    WHOLE = "合计"
    PARENT = "上级单位"
    CATEGORY = "单位类别"


@dataclass(frozen=True, slots=True)
class Subtotal:
    """Hold one sum: the lines of 分户表 from ``first`` to before ``end``, or in a category those of that category.

    ``expected`` are the units that owe a return, ``received`` those of them that sent one that counts or is held
    against its children's.
    """

    kind: SubtotalKind
    name: str
    level: int
    expected: int
    received: int
    first: int
    end: int
    figures: Figures

    @property
    def missing(self) -> int:
        """Return the number of units that owe a return still."""
        return self.expected - self.received


def make_subtotals(
    edition: Edition, tree: UnitTree, lines: Sequence[BreakdownLine], received: frozenset[str]
) -> list[Subtotal]:
    """Return the whole first, then each parent of the tree in its order, then each category in order of appearance.

    ``lines`` are in the order of the tree, those of units outside it last; ``received`` are the names of all units
    that sent a return. An office that stands above the whole tree and owes no return itself is the whole.
    """
    width = len(edition.facts)
    own = [line.figures for line in lines]
    pieces = _pieces(tree, lines)
    sums = _sum_up(pieces, own, width)
    expected = [node.unit for node in tree.nodes if node.unit is not None]
    whole = Subtotal(
        SubtotalKind.WHOLE,
        SubtotalKind.WHOLE.value,
        0,
        len(expected) + len(received - tree.places.keys()),
        len(received),
        0,
        len(lines),
        sums[None],
    )
    parents = _over_parents(tree, pieces, sums, received)
    return [whole, *parents, *_over_categories(expected, lines, received, width)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold which lines a sum is made over, and the places of the parents whose pieces lie directly inside, in order."""

    first: int
    end: int
    inside: list[int] = field(default_factory=list)


def _pieces(tree: UnitTree, lines: Sequence[BreakdownLine]) -> dict[int | None, _Piece]:
    """Return the piece of the whole, called None, and that of each parent by its place, in order."""
    pieces: dict[int | None, _Piece] = {None: _Piece(0, len(lines))}
    parents = list(tree.parents())
    if not parents:
        return pieces
    own = Counter(line.unit for line in lines)
    starts = [0, *accumulate(own[node.name] for node in tree.nodes)]
    for place in parents:
        node = tree.nodes[place]
        pieces[place] = _Piece(starts[place], starts[node.end])
        pieces[node.parent].inside.append(place)
    return pieces


def _sum_up(pieces: Mapping[int | None, _Piece], own: Sequence[Figures], width: int) -> Mapping[int | None, Figures]:
    """Return the sum over each piece; those inside stand for their lines, so that no line is added at every level."""
    sums: dict[int | None, Figures] = {}
    for place, piece in reversed(list(pieces.items())):
        rows: list[Figures] = []
        at = piece.first
        for inside in piece.inside:
            rows += [*own[at : pieces[inside].first], sums[inside]]
            at = pieces[inside].end
        sums[place] = add_up([*rows, *own[at : piece.end]], width)
    return sums


def _over_parents(
    tree: UnitTree,
    pieces: Mapping[int | None, _Piece],
    sums: Mapping[int | None, Figures],
    received: frozenset[str],
) -> Iterator[Subtotal]:
    if len(pieces) == 1:
        return
    owing = [0, *accumulate(node.unit is not None for node in tree.nodes)]
    sending = [0, *accumulate(node.name in received for node in tree.nodes)]
    has_office_on_top = bool(tree.nodes) and tree.nodes[0].unit is None and tree.nodes[0].end == len(tree.nodes)
    for place, piece in pieces.items():
        if place is None or (has_office_on_top and place == 0):
            continue
        node = tree.nodes[place]
        yield Subtotal(
            SubtotalKind.PARENT,
            node.name,
            node.level + (0 if has_office_on_top else 1),
            owing[node.end] - owing[place],
            sending[node.end] - sending[place],
            piece.first,
            piece.end,
            sums[place],
        )


def _over_categories(
    expected: Sequence[Unit], lines: Sequence[BreakdownLine], received: frozenset[str], width: int
) -> Iterator[Subtotal]:
    if not any(unit.category for unit in expected):
        return
    units: dict[str, list[str]] = {}
    for unit in expected:
        units.setdefault(unit.category or NO_CATEGORY, []).append(unit.name)
    figures: dict[str, list[Figures]] = {}
    for line in lines:
        figures.setdefault(line.category, []).append(line.figures)
    for category, names in units.items():
        came = sum(name in received for name in names)
        total = add_up(figures.get(category, []), width)
        yield Subtotal(SubtotalKind.CATEGORY, category, 1, len(names), came, 0, len(lines), total)

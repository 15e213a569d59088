"""The roster as a tree of any depth: who stands under whom, and whose returns add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar

from xl_disclosure.errors import InputError, Place
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.roster import Roster, Unit

MOST_NAMED = 5
"""Of the units that stand above each other in a circle."""

Value = TypeVar("Value")


class Node(NamedTuple):
    """Hold one place of the tree: ``parent`` is that of the node above, ``end`` the first behind all that is below.

    ``unit`` is None where the roster names the body as a parent only: it owes no return.
    """

    name: str
    unit: Unit | None
    level: int
    parent: int | None
    end: int


@dataclass(frozen=True)
class UnitTree:
    """Hold the units of a roster in its order, each parent straight before all that stands below it."""

    nodes: tuple[Node, ...] = field(default=())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Return the place of each node by its name."""
        return {node.name: place for place, node in enumerate(self.nodes)}

    def name_above(self, name: str) -> str:
        """Return the name of the unit above one; blank for one at the top or outside the tree."""
        place = self.places.get(name)
        above = self.nodes[place].parent if place is not None else None
        return self.nodes[above].name if above is not None else ""

    def parents(self) -> Iterator[int]:
        """Give the places of the nodes that others stand below."""
        return (place for place, node in enumerate(self.nodes) if node.end > place + 1)

    def children(self, place: int) -> Iterator[int]:
        """Give the places of the nodes directly below one."""
        child = place + 1
        while child < self.nodes[place].end:
            yield child
            child = self.nodes[child].end

    def gather(self, combine: Callable[[Node, Sequence[Value]], Value]) -> list[Value]:
        """Return for each node in order what is made of it and the values of its children, from the bottom up."""
        below: list[list[Value]] = [[] for _ in self.nodes]
        values: list[Value] = []
        for place in range(len(self.nodes) - 1, -1, -1):
            node = self.nodes[place]
            value = combine(node, below[place][::-1])
            below[place].clear()
            if node.parent is not None:
                below[node.parent].append(value)
            values.append(value)
        return values[::-1]


def grow_tree(roster: Roster) -> UnitTree:
    """Return the tree of a roster; a parent it does not list stands where its first child does.

    Raises InputError when units stand above each other in a circle.
    """
    names = {parent: _listed_name(parent, roster) for parent in {unit.parent for unit in roster.units}}
    above = {unit.name: names[unit.parent] for unit in roster.units}
    units = {unit.name: unit for unit in roster.units}
    below: dict[str, list[str]] = {}
    tops: dict[str, None] = {}
    for name, parent in above.items():
        if parent:
            below.setdefault(parent, []).append(name)
        top = parent if parent and parent not in units else name
        if not above.get(top):
            tops[top] = None
    nodes = _walk(list(tops), below, units)
    if len(nodes) < len(units.keys() | below.keys()):
        raise _refuse_circle(above, {node.name for node in nodes}, roster.place)
    return UnitTree(tuple(nodes))


def summed(receipts: Sequence[Receipt], tree: UnitTree) -> list[Receipt]:
    """Return the receipts whose figures add up to the total, those of the tree in its order, then the others.

    A parent's return is the total of its children and is not added to them; it counts where nothing below it was sent.
    """
    received = {receipt.unit: receipt for receipt in receipts if receipt.status is Status.RECEIVED}
    sent_before = [0, *accumulate(node.name in received for node in tree.nodes)]
    counted: list[Receipt] = []
    for place, node in enumerate(tree.nodes):
        receipt = received.pop(node.name, None)
        if receipt is not None and sent_before[place + 1] == sent_before[node.end]:
            counted.append(receipt)
    return [*counted, *received.values()]


def _listed_name(parent: str, roster: Roster) -> str:
    """Return the name of a unit that stands above others, which may be stated by its code or a former name."""
    listed = roster.find(parent, parent) if parent else None
    return listed.name if listed is not None else parent


def _walk(tops: Sequence[str], below: Mapping[str, Sequence[str]], units: Mapping[str, Unit]) -> list[Node]:
    """Return the nodes in order; without recursion, so that a tree may be as deep as it likes."""
    order: list[tuple[str, int, int | None]] = []
    waiting: list[tuple[str, int, int | None]] = [(name, 0, None) for name in reversed(tops)]
    while waiting:
        name, level, parent = waiting.pop()
        place = len(order)
        order.append((name, level, parent))
        if name in below:
            waiting.extend((child, level + 1, place) for child in reversed(below[name]))
    ends = list(range(1, len(order) + 1))
    for place in range(len(order) - 1, -1, -1):
        parent = order[place][2]
        if parent is not None:
            ends[parent] = max(ends[parent], ends[place])
    return [
        Node(name, units.get(name), level, parent, end) for (name, level, parent), end in zip(order, ends, strict=True)
    ]


def _refuse_circle(above: Mapping[str, str], standing: set[str], place: Place) -> InputError:
    """Return the complaint about a circle: every unit that hangs from no top leads into one."""
    name = next(name for name in above if name not in standing)
    seen: dict[str, None] = {}
    while name not in seen:
        seen[name] = None
        name = above[name]
    circle = list(seen)[list(seen).index(name) :]
    more = f"等 {len(circle)} 个单位" if len(circle) > MOST_NAMED else ""
    what = f"单位名录中 {'、'.join(circle[:MOST_NAMED])}{more} 互为上级"
    return InputError(what, "改正这些单位的“上级单位”一列", place)

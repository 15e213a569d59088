"""The roster as a tree: whose returns add up, and whose are themselves totals of those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.errors import InputError, Place
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.roster import Roster, Unit


def children_of(roster: Roster) -> Mapping[str, tuple[Unit, ...]]:
    """Return the direct children of each unit of the roster that has any, by the parent's name.

    A parent that is not itself on the roster, such as the office that rolls up, has none here. Raises InputError when
    units stand above each other in a circle.
    """
    found: dict[str, list[Unit]] = {}
    for unit in roster.units:
        parent = roster.find(unit.parent) if unit.parent else None
        if parent is not None:
            _refuse_circle(unit, roster)
            found.setdefault(parent.name, []).append(unit)
    return {name: tuple(units) for name, units in found.items()}


def summed(receipts: Sequence[Receipt], roster: Roster) -> list[Receipt]:
    """Return the receipts whose figures add up to the total.

    A parent's return is the total of its children and is not added to them; it counts where none of them sent one.
    """
    received = {receipt.unit for receipt in receipts if receipt.status is Status.RECEIVED}
    children = children_of(roster)
    counted: list[Receipt] = []
    for receipt in receipts:
        if receipt.status is not Status.RECEIVED:
            continue
        if not _any_below(receipt.unit, children, received):
            counted.append(receipt)
    return counted


def _any_below(name: str, children: Mapping[str, tuple[Unit, ...]], received: set[str]) -> bool:
    return any(child.name in received or _any_below(child.name, children, received) for child in children.get(name, ()))


def _refuse_circle(unit: Unit, roster: Roster) -> None:
    seen = {unit.name}
    above = roster.find(unit.parent)
    while above is not None:
        if above.name in seen:
            remedy = "改正这些单位的“上级单位”一列"
            raise InputError(f"单位名录中 {'、'.join(sorted(seen))} 互为上级", remedy, Place(sheet="单位名录"))
        seen.add(above.name)
        above = roster.find(above.parent) if above.parent else None

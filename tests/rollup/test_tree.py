"""The roster as a tree: a parent's own return is not added to those of its children."""

from __future__ import annotations

import pytest

from xl_disclosure.errors import InputError
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.tree import children_of, summed

ROSTER = Roster(
    (
        Unit("县", parent="市"),
        Unit("镇甲", parent="县"),
        Unit("镇乙", parent="县"),
        Unit("村", parent="镇甲"),
        Unit("局", parent="市"),
    )
)


def received(*names: str) -> list[Receipt]:
    return [Receipt(name, Status.RECEIVED, f"{name}.xlsx") for name in names]


def names(receipts: list[Receipt]) -> list[str]:
    return [receipt.unit for receipt in receipts]


def test_children_are_listed_under_parents_that_are_on_the_roster() -> None:
    assert {name: [unit.name for unit in units] for name, units in children_of(ROSTER).items()} == {
        "县": ["镇甲", "镇乙"],
        "镇甲": ["村"],
    }


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        (["县", "镇甲", "镇乙", "局"], ["镇甲", "镇乙", "局"]),
        (["县", "局"], ["县", "局"]),
        (["县", "村"], ["村"]),
        (["镇甲", "村", "局"], ["村", "局"]),
    ],
)
def test_a_parent_counts_only_where_nothing_below_it_was_sent(sent: list[str], counted: list[str]) -> None:
    assert names(summed(received(*sent), ROSTER)) == counted


def test_what_was_not_received_never_counts() -> None:
    assert summed([Receipt("局", Status.DUPLICATE, "1"), Receipt("县", Status.MISSING)], ROSTER) == []


def test_units_above_each_other_in_a_circle_are_refused() -> None:
    circle = Roster((Unit("甲", parent="乙"), Unit("乙", parent="甲")))
    with pytest.raises(InputError, match="互为上级"):
        children_of(circle)

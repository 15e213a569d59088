"""The roster as a tree: a parent's own return is not added to those of its children."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.errors import InputError
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.tree import UnitTree, grow_tree, summed

ROSTER = Roster(
    (
        Unit("县", "0100", parent="市"),
        Unit("镇甲", parent="县"),
        Unit("局", parent="市"),
        Unit("镇乙", parent="0100"),
        Unit("村", parent="镇甲"),
        Unit("处"),
    )
)


def received(*names: str) -> list[Receipt]:
    return [Receipt(name, Status.RECEIVED, f"{name}.xlsx") for name in names]


def names(receipts: list[Receipt]) -> list[str]:
    return [receipt.unit for receipt in receipts]


def outline(tree: UnitTree) -> list[tuple[int, str]]:
    return [(node.level, node.name) for node in tree.nodes]


def test_a_unit_stands_under_its_parent_in_the_order_of_the_roster() -> None:
    expected = [(0, "市"), (1, "县"), (2, "镇甲"), (3, "村"), (2, "镇乙"), (1, "局"), (0, "处")]
    assert outline(grow_tree(ROSTER)) == expected


def test_a_parent_that_the_roster_does_not_list_owes_no_return() -> None:
    tree = grow_tree(ROSTER)
    assert [node.name for node in tree.nodes if node.unit is None] == ["市"]


def test_the_children_of_a_node_are_those_directly_below_it() -> None:
    tree = grow_tree(ROSTER)
    below = {tree.nodes[place].name: [tree.nodes[child].name for child in tree.children(place)] for place in range(7)}
    assert below["市"] == ["县", "局"]
    assert below["县"] == ["镇甲", "镇乙"]
    assert below["村"] == []
    assert [tree.nodes[place].name for place in tree.parents()] == ["市", "县", "镇甲"]


def test_the_unit_above_is_known_by_its_name_however_the_roster_states_it() -> None:
    tree = grow_tree(ROSTER)
    assert [tree.name_above(name) for name in ("镇乙", "村", "县", "市", "别处")] == ["县", "镇甲", "市", "", ""]


def test_values_are_gathered_from_the_bottom_up() -> None:
    tree = grow_tree(ROSTER)
    paths = tree.gather(lambda node, below: f"{node.name}({' '.join(below)})" if below else node.name)
    assert paths[0] == "市(县(镇甲(村) 镇乙) 局)"


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        (["县", "镇甲", "镇乙", "局"], ["镇甲", "镇乙", "局"]),
        (["局", "县"], ["县", "局"]),
        (["县", "村"], ["村"]),
        (["镇甲", "村", "局"], ["村", "局"]),
        (["处", "别处"], ["处", "别处"]),
    ],
)
def test_a_parent_counts_only_where_nothing_below_it_was_sent(sent: list[str], counted: list[str]) -> None:
    assert names(summed(received(*sent), grow_tree(ROSTER))) == counted


def test_what_was_not_received_never_counts() -> None:
    receipts = [Receipt("局", Status.DUPLICATE, "1"), Receipt("县", Status.MISSING)]
    assert summed(receipts, grow_tree(ROSTER)) == []


@pytest.mark.parametrize("above", [{"甲": "乙", "乙": "甲"}, {"甲": "甲"}, {"丙": "甲", "甲": "乙", "乙": "甲"}])
def test_units_above_each_other_in_a_circle_are_refused(above: dict[str, str]) -> None:
    circle = Roster((Unit("局"), *(Unit(name, parent=parent) for name, parent in above.items())))
    with pytest.raises(InputError, match=r"单位名录中 甲(、乙)? 互为上级"):
        grow_tree(circle)


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=30))
def test_every_unit_has_its_place_and_every_branch_is_in_one_piece(parents: list[int]) -> None:
    units = [
        Unit(str(number), parent=str(min(above, number)) if above else "") for number, above in enumerate(parents, 1)
    ]
    roster = Roster(tuple(unit for unit in units if unit.parent != unit.name))
    tree = grow_tree(roster)
    assert {node.name for node in tree.nodes if node.unit} == {unit.name for unit in roster.units}
    for place, node in enumerate(tree.nodes):
        assert all(tree.nodes[child].parent == place for child in tree.children(place))
        inside = {below.name for below in tree.nodes[place + 1 : node.end]}
        assert inside == {below.name for at, below in enumerate(tree.nodes) if place in lineage(tree, at)}


def lineage(tree: UnitTree, place: int) -> set[int]:
    """Return the places above one."""
    above: set[int] = set()
    parent = tree.nodes[place].parent
    while parent is not None:
        above.add(parent)
        parent = tree.nodes[parent].parent
    return above


def test_a_tree_may_be_deeper_than_python_recurses() -> None:
    chain = Roster(tuple(Unit(str(number), parent=str(number - 1)) for number in range(1, 5000)))
    assert grow_tree(chain).nodes[-1].level == 4999

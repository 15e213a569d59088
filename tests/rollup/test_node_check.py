"""Parents of every level against the units directly below them."""

from __future__ import annotations

from xl_disclosure.checks.findings import Outcome
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.rollup.figures import Figures, pack
from xl_disclosure.rollup.node_check import check_nodes
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.tree import grow_tree

EDITION = load_edition("2014-xingyi")
TREE = grow_tree(
    Roster(
        (
            Unit("市"),
            Unit("县", parent="市"),
            Unit("镇甲", parent="县"),
            Unit("镇乙", parent="县"),
            Unit("局", parent="市"),
        )
    )
)


def figures(first: int | None) -> Figures:
    return pack([first, *[0] * (len(EDITION.facts) - 1)])


def sums(**sent: int | None) -> list[tuple[str, Outcome]]:
    """Return how the rule on sums comes out for every parent, with the first figure of each unit that sent one."""
    found = check_nodes(EDITION, TREE, lambda: {name: figures(first) for name, first in sent.items()})
    return [(finding.unit, finding.outcome) for finding in found if finding.rule == "rollup.sum"]


def test_every_parent_is_held_against_its_own_children() -> None:
    assert sums(市=36, 县=6, 镇甲=2, 镇乙=4, 局=30) == [("市", Outcome.PASSED), ("县", Outcome.PASSED)]
    assert sums(市=36, 县=7, 镇甲=2, 镇乙=4, 局=29) == [("市", Outcome.PASSED), ("县", Outcome.FAILED)]
    assert sums(市=35, 县=6, 镇甲=2, 镇乙=4, 局=30) == [("市", Outcome.FAILED), ("县", Outcome.PASSED)]


def test_a_child_that_sent_none_stands_with_the_sum_of_its_own_children() -> None:
    assert sums(市=36, 镇甲=2, 镇乙=4, 局=30) == [("市", Outcome.PASSED)]
    assert sums(市=37, 镇甲=2, 镇乙=4, 局=30) == [("市", Outcome.FAILED)]


def test_with_a_grandchild_missing_the_sum_is_undecided_on_every_level_above() -> None:
    assert sums(市=36, 镇甲=2, 局=30) == [("市", Outcome.SKIPPED)]
    assert sums(市=36, 县=6, 镇甲=2, 局=30) == [("市", Outcome.PASSED), ("县", Outcome.SKIPPED)]


def test_a_blank_of_a_grandchild_leaves_that_fact_undecided() -> None:
    assert sums(市=36, 镇甲=2, 镇乙=None, 局=30) == [("市", Outcome.SKIPPED)]


def test_many_missing_children_are_counted_and_a_few_named() -> None:
    tree = grow_tree(Roster((Unit("县"), *(Unit(f"镇{number}", parent="县") for number in range(9)))))
    [undecided, _] = check_nodes(EDITION, tree, lambda: {"县": figures(1)})
    assert undecided.reason == "下级 镇0、镇1、镇2 等 9 个单位 没有可用的报表，合计不能定"


def test_where_no_unit_stands_above_others_no_figures_are_asked_for() -> None:
    def find_sent() -> dict[str, Figures]:
        raise AssertionError

    assert check_nodes(EDITION, grow_tree(Roster((Unit("甲局"), Unit("乙局")))), find_sent) == []

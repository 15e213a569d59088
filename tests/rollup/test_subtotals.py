"""Every level of the tree and every category has its sum, corrections included, each unit in it once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.rollup.breakdown import BreakdownLine, lay_out
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.sent import SentReturn
from xl_disclosure.rollup.subtotals import Subtotal, SubtotalKind, make_subtotals
from xl_disclosure.rollup.tree import grow_tree, summed

EDITION = load_edition("2014-xingyi")
ROSTER = Roster(
    (
        Unit("县", parent="市", category="县"),
        Unit("镇甲", parent="县", category="镇"),
        Unit("村", parent="镇甲"),
        Unit("镇乙", parent="县", category="镇"),
        Unit("局", parent="市"),
    )
)
REST = (0,) * (len(EDITION.facts) - 1)


def line(unit: str, first: int | None, category: str = "（未填类别）", file: str = "x.json") -> BreakdownLine:
    return BreakdownLine(unit, pack([first, *REST]), file, category=category)


LINES = [
    line("村", 1),
    line("镇乙", 20, "镇"),
    line("镇乙", -5, "镇", file=""),
    line("局", 300),
]
RECEIVED = frozenset(("县", "村", "镇乙", "局"))


def made(roster: Roster = ROSTER, lines: list[BreakdownLine] = LINES) -> list[Subtotal]:
    return make_subtotals(EDITION, grow_tree(roster), lines, RECEIVED)


def test_the_whole_comes_first_then_each_parent_then_each_category() -> None:
    assert [(subtotal.kind, subtotal.name, subtotal.level, subtotal.figures[0]) for subtotal in made()] == [
        (SubtotalKind.WHOLE, "合计", 0, 316),
        (SubtotalKind.PARENT, "县", 1, 16),
        (SubtotalKind.PARENT, "镇甲", 2, 1),
        (SubtotalKind.CATEGORY, "县", 1, None),
        (SubtotalKind.CATEGORY, "镇", 1, 15),
        (SubtotalKind.CATEGORY, "（未填类别）", 1, 301),
    ]


def test_a_parents_lines_are_in_one_piece() -> None:
    pieces = {subtotal.name: LINES[subtotal.first : subtotal.end] for subtotal in made()[1:3]}
    assert {name: [one.unit for one in lines] for name, lines in pieces.items()} == {
        "县": ["村", "镇乙", "镇乙"],
        "镇甲": ["村"],
    }


def test_units_owing_received_and_missing_are_counted_at_every_level() -> None:
    counts = {(s.kind, s.name): (s.expected, s.received, s.missing) for s in made()}
    assert counts[SubtotalKind.WHOLE, "合计"] == (5, 4, 1)
    assert counts[SubtotalKind.PARENT, "县"] == (4, 3, 1)
    assert counts[SubtotalKind.PARENT, "镇甲"] == (2, 1, 1)
    assert counts[SubtotalKind.CATEGORY, "镇"] == (2, 1, 1)


def test_several_offices_on_top_each_have_their_sum() -> None:
    roster = Roster((Unit("村", parent="东县"), Unit("镇乙", parent="西县")))
    lines = [line("村", 1, ""), line("镇乙", 20, "")]
    names = [(subtotal.name, subtotal.figures[0]) for subtotal in made(roster, lines)]
    assert names == [("合计", 21), ("东县", 1), ("西县", 20)]


def test_without_a_roster_there_is_the_whole_alone() -> None:
    [whole] = made(Roster())
    assert (whole.figures[0], whole.expected, whole.received) == (316, 4, 4)


def test_where_nothing_came_in_the_sum_is_blank() -> None:
    assert {subtotal.figures[0] for subtotal in made(lines=[])} == {None}


@st.composite
def trees(draw: st.DrawFn) -> tuple[Roster, list[Receipt]]:
    """Give a roster of any shape, some of its parents not listed, and the returns of some of its units."""
    parents = draw(st.lists(st.integers(min_value=-3, max_value=20), max_size=20))
    categories = st.sampled_from(["", "镇", "局"])
    units = [
        Unit(str(number), parent="" if above in (0, number) else str(min(above, number - 1)), category=draw(categories))
        for number, above in enumerate(parents, start=1)
    ]
    senders = draw(st.sets(st.sampled_from(range(len(units))))) if units else set()
    receipts = [
        Receipt(
            units[place].name,
            Status.RECEIVED,
            f"{place}.json",
            sent=SentReturn(units[place].name, "", EDITION.id, 2016, "", pack([draw(st.integers(0, 99)), *REST])),
        )
        for place in sorted(senders)
    ]
    return Roster(tuple(units)), receipts


@given(trees())
def test_every_sum_is_that_of_the_units_below_that_count_and_have_no_one_below_who_does(
    case: tuple[Roster, list[Receipt]],
) -> None:
    roster, receipts = case
    above = {unit.name: unit.parent for unit in roster.units}
    sent = {receipt.unit: receipt.sent.figures[0] for receipt in receipts if receipt.sent is not None}

    def is_below(name: str, top: str) -> bool:
        parent = above.get(name, "")
        return bool(parent) and (parent == top or is_below(parent, top))

    counted = {name: first for name, first in sent.items() if not any(is_below(other, name) for other in sent)}
    tree = grow_tree(roster)
    lines = lay_out(EDITION, summed(receipts, tree), tree, [])
    for subtotal in make_subtotals(EDITION, tree, lines, frozenset(sent)):
        inside = {
            SubtotalKind.WHOLE: set(counted),
            SubtotalKind.PARENT: {one for one in counted if one == subtotal.name or is_below(one, subtotal.name)},
            SubtotalKind.CATEGORY: {
                unit.name for unit in roster.units if (unit.category or "（未填类别）") == subtotal.name
            }
            & counted.keys(),
        }[subtotal.kind]
        assert subtotal.figures[0] == (sum(int(counted[name] or 0) for name in inside) if inside else None)
        if subtotal.kind is SubtotalKind.PARENT:
            assert {line.unit for line in lines[subtotal.first : subtotal.end]} == inside

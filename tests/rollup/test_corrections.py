"""更正: an entry counts only with unit, fact, the figure sent, another one, a reason and a name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from xl_disclosure.actions.fact_lookup import find_fact
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rollup.corrections import Correction, JudgedCorrection, check_corrections, judge_corrections
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rules.evaluate import Facts

EDITION = load_edition("2014-xingyi")
DISCLOSED = FactAddress("statistics.disclosed.count")
BUDGET = FactAddress("statistics.budget.count")
MEETINGS = FactAddress("statistics.meetings.count")
ROSTER = Roster((Unit("甲局", "A01", former_names=("老甲局",)), Unit("乙局"), Unit("丙局")))
COUNTED: dict[str, Facts] = {
    "甲局": {DISCLOSED: 3, BUDGET: Decimal("1.5"), MEETINGS: None},
    "乙局": {DISCLOSED: 0, BUDGET: None, MEETINGS: 2},
}
FIELDS = ("unit", "fact", "before", "after", "reason", "by")
PLACES = {field: Place("汇总.xlsm", "更正", f"{column}4") for field, column in zip(FIELDS, "ABCDEF", strict=True)}
ENTRY = Correction("甲局", "主动公开政府信息数", 3, 5, "漏报", "张某", PLACES)


def judge(*entries: Correction) -> list[JudgedCorrection]:
    return judge_corrections(EDITION, entries, COUNTED.get, ROSTER, partial(find_fact, EDITION))


def test_a_full_entry_is_adopted_with_the_difference_it_makes() -> None:
    [judged] = judge(ENTRY)
    assert (judged.unit, judged.address, judged.difference, judged.is_adopted) == ("甲局", DISCLOSED, 2, True)


@pytest.mark.parametrize("unit", ["甲局", "老甲局"])
@pytest.mark.parametrize("fact", ["(一)主动公开政府信息数", "statistics.disclosed.count", "主动公开政府信息数"])
def test_unit_and_fact_are_found_by_any_of_their_names(unit: str, fact: str) -> None:
    [judged] = judge(replace(ENTRY, unit=unit, fact=fact))
    assert (judged.unit, judged.address) == ("甲局", DISCLOSED)


@pytest.mark.parametrize(
    ("fact", "before", "after", "difference"),
    [(BUDGET, Decimal("1.5"), Decimal("1.25"), Decimal("-0.25")), (MEETINGS, None, 4, 4), (DISCLOSED, 3, 0, -3)],
)
def test_a_figure_may_fall_be_an_amount_or_take_the_place_of_a_blank(
    fact: FactAddress, before: int | None, after: int, difference: int
) -> None:
    [judged] = judge(replace(ENTRY, fact=fact, before=before, after=after))
    assert (judged.is_adopted, judged.difference) == (True, difference)


@pytest.mark.parametrize(
    ("field", "typed", "what", "remedy"),
    [
        ("unit", "", "没有写单位", "写明更正的是哪个单位"),
        ("unit", "甲局办", "没有“甲局办”这个单位", "甲局"),
        ("unit", "丙局", "没有计入合计的报表", "收到报表后再更正"),
        ("fact", "", "没有写数据项", "选一个数据项"),
        ("fact", "公开数", "没有“公开数”这个数据项", "下拉列表"),
        ("reason", "", "没有写原因", "写明原因"),
        ("by", "", "没有写更正人", "写明更正人"),
        ("before", 4, "原数写的是4，单位所报是3", "把“原数”改为3"),
        ("before", None, "原数写的是空白，单位所报是3", "把“原数”改为3"),
        ("after", None, "没有写更正为多少", "没有的写 0"),
        ("after", 3, "同为3", "删去这一条"),
        ("after", "5件", "“更正为”填的是“5件”，不是数", "只填数字"),
        ("after", Decimal("5.5"), "应当是整数", "整数"),
        ("after", -1, "不能是负数", "正数"),
    ],
)
def test_an_entry_that_is_wrong_is_refused_with_its_cell_and_what_mends_it(
    field: str, typed: str | int | None, what: str, remedy: str
) -> None:
    [judged] = judge(replace(ENTRY, **{field: typed}))  # type: ignore[arg-type]
    assert not judged.is_adopted
    assert judged.finding is not None
    assert what in judged.finding.words["what"]
    assert remedy in judged.finding.words["remedy"]
    assert judged.finding.place == PLACES[field]


def test_of_two_entries_on_one_figure_the_second_is_refused() -> None:
    first, second = judge(ENTRY, replace(ENTRY, after=9))
    assert first.is_adopted
    assert second.finding is not None
    assert "在 A4 已有更正" in second.finding.words["what"]


def test_the_entries_that_are_refused_are_the_findings() -> None:
    good, bad = judge(ENTRY, replace(ENTRY, unit="乙局"))
    assert check_corrections(EDITION, [good, bad]) == [bad.finding]
    [passed] = check_corrections(EDITION, [good])
    assert passed.outcome is Outcome.PASSED

"""The roster: whose return a file is."""

from __future__ import annotations

import pytest

from xl_disclosure.errors import InputError, Place
from xl_disclosure.rollup.roster import Roster, Unit, roster_from_rows

PLACE = Place(file="单位名录.csv")

ROWS = [
    ["某市单位名录"],
    ["单位名称", "单位代码", "上级单位", "单位类别", "曾用名", "联系人", "电话"],
    ["自然资源与生态环境局", "0101", "某区", "部门", "环境与国土资源局、国土资源局", "甲", "1"],
    ["农业农村局", "0102", "某区", "部门"],
    [""],
]


def test_rows_below_the_header_are_units() -> None:
    roster = roster_from_rows(ROWS, PLACE)
    assert [unit.name for unit in roster.units] == ["自然资源与生态环境局", "农业农村局"]
    assert roster.units[0].former_names == ("环境与国土资源局", "国土资源局")
    assert roster.units[1].phone == ""


def test_a_row_is_a_unit_by_its_name_alone_be_it_short_or_blank() -> None:
    rows = [["单位代码", "单位名称", "电话"], [], ["1"], ["2", "  "], ["", " 甲局 "], ["4", "乙局", " 5 ", "外"]]
    assert roster_from_rows(rows, PLACE).units == (Unit("甲局"), Unit("乙局", "4", phone="5"))


def test_only_the_name_is_required() -> None:
    assert roster_from_rows([["单位名称"], ["甲局"]], PLACE) == Roster((Unit("甲局"),))


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("农业农村局", "", "农业农村局"),
        (" 农业 农村局 ", "", "农业农村局"),
        ("环境与国土资源局", "", "自然资源与生态环境局"),
        ("写错的名称", "0102", "农业农村局"),
        ("农业局", "", None),
        ("", "", None),
    ],
)
def test_a_unit_is_found_by_code_name_or_former_name_and_never_by_likeness(
    name: str, code: str, found: str | None
) -> None:
    unit = roster_from_rows(ROWS, PLACE).find(name, code)
    assert (unit.name if unit else None) == found


def test_a_near_name_is_suggested() -> None:
    roster = roster_from_rows(ROWS, PLACE)
    assert roster.nearest_name("农业农村厅") == "农业农村局"
    assert roster.nearest_name("公安") == ""


def test_a_roster_without_the_column_of_names_is_refused() -> None:
    with pytest.raises(InputError, match=r"单位名录\.csv.*没有“单位名称”一列"):
        roster_from_rows([["名称"], ["甲局"]], PLACE)


@pytest.mark.parametrize(
    "rows",
    [
        [["甲局", "1"], ["甲局", "2"]],
        [["甲局", "1"], ["甲局", "1"]],
        [["甲局", "1"], ["乙局", "1"]],
        [["甲局", "1", "乙局"], ["乙局", "2", ""]],
        [["甲（局）", "1"], ["甲 (局)", "2"]],
    ],
)
def test_a_name_or_code_that_stands_twice_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(InputError, match=r"单位名录\.csv.* 第 3 行：.*在第 2 行已有"):
        roster_from_rows([["单位名称", "单位代码", "曾用名"], *rows], PLACE)


def test_a_unit_may_be_called_the_same_twice_in_its_own_row() -> None:
    rows = [["单位名称", "单位代码", "曾用名"], ["甲局", "甲局", "甲 局"], ["乙局", "", ""]]
    assert [unit.name for unit in roster_from_rows(rows, PLACE).units] == ["甲局", "乙局"]

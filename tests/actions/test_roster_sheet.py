"""单位名录 is written from the first roster; a later one that names other units is used, and the difference told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.test_aggregate import write_facts
from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder
from xl_disclosure.actions.clerk_book import open_clerk_book
from xl_disclosure.actions.reading import read_roster
from xl_disclosure.actions.roster_sheet import ROSTER_KEY
from xl_disclosure.checks.wording import message
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, ROSTER_SHEET

FIRST = "单位名称,联系电话\n甲局,0855-1\n乙局,0855-2\n"
LATER = "单位名称,联系电话\n甲局,0855-1\n丙局,0855-3\n"


@pytest.fixture
def request_for(tmp_path: Path) -> RollupRequest:
    """Give a roll-up of one return into a workbook, held against a roster."""
    units = tmp_path / "units"
    units.mkdir()
    write_facts(units, "甲.json", "甲局", disclosed=1)
    (tmp_path / "名录.csv").write_text(FIRST, encoding="utf-8")
    return RollupRequest(units, tmp_path / "汇总.xlsm", tmp_path / "名录.csv", workers=1)


def differences(request: RollupRequest) -> list[str]:
    """Roll up, and return what is said of the sheet."""
    rollup = aggregate_folder(request)
    return [
        message(rollup.edition, finding)
        for finding in rollup.failed
        if finding.place and finding.place.sheet == ROSTER_SHEET
    ]


def names_in_sheet(request: RollupRequest) -> list[str]:
    return [unit.name for unit in read_roster(None, open_clerk_book(request.output)).units]


def test_another_roster_is_used_and_the_difference_told(request_for: RollupRequest) -> None:
    assert differences(request_for) == []
    assert differences(request_for) == []
    assert request_for.roster is not None
    request_for.roster.write_text(LATER, encoding="utf-8")
    (said,) = differences(request_for)
    assert said == (
        "“单位名录”页与这次用的名录不同：只在“名录.csv”里的有 丙局，只在“单位名录”页的有 乙局；"
        "这次按“名录.csv”汇总，该页没有改动"
    )
    assert names_in_sheet(request_for) == ["甲局", "乙局"]


def test_a_roster_that_names_the_same_units_says_nothing(request_for: RollupRequest) -> None:
    differences(request_for)
    assert request_for.roster is not None
    request_for.roster.write_text(FIRST.replace("0855-2", "0855-9"), encoding="utf-8")
    assert differences(request_for) == []


def test_a_unit_that_now_stands_elsewhere_is_told(request_for: RollupRequest) -> None:
    differences(request_for)
    assert request_for.roster is not None
    request_for.roster.write_text("单位名称,上级单位\n甲局,\n乙局,甲局\n", encoding="utf-8")
    (said,) = differences(request_for)
    assert "代码、上级、类别或曾用名不同的有 乙局；" in said


def test_a_sheet_that_was_emptied_is_written_from_the_roster_of_today(request_for: RollupRequest) -> None:
    differences(request_for)
    assert request_for.roster is not None
    request_for.roster.write_text(LATER, encoding="utf-8")
    clerk = open_clerk_book(request_for.output)
    assert ROSTER_KEY in clerk.memory
    clerk.book.write_list(ROSTER_SHEET, BODY_FIRST_ROW, [])
    clerk.book.save(request_for.output)
    assert differences(request_for) == []
    assert names_in_sheet(request_for) == ["甲局", "丙局"]


def test_a_roster_typed_into_the_sheet_is_held_against_the_file(request_for: RollupRequest) -> None:
    differences(request_for)
    clerk = open_clerk_book(request_for.output)
    clerk.book.write_cells(ROSTER_SHEET, {(BODY_FIRST_ROW + line, 0): CellContent(f"新局{line}") for line in range(5)})
    clerk.book.save(request_for.output)
    assert request_for.roster is not None
    request_for.roster.write_text(LATER, encoding="utf-8")
    (said,) = differences(request_for)
    assert "只在“名录.csv”里的有 丙局、甲局，只在“单位名录”页的有 新局0、新局1、新局2等 5 个" in said

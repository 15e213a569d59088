"""收表情况: a line for each file and each unit without one, with what its return, its cover and the roster say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from xl_disclosure.actions.receipts_sheet import write_receipts
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.rules import Severity
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.result import Rollup, RollupLine
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.sent import SentReturn
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, RECEIPT_COLUMNS, RECEIPTS_SHEET
from xl_disclosure.workbook.new import new_workbook

EDITION = load_edition("2014-xingyi")
NOON = datetime(2024, 3, 1, 12, 5, 59)  # noqa: DTZ001 the clerk's own clock


def sent(unit: str, preparer: str = "", phone: str = "", date: str = "") -> SentReturn:
    return SentReturn(unit, "", EDITION.id, 2016, "", pack([]), (), preparer, phone, date)


def shown(lines: Sequence[RollupLine], roster: Sequence[Unit] = ()) -> list[dict[str, str]]:
    """Return the lines of the sheet by the codes of its columns, the blank cells left out."""
    book = new_workbook(EDITION)
    write_receipts(book, Rollup(EDITION, 2016, Roster(tuple(roster)), (), (), {}, tuple(lines), (), Path("汇总.xlsm")))
    codes = [column.code for column in RECEIPT_COLUMNS]
    rows = book.read_used(RECEIPTS_SHEET)[BODY_FIRST_ROW:]
    return [{code: cell.text for code, cell in zip(codes, row, strict=False) if not cell.is_blank} for row in rows]


def test_a_line_says_what_the_return_its_cover_and_the_roster_say() -> None:
    failed = [Finding("r", Outcome.FAILED, severity) for severity in (Severity.ERROR, Severity.WARN, Severity.ERROR)]
    cover = sent("甲局", preparer="王某", phone="2", date="2017年3月1日")
    receipt = Receipt("甲局", Status.RECEIVED, "甲.xlsx", "报表上用名“老甲局”", sent=cover)
    (line,) = shown([RollupLine(receipt, tuple(failed), True, "ab")], [Unit("甲局", contact="李某", phone="1")])
    assert line == {
        "unit": "甲局",
        "status": "已收",
        "file": "甲.xlsx",
        "detail": "报表上用名“老甲局”",
        "errors": "2",
        "warnings": "1",
        "contact": "李某",
        "phone": "1",
        "preparer": "王某",
        "date": "2017-03-01",
        "digest": "ab",
    }


def test_the_cover_says_whom_to_call_where_the_roster_does_not() -> None:
    receipt = Receipt("甲局", Status.RECEIVED, "甲.xlsx", sent=sent("甲局", phone="2", date="三月"))
    for roster in ([], [Unit("甲局", contact="李某")]):
        (line,) = shown([RollupLine(receipt)], roster)
        assert (line["phone"], line["date"], line["errors"]) == ("2", "三月", "0")


def test_the_missing_come_first_and_what_counts_comes_last() -> None:
    statuses = [Status.RECEIVED, Status.WRONG_YEAR, Status.MISSING, Status.DUPLICATE, Status.RECEIVED, Status.MISSING]
    lines = shown([RollupLine(Receipt(str(number), status)) for number, status in enumerate(statuses)])
    assert [line["unit"] for line in lines] == ["2", "5", "3", "1", "0", "4"]
    assert [("errors" in line, "warnings" in line) for line in lines] == [(False, False)] * 4 + [(True, True)] * 2


def test_a_file_s_time_is_shown_to_the_minute_by_the_clerk_s_clock() -> None:
    (line,) = shown([RollupLine(Receipt("甲局", Status.UNREADABLE, "甲.xlsx", written=NOON.timestamp()))])
    assert line["saved"] == "2024-03-01 12:05"


@pytest.mark.parametrize("written", [None, 1e12, -1e12, 1e30])
def test_a_time_that_is_unknown_or_that_no_calendar_has_is_blank(written: float | None) -> None:
    (line,) = shown([RollupLine(Receipt("甲局", Status.UNREADABLE, "甲.xlsx", written=written))])
    assert line.keys() == {"unit", "status", "file"}

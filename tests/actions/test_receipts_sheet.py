"""收表情况: a line for each file and each unit without one, with what its return, its cover and the roster say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from xl_disclosure.actions.receipts_sheet import write_receipts
from xl_disclosure.forms.catalog import load_edition
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


def test_a_file_s_time_is_shown_to_the_minute_by_the_clerk_s_clock() -> None:
    (line,) = shown([RollupLine(Receipt("甲局", Status.UNREADABLE, "甲.xlsx", written=NOON.timestamp()))])
    assert line["saved"] == "2024-03-01 12:05"


@pytest.mark.parametrize("written", [None, 1e12, -1e12, 1e30])
def test_a_time_that_is_unknown_or_that_no_calendar_has_is_blank(written: float | None) -> None:
    (line,) = shown([RollupLine(Receipt("甲局", Status.UNREADABLE, "甲.xlsx", written=written))])
    assert line.keys() == {"unit", "status", "file"}

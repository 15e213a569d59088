"""收表情况: what became of every file and unit, those to be reminded first, and the line that proves the count."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import lru_cache

from xl_disclosure.actions.list_lines import fitting_heights
from xl_disclosure.forms.days import day_of_cell_text
from xl_disclosure.rollup.collect import Status
from xl_disclosure.rollup.result import Rollup, RollupLine
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.workbook.book import Book, CellContent, ListLine
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, RECEIPT_COLUMNS, RECEIPTS_SHEET, SUBTITLE_ROW

_SET_ASIDE = [status for status in Status if status not in (Status.MISSING, Status.RECEIVED)]
_RANKS = {status: rank for rank, status in enumerate([Status.MISSING, *_SET_ASIDE, Status.RECEIVED])}


def write_receipts(book: Book, rollup: Rollup) -> None:
    """Write a line for every file and every unit without one: the missing first, then what does not count."""
    lines = [_line(line, rollup.roster) for line in sorted(rollup.lines, key=lambda line: _RANKS[line.receipt.status])]
    book.write_list(RECEIPTS_SHEET, BODY_FIRST_ROW, lines, fitting_heights(lines, RECEIPT_COLUMNS))
    book.write_cells(RECEIPTS_SHEET, {(SUBTITLE_ROW, 0): CellContent(account_for(rollup))})


def account_for(rollup: Rollup) -> str:
    """Return the proof line: every file, every unit and every correction is in exactly one of the sums' terms."""
    files = Counter(line.receipt.status for line in rollup.lines if line.receipt.file)
    counted = sum(line.is_summed for line in rollup.lines)
    held_against = files[Status.RECEIVED] - counted
    terms = [f"计入 {counted} 份"]
    if held_against:
        terms.append(f"只作核对的本级汇总 {held_against} 份")
    set_aside = [
        (status.chinese, files[status]) for status in Status if status is not Status.RECEIVED and files[status]
    ]
    details = "、".join(f"{wording} {count}" for wording, count in set_aside)
    terms.append(f"未计入 {sum(count for _, count in set_aside)} 份" + (f"（{details}）" if details else ""))
    missing = sum(line.receipt.status is Status.MISSING for line in rollup.lines)
    received = files[Status.RECEIVED]
    proof = (
        f"文件 {files.total()} 份 = {' + '.join(terms)}；"
        f"单位 {received + missing} 个 = 已收 {received} 个 + 未报 {missing} 个"
    )
    entries = len(rollup.corrections)
    if not entries:
        return proof
    adopted = sum(judged.is_adopted for judged in rollup.corrections)
    return f"{proof}；更正 {entries} 条 = 采用 {adopted} 条 + 未采用 {entries - adopted} 条"


def missing_units(rollup: Rollup) -> list[Unit]:
    """Return the units to be reminded, in the order of the roster."""
    missing = {line.receipt.unit for line in rollup.lines if line.receipt.status is Status.MISSING}
    return [unit for unit in rollup.roster.units if unit.name in missing]


def _line(line: RollupLine, roster: Roster) -> ListLine:
    """Return the cells of a line, in the order of the columns."""
    receipt, sent = line.receipt, line.receipt.sent
    unit = roster.find(receipt.unit) if receipt.unit else None
    is_counted = receipt.status is Status.RECEIVED
    phone, preparer, date = (sent.phone, sent.preparer, sent.date) if sent is not None else ("", "", "")
    return [
        receipt.unit,
        receipt.status.chinese,
        receipt.file,
        receipt.detail,
        line.errors if is_counted else None,
        line.warnings if is_counted else None,
        unit.contact if unit is not None else "",
        (unit.phone if unit is not None else "") or phone,
        preparer,
        _day(date),
        "" if receipt.written is None else _minute(int(receipt.written // 60)),
        line.digest,
    ]


@lru_cache(maxsize=512)
def _day(text: str) -> str:
    """Return the day on a cover in one way of writing; as it stands where it is no day."""
    day = day_of_cell_text(text)
    return day.isoformat() if day is not None else text


@lru_cache(maxsize=512)
def _minute(minute: int) -> str:
    """Return a minute, counted from 1970, by this machine's clock; blank where no calendar has it.

    Since 1972 no place on earth is ahead of or behind another by a part of a minute.
    """
    try:
        return datetime.fromtimestamp(60 * minute).isoformat(" ", "minutes")  # noqa: DTZ006 the clerk's own clock
    except (OSError, OverflowError, ValueError):
        return ""

"""审核 of 小计表: sums typed over, held against the lines of 分户表."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.fill_plan import number_in
from xl_disclosure.actions.subtotal_lines import SubtotalLines
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.totals import add_up
from xl_disclosure.workbook.book import CellValue
from xl_disclosure.workbook.layout import SUBTOTALS_SHEET, UNITS_FIRST_FACT_COLUMN, UNITS_FIRST_ROW, CellPlace

MOST_NAMED = 3
"""Of the sums of one row that were typed over."""


def check_subtotals(clerk: ClerkBook, rule: str, lines: Mapping[int, BreakdownLine], remedy: str) -> list[Finding]:
    """Return a finding by that rule for each row of 小计表 with a figure typed in that is not the sum of its lines.

    ``lines`` are those of 分户表 by row.
    """
    if not lines or clerk.book.is_as_left(SUBTOTALS_SHEET):
        return []
    findings: list[Finding] = []
    subtotal_lines = SubtotalLines(clerk, lines)
    for row, cells in enumerate(clerk.book.read_used(SUBTOTALS_SHEET)[UNITS_FIRST_ROW:], start=UNITS_FIRST_ROW):
        sums = _expected_sums(clerk, cells, subtotal_lines)
        wrong = [column for column, expected in sums.items() if not _holds(cells[column], expected)]
        if wrong:
            findings.append(_finding(clerk, rule, row, cells, {column: sums[column] for column in wrong}, remedy))
    return findings


def _expected_sums(
    clerk: ClerkBook, cells: Sequence[CellValue], subtotal_lines: SubtotalLines
) -> dict[int, Number | None]:
    """Return what the lines come to, by column, for those cells of a row that hold no formula."""
    width = len(clerk.edition.facts)
    columns = range(UNITS_FIRST_FACT_COLUMN, min(UNITS_FIRST_FACT_COLUMN + width, len(cells)))
    typed = [column for column in columns if not cells[column].formula]
    behind = subtotal_lines.behind(cells) if typed else None
    if behind is None:
        return {}
    sums = [*add_up([line.figures for line in behind], width)]
    return {column: sums[column - UNITS_FIRST_FACT_COLUMN] for column in typed}


def _holds(cell: CellValue, expected: Number | None) -> bool:
    return cell.is_blank if expected is None else number_in(cell) == expected


def _finding(
    clerk: ClerkBook,
    rule: str,
    row: int,
    cells: Sequence[CellValue],
    expected: Mapping[int, Number | None],
    remedy: str,
) -> Finding:
    named = [*clerk.edition.fact_names.items()]
    facts = {column: named[column - UNITS_FIRST_FACT_COLUMN] for column in expected}
    shown = "、".join(
        f"“{name}”应为{_shown(expected[column])}，表中是{cells[column].text or '空白'}"
        for column, (_, name) in [*facts.items()][:MOST_NAMED]
    )
    more = f"等 {len(facts)} 处" if len(facts) > MOST_NAMED else ""
    what = f"小计表中“{cells[0].text.strip()}”一行与各单位相加不符：{shown}{more}"
    return Finding(
        rule,
        Outcome.FAILED,
        clerk.edition.rules[rule].severity,
        facts=tuple(address for address, _ in facts.values()),
        words={"what": what, "remedy": remedy},
        place=clerk.place(CellPlace(SUBTOTALS_SHEET, row, min(facts))),
    )


def _shown(expected: Number | None) -> str:
    return "空白" if expected is None else str(expected)

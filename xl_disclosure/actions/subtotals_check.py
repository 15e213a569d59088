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
from xl_disclosure.workbook.book import CellValue, read_list
from xl_disclosure.workbook.layout import SUBTOTALS_SHEET, UNITS_FIRST_FACT_COLUMN, UNITS_FIRST_ROW, CellPlace

MOST_NAMED = 3
"""Of the sums of one row that were typed over."""

Said = tuple[str, Sequence[int]]
"""What is wrong with a row, and the columns it is about, in order."""


def check_subtotals(clerk: ClerkBook, rule: str, lines: Mapping[int, BreakdownLine], remedy: str) -> list[Finding]:
    """Return a finding by that rule for each row of 小计表 with a figure typed in that is not the sum of its lines.

    ``lines`` are those of 分户表 by row. A row whose lines nothing tells is found as well.
    """
    if not lines or clerk.book.is_as_left(SUBTOTALS_SHEET):
        return []
    findings: list[Finding] = []
    subtotal_lines = SubtotalLines(clerk, lines)
    width = UNITS_FIRST_FACT_COLUMN + len(clerk.edition.facts)
    rows = read_list(clerk.book, SUBTOTALS_SHEET, UNITS_FIRST_ROW, width)
    for row, cells in enumerate(rows, start=UNITS_FIRST_ROW):
        typed = _typed(clerk, cells)
        behind = subtotal_lines.behind(cells) if typed else ()
        said = _differences(clerk, cells, typed, behind) if behind is not None else _unknown(cells, typed)
        if said is not None:
            findings.append(_finding(clerk, rule, row, said, remedy))
    return findings


def _typed(clerk: ClerkBook, cells: Sequence[CellValue]) -> list[int]:
    """Return the columns of a row's figures that hold no formula."""
    columns = range(UNITS_FIRST_FACT_COLUMN, UNITS_FIRST_FACT_COLUMN + len(clerk.edition.facts))
    return [column for column in columns if not cells[column].formula]


def _differences(
    clerk: ClerkBook, cells: Sequence[CellValue], typed: Sequence[int], behind: Sequence[BreakdownLine]
) -> Said | None:
    """Return which typed figures are not the sum of the lines; None where all are."""
    names = [*clerk.edition.fact_names.values()]
    sums = [*add_up([line.figures for line in behind], len(names))] if typed else []
    parts: dict[int, str] = {}
    for column in typed:
        number = column - UNITS_FIRST_FACT_COLUMN
        expected = sums[number]
        if not _holds(cells[column], expected):
            parts[column] = f"“{names[number]}”应为{_shown(expected)}，表中是{cells[column].text or '空白'}"
    if not parts:
        return None
    shown = "、".join([*parts.values()][:MOST_NAMED])
    more = f"等 {len(parts)} 处" if len(parts) > MOST_NAMED else ""
    return f"小计表中“{cells[0].text.strip()}”一行与各单位相加不符：{shown}{more}", [*parts]


def _unknown(cells: Sequence[CellValue], typed: Sequence[int]) -> Said | None:
    """Return that nothing tells which units the figures of a row add up; None where it has none."""
    filled = [column for column in typed if not cells[column].is_blank]
    name = cells[0].text.strip() or "没有名称的行"
    what = f"小计表中“{name}”不是单位名录里的上级单位，无从核对这一行的 {len(filled)} 个数"
    return (what, filled) if filled else None


def _holds(cell: CellValue, expected: Number | None) -> bool:
    return cell.is_blank if expected is None else number_in(cell) == expected


def _finding(clerk: ClerkBook, rule: str, row: int, said: Said, remedy: str) -> Finding:
    what, columns = said
    addresses = [*clerk.edition.facts]
    return Finding(
        rule,
        Outcome.FAILED,
        clerk.edition.rules[rule].severity,
        facts=tuple(addresses[column - UNITS_FIRST_FACT_COLUMN] for column in columns),
        words={"what": what, "remedy": remedy},
        place=clerk.place(CellPlace(SUBTOTALS_SHEET, row, columns[0])),
    )


def _shown(expected: Number | None) -> str:
    return "空白" if expected is None else str(expected)

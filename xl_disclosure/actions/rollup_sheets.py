"""The sheets of a roll-up: the form's live formulas over 分户表, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from xl_disclosure.actions.breakdown_file import (
    MEMORY_KEY,
    breakdown_path,
    stands_beside,
)
from xl_disclosure.actions.breakdown_output import FindFile
from xl_disclosure.actions.breakdown_sheet import write_breakdown
from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.corrections_sheet import write_corrections
from xl_disclosure.actions.findings_sheet import Locate, write_findings
from xl_disclosure.actions.receipts_sheet import write_receipts
from xl_disclosure.actions.results_book import ResultsBook
from xl_disclosure.actions.subtotals_sheet import sum_formula, write_subtotals
from xl_disclosure.checks.findings import Finding
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.corrections import CORRECTIONS
from xl_disclosure.rollup.result import Rollup
from xl_disclosure.rollup.subtotals import Subtotal
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import (
    SUBTITLE_ROW,
    SUBTOTALS_SHEET,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_HELP,
    UNITS_SHEET,
    CellPlace,
    fact_places,
)
from xl_disclosure.workbook.titles import refresh_titles

_LONGEST_LITERAL = 255
"""Characters of a text in a formula."""

FindPlace = Callable[[str, FactAddress], CellPlace | None]
"""Finds the cell of a unit's figure, by the unit's name."""


def write_rollup(clerk: ClerkBook, rollup: Rollup, find_file: FindFile) -> None:
    """Write the units' figures and corrections, the formulas that add them up, what is wrong, and every file's fate.

    Where 分户表 stands in a file beside the workbook, figures stand in place of the formulas over it.
    """
    lines: Sequence[BreakdownLine] = rollup.breakdown
    if stands_beside(lines):
        lines = ()
        _write_sums(replace(clerk, book=ResultsBook(clerk.book, UNITS_SHEET)), rollup, lines)
    else:
        _write_sums(clerk, rollup, lines)
    refresh_titles(clerk.book, rollup.edition)
    write_receipts(clerk.book, rollup)
    write_findings(clerk.book, rollup.edition, rollup.all_findings, _find_places(clerk, rollup, lines))
    file = find_file()
    clerk.remember({MEMORY_KEY: "" if file is None else file.note})


def _write_sums(clerk: ClerkBook, rollup: Rollup, lines: Sequence[BreakdownLine]) -> None:
    """Write corrections, the lines of 分户表 that the workbook itself holds, and all that adds them up."""
    book, edition = clerk.book, rollup.edition
    entries = write_corrections(clerk, rollup.entries, len(rollup.breakdown))
    write_breakdown(book, edition, lines, entries)
    book.write_cells(UNITS_SHEET, {(SUBTITLE_ROW, 0): _help(rollup)})
    write_subtotals(book, edition, rollup.subtotals)
    clerk.write_form(sum_formulas(edition, rollup.subtotals[0]))


def _find_places(clerk: ClerkBook, rollup: Rollup, lines: Sequence[BreakdownLine]) -> Locate:
    """Return what finds the cell of a finding: in 更正 or 小计表, in 分户表 for a unit's own, otherwise in the form."""
    own, find_sent = fact_places(rollup.edition), places_in_breakdown(rollup.edition, lines)

    def locate(finding: Finding) -> CellPlace | None:
        cell = clerk.cell_at(finding.place)
        if finding.rule == CORRECTIONS or (cell is not None and cell.sheet == SUBTOTALS_SHEET):
            return cell
        if not finding.facts:
            return None
        address = finding.facts[0]
        return find_sent(finding.unit, address) or own.get(address)

    return locate


def _help(rollup: Rollup) -> CellContent:
    """Return what stands above 分户表: how it comes about, or a link to the file that it stands in."""
    if not stands_beside(rollup.breakdown):
        return CellContent(UNITS_HELP)
    name = breakdown_path(rollup.output).name
    text = f"共 {len(rollup.breakdown)} 行，另存在同一文件夹的“{name}”中，点这里打开。统计表和小计表是汇总时相加的数。"
    text = text[:_LONGEST_LITERAL]
    target, shown = (part.replace('"', '""') for part in (name, text))
    return CellContent(text, formula=f'HYPERLINK("{target}","{shown}")')


def places_in_breakdown(edition: Edition, lines: Sequence[BreakdownLine]) -> FindPlace:
    """Return what finds the cell of 分户表 with what a unit sent; None for a unit that is not there."""
    rows = {line.unit: row for row, line in enumerate(lines, start=UNITS_FIRST_ROW) if not line.is_correction}
    columns = {address: column for column, address in enumerate(edition.facts, start=UNITS_FIRST_FACT_COLUMN)}

    def find(unit: str, address: FactAddress) -> CellPlace | None:
        return CellPlace(UNITS_SHEET, rows[unit], columns[address]) if unit in rows else None

    return find


def sum_formulas(edition: Edition, whole: Subtotal) -> dict[FactAddress, CellContent]:
    """Return for every fact the formula that adds up its column of 分户表, with what it comes to."""
    contents: dict[FactAddress, CellContent] = {}
    for column, (address, figure) in enumerate(
        zip(edition.facts, whole.figures, strict=True), start=UNITS_FIRST_FACT_COLUMN
    ):
        contents[address] = CellContent("" if figure is None else figure, formula=sum_formula(column, whole))
    return contents

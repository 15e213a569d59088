"""分户表, 收表情况 and the form of a roll-up: live formulas over the units' figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.list_lines import fitting_heights
from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.result import Rollup, RollupLine
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    RECEIPT_COLUMNS,
    RECEIPTS_SHEET,
    ROSTER_SHEET,
    SUBTITLE_ROW,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    CellPlace,
)
from xl_disclosure.workbook.titles import refresh_titles


def write_rollup(clerk: ClerkBook, rollup: Rollup) -> None:
    """Write the units' figures, the formulas that add them up in the form, and what became of every file."""
    book = clerk.book
    counted = [line.receipt for line in rollup.lines if line.is_summed]
    book.write_list(UNITS_SHEET, UNITS_FIRST_ROW, [_unit_line(receipt) for receipt in counted])
    clerk.write_form(sum_formulas(rollup.edition, rollup.facts, len(counted)))
    refresh_titles(book, rollup.edition)
    receipts = [_receipt_line(line) for line in rollup.lines]
    book.write_list(RECEIPTS_SHEET, BODY_FIRST_ROW, receipts, fitting_heights(receipts, RECEIPT_COLUMNS))
    book.write_cells(RECEIPTS_SHEET, {(SUBTITLE_ROW, 0): CellContent(account_for(rollup.lines))})


def write_roster(clerk: ClerkBook, roster: Roster) -> None:
    """Write the roster into 单位名录 where that is still empty: the workbook carries what it was held against."""
    written = clerk.book.read_used(ROSTER_SHEET)[BODY_FIRST_ROW:]
    if any(not cell.is_blank for row in written for cell in row):
        return
    lines = []
    for unit in roster.units:
        former = "、".join(unit.former_names)
        texts = (unit.name, unit.code, unit.parent, unit.category, former, unit.contact, unit.phone)
        lines.append([CellContent(text) for text in texts])
    clerk.book.write_list(ROSTER_SHEET, BODY_FIRST_ROW, lines)


def account_for(lines: Sequence[RollupLine]) -> str:
    """Return the proof line: files found = counted + set aside, units = received + missing."""
    files = [line for line in lines if line.receipt.file]
    received = sum(line.receipt.status is Status.RECEIVED for line in files)
    missing = sum(line.receipt.status is Status.MISSING for line in lines)
    held_against = sum(line.receipt.status is Status.RECEIVED and not line.is_summed for line in files)
    own = f" + 只作核对的本级汇总 {held_against} 份" if held_against else ""
    return (
        f"文件 {len(files)} 份 = 计入 {received - held_against} 份{own} + 未计入 {len(files) - received} 份；"
        f"单位 {received + missing} 个 = 已收 {received} 个 + 未报 {missing} 个"
    )


def unit_places(edition: Edition, lines: Sequence[RollupLine]) -> Mapping[tuple[str, FactAddress], CellPlace]:
    """Return the cell of 分户表 that holds a unit's figure, by unit and fact."""
    places: dict[tuple[str, FactAddress], CellPlace] = {}
    counted = [line.receipt.unit for line in lines if line.is_summed]
    for number, unit in enumerate(counted):
        for column, address in enumerate(edition.facts, start=UNITS_FIRST_FACT_COLUMN):
            places[unit, address] = CellPlace(UNITS_SHEET, UNITS_FIRST_ROW + number, column)
    return places


def _unit_line(receipt: Receipt) -> list[CellContent]:
    figures = receipt.sent.figures if receipt.sent is not None else ()
    code = receipt.sent.unit_code if receipt.sent is not None else ""
    heads = [CellContent(receipt.unit), CellContent(code), CellContent(receipt.file)]
    return [*heads, *(CellContent(figure) for figure in figures)]


def sum_formulas(
    edition: Edition, facts: Mapping[FactAddress, Number | None], unit_count: int
) -> dict[FactAddress, CellContent]:
    """Return for every fact the formula that adds up its column of 分户表, with what it comes to."""
    last_row = UNITS_FIRST_ROW + max(unit_count, 1)
    contents: dict[FactAddress, CellContent] = {}
    for column, address in enumerate(edition.facts, start=UNITS_FIRST_FACT_COLUMN):
        letters = column_letters(column)
        units = f"'{UNITS_SHEET}'!{letters}{UNITS_FIRST_ROW + 1}:{letters}{last_row}"
        value = facts[address]
        formula = f'IF(COUNT({units})=0,"",SUM({units}))'
        contents[address] = CellContent("" if value is None else value, formula=formula)
    return contents


def _receipt_line(line: RollupLine) -> list[CellContent]:
    receipt = line.receipt
    is_counted = receipt.status is Status.RECEIVED
    return [
        CellContent(receipt.unit),
        CellContent(receipt.status.chinese),
        CellContent(receipt.file),
        CellContent(receipt.detail),
        CellContent(line.errors if is_counted else None),
        CellContent(line.warnings if is_counted else None),
        CellContent(receipt.sent.digest if receipt.sent is not None else ""),
    ]

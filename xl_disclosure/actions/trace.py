"""追溯: a figure of a rolled-up workbook followed back to the units, files and corrections it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.actions.breakdown_lines import BreakdownLines
from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.corrections_sheet import ADOPTED, read_corrections, read_outcomes
from xl_disclosure.actions.fact_lookup import find_fact, nearest_fact
from xl_disclosure.actions.fill_plan import number_in
from xl_disclosure.actions.subtotal_lines import SubtotalLines
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.trace import Trace, trace_figure
from xl_disclosure.workbook.areas import parse_cell_name
from xl_disclosure.workbook.book import CellValue, read_list
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    RECEIPT_COLUMNS,
    RECEIPTS_SHEET,
    SUBTOTALS_SHEET,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    CellPlace,
    fact_places,
)

_NOTHING_TRACED = "写数据项的代码（如 requests.received.total）、名称，或单元格（如 统计表!C6）"


@dataclass(frozen=True, slots=True)
class TraceResult:
    """Hold which figure was traced, where it stands, and what it is made of."""

    edition: Edition
    year: int | None
    address: FactAddress
    place: CellPlace
    trace: Trace


def trace_book(path: Path, wanted: str) -> TraceResult:
    """Trace a figure called by its code, its name, or the cell it stands in, on the form or in 小计表.

    Raises InputError where the workbook holds no roll-up, or nothing is called so.
    """
    clerk = open_clerk_book(path)
    lines = BreakdownLines(clerk).by_row
    if not lines:
        remedy = "先汇总：xl-disclosure aggregate 文件夹 -o 工作簿"
        raise InputError("工作簿里没有汇总的数，无从追溯", remedy, Place(path.name, UNITS_SHEET))
    address, place = _find(clerk, wanted)
    cell = _cell(clerk, place)
    behind = _lines_behind(clerk, place, cell, lines)
    number = list(clerk.edition.facts).index(address)
    parts = trace_figure(behind, number, _digests(clerk), _reasons(clerk, address))
    return TraceResult(clerk.edition, clerk.year, address, place, Trace(parts, number_in(cell)))


def _find(clerk: ClerkBook, wanted: str) -> tuple[FactAddress, CellPlace]:
    """Return the fact asked for and its cell."""
    places = fact_places(clerk.edition)
    if "!" in wanted:
        place = _named_cell(clerk, wanted)
        return _fact_at(clerk, place, places), place
    address = find_fact(clerk.edition, wanted)
    if address is None:
        suggestion = nearest_fact(clerk.edition, wanted)
        remedy = f"改为“{suggestion}”，或{_NOTHING_TRACED}" if suggestion else _NOTHING_TRACED
        raise InputError(f"没有“{wanted}”这个数据项", remedy, Place(clerk.path.name))
    return address, places[address]


def _named_cell(clerk: ClerkBook, wanted: str) -> CellPlace:
    sheet, _, cell = wanted.rpartition("!")
    sheet = sheet.strip("'")
    if sheet not in clerk.book.sheet_names():
        names = "、".join(clerk.book.sheet_names())
        raise InputError(f"没有工作表“{sheet}”（有：{names}）", _NOTHING_TRACED, Place(clerk.path.name))
    try:
        return CellPlace(sheet, *parse_cell_name(cell))
    except ValueError as error:
        raise InputError(f"“{cell}”不是单元格的名称", _NOTHING_TRACED, Place(clerk.path.name, sheet)) from error


def _fact_at(clerk: ClerkBook, place: CellPlace, places: Mapping[FactAddress, CellPlace]) -> FactAddress:
    facts = list(clerk.edition.facts)
    number = place.column - UNITS_FIRST_FACT_COLUMN
    if place.sheet == SUBTOTALS_SHEET and place.row >= UNITS_FIRST_ROW and 0 <= number < len(facts):
        return facts[number]
    for address, own in places.items():
        if own == place:
            return address
    forms = "、".join(sheet.name for sheet in clerk.edition.sheets)
    raise InputError("这一格不是合计数", f"指明{forms}或{SUBTOTALS_SHEET}中有数的一格", clerk.place(place))


def _cell(clerk: ClerkBook, place: CellPlace) -> CellValue:
    [[cell]] = clerk.book.read_block(place.sheet, place.row, place.column, 1, 1)
    return cell


def _lines_behind(
    clerk: ClerkBook, place: CellPlace, cell: CellValue, lines: Mapping[int, BreakdownLine]
) -> Sequence[BreakdownLine]:
    """Return the lines of 分户表 that a cell adds up."""
    if place.sheet != SUBTOTALS_SHEET:
        return [*lines.values()]
    width = UNITS_FIRST_FACT_COLUMN + len(clerk.edition.facts)
    [[name, kind, *others]] = clerk.book.read_block(SUBTOTALS_SHEET, place.row, 0, 1, width)
    return SubtotalLines(clerk, lines).behind([name, kind, cell, *others]) or ()


def _digests(clerk: ClerkBook) -> Mapping[str, str]:
    """Return the SHA-256 of each file that 收表情况 lists."""
    codes = [column.code for column in RECEIPT_COLUMNS]
    file, digest = codes.index("file"), codes.index("digest")
    rows = read_list(clerk.book, RECEIPTS_SHEET, BODY_FIRST_ROW, len(codes))
    return {row[file].text: row[digest].text for row in rows if row[file].text}


def _reasons(clerk: ClerkBook, address: FactAddress) -> Mapping[str, str]:
    """Return by unit why a fact was corrected, and by whom."""
    outcomes = read_outcomes(clerk)
    return {
        entry.unit: f"{entry.reason}（{entry.by}）"
        for row, entry in read_corrections(clerk).items()
        if outcomes.get(row) == ADOPTED and find_fact(clerk.edition, entry.fact) == address
    }

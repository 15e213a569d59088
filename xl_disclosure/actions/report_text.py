"""The report a workbook would give, and its paragraphs as the narrative rules read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xl_disclosure.actions.breakdown_lines import BreakdownLines
from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.earlier_years import earlier_years
from xl_disclosure.actions.register_sheets import count_registers
from xl_disclosure.errors import InputError
from xl_disclosure.narrative.build import build_report, build_text
from xl_disclosure.narrative.chapters import TextRow
from xl_disclosure.narrative.context import Context, UnitFigures
from xl_disclosure.narrative.report import Report
from xl_disclosure.returns.model import Return, TextParagraph
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.rollup.breakdown import corrected_figures
from xl_disclosure.rollup.collect import Status
from xl_disclosure.workbook.book import read_list
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, RECEIPTS_SHEET

WRITTEN_COLUMNS = 3
"""The columns of 报告正文 that make up the report: 章节, 正文 and 采用条件."""

_RECEIPT_COLUMNS = 2
"""The columns of 收表情况 that a report knows: the unit, and what became of its return."""


def report_of(clerk: ClerkBook, returned: Return) -> Report:
    """Return the report of a workbook's facts and text; InputError for a field or condition that cannot be used."""
    return build_report(clerk.edition, returned, text_rows(clerk), context_of(clerk))


def text_of(clerk: ClerkBook, returned: Return) -> tuple[TextParagraph, ...]:
    """Return the text of that report alone, with the cells it comes from; InputError as ``report_of``."""
    return build_text(clerk.edition, returned, text_rows(clerk), context_of(clerk))


def context_of(clerk: ClerkBook) -> Context:
    """Return what the workbook knows beside its form: registers, earlier years, the units of a roll-up."""
    status = {receipt.chinese: receipt for receipt in Status}
    units: dict[Status, list[str]] = {}
    for row in read_list(clerk.book, RECEIPTS_SHEET, BODY_FIRST_ROW, _RECEIPT_COLUMNS):
        unit, wording = (cell.text for cell in row[:_RECEIPT_COLUMNS])
        if unit and wording in status:
            units.setdefault(status[wording], []).append(unit)
    return Context(
        groups=count_registers(clerk).groups,
        earlier=earlier_years(clerk),
        units=unit_figures(clerk) if units else (),  # a roll-up lists what it received
        received=tuple(units.get(Status.RECEIVED, ())),
        missing=tuple(units.get(Status.MISSING, ())),
    )


def unit_figures(clerk: ClerkBook) -> tuple[UnitFigures, ...]:
    """Return the units of 分户表 with their figures, corrections included."""
    lines = BreakdownLines(clerk).in_order
    facts = clerk.edition.facts
    return tuple(
        UnitFigures(unit, dict(zip(facts, figures, strict=True))) for unit, figures in corrected_figures(lines).items()
    )


def with_printed_text(path: Path, returned: Return) -> Return:
    """Return what was read of a file with the text as its report prints it, where the file is a workbook of ours.

    Where that text cannot be filled in there is none.
    """
    try:
        clerk = open_clerk_book(path)
    except InputError:
        return returned
    try:
        return replace(returned, narrative=text_of(clerk, returned))
    except InputError:
        return replace(returned, narrative=())


def text_rows(clerk: ClerkBook) -> tuple[TextRow, ...]:
    """Return the lines of 报告正文 that hold text, as written."""
    file = clerk.path.name
    rows: list[TextRow] = []
    written = read_list(clerk.book, NARRATIVE_SHEET, BODY_FIRST_ROW, WRITTEN_COLUMNS)
    for number, row in enumerate(written, start=BODY_FIRST_ROW):
        section, text, condition = [cell.text for cell in row[:WRITTEN_COLUMNS]]
        if text.strip():
            rows.append(TextRow(section, text, condition, file, number))
    return tuple(rows)

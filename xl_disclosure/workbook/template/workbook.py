"""The template workbook of an edition, built from nothing but the edition and the macros."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from xlsxwriter.workbook import Workbook

from xl_disclosure.forms.cover import COVER_SHEET
from xl_disclosure.forms.model import Edition
from xl_disclosure.registers.vetting import vet_registers
from xl_disclosure.returns.own_book import HIDDEN_SHEET, NARRATIVE_SHEET
from xl_disclosure.workbook.layout import (
    CORRECTIONS_SHEET,
    FINDINGS_SHEET,
    GUIDE_SHEET,
    RECEIPTS_SHEET,
    ROSTER_SHEET,
    SUBTOTALS_SHEET,
    UNITS_SHEET,
    sheet_names,
)
from xl_disclosure.workbook.template.breakdown import write_corrections, write_subtotals, write_units
from xl_disclosure.workbook.template.charts import write_charts
from xl_disclosure.workbook.template.checks import write_checks
from xl_disclosure.workbook.template.cover import write_cover
from xl_disclosure.workbook.template.form import write_form
from xl_disclosure.workbook.template.form_page import FormPage
from xl_disclosure.workbook.template.guide_sheet import write_guide
from xl_disclosure.workbook.template.hidden import write_hidden
from xl_disclosure.workbook.template.live_rules import carried_facts, live_rules, total_formulas
from xl_disclosure.workbook.template.narrative import write_narrative
from xl_disclosure.workbook.template.page import DEFAULT_COLUMN_PIXELS, Page
from xl_disclosure.workbook.template.registers import write_register
from xl_disclosure.workbook.template.rollup import write_findings, write_receipts, write_roster
from xl_disclosure.workbook.template.styles import DEFAULT_FONT, Styles
from xl_disclosure.workbook.vba.macros import load_modules
from xl_disclosure.workbook.vba.module import make_worksheet_module
from xl_disclosure.workbook.vba.project import build_vba_project

_WINDOW = (1600, 1000)  # pixels
_PROJECT_NAME = "VBAProject"
_CREATED = datetime(2021, 9, 26, tzinfo=UTC)  # a fixed day, so that the same edition gives the same bytes


def build_template(edition: Edition) -> bytes:
    """Return the template workbook (.xlsm) of an edition; the same edition always gives the same bytes.

    Raises:
        RuleError: the edition's registers or rules do not fit its form.
        SetupError: the installation lacks the macros.
    """
    vet_registers(edition)
    package = io.BytesIO()
    options = {"default_format_properties": dict(DEFAULT_FONT), "default_column_width": DEFAULT_COLUMN_PIXELS}
    book = Workbook(package, {"in_memory": True, **options})
    book.set_size(*_WINDOW)
    book.set_properties({"title": edition.title, "subject": edition.name, "created": _CREATED})
    pages = _add_pages(book, edition)
    _write_pages(book, edition, pages)
    pages[GUIDE_SHEET].sheet.activate()
    book.close()
    return package.getvalue()


def _add_pages(book: Workbook, edition: Edition) -> dict[str, Page]:
    """Add the sheets in order, each with a module of its code name, and the macros."""
    styles = Styles(book)
    modules = load_modules()
    pages: dict[str, Page] = {}
    for number, name in enumerate(sheet_names(edition), start=1):
        code_name = f"Sheet{number}"
        sheet = book.add_worksheet(name)
        sheet.set_vba_name(code_name)
        modules.append(make_worksheet_module(code_name))
        pages[name] = Page(sheet, styles, edition)
    book.set_vba_name("ThisWorkbook")
    book.add_vba_project(io.BytesIO(build_vba_project(_PROJECT_NAME, modules)), is_stream=True)
    return pages


def _write_pages(book: Workbook, edition: Edition, pages: dict[str, Page]) -> None:
    write_guide(pages[GUIDE_SHEET])
    write_cover(pages[COVER_SHEET])
    carried = carried_facts(edition)
    form_pages: dict[str, FormPage] = {}
    for form in edition.sheets:
        form_page = write_form(pages[form.name], form, total_formulas(edition, form), carried)
        write_checks(form_page, live_rules(edition, form))
        form_pages[form.name] = form_page
    for register in edition.registers.values():
        write_register(pages[register.sheet], register)
    write_narrative(pages[NARRATIVE_SHEET])
    write_roster(pages[ROSTER_SHEET])
    write_receipts(pages[RECEIPTS_SHEET])
    write_units(pages[UNITS_SHEET])
    write_subtotals(pages[SUBTOTALS_SHEET])
    write_corrections(pages[CORRECTIONS_SHEET])
    write_findings(pages[FINDINGS_SHEET])
    free_column = write_hidden(pages[HIDDEN_SHEET], book)
    write_charts(book, pages[HIDDEN_SHEET], form_pages, free_column)

"""The sheet 报告正文: the outline's chapters with the wording it offers, for the clerk to change."""

from __future__ import annotations

from collections.abc import Iterator

from xl_disclosure.forms.narrative import Outline, Paragraph
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, NARRATIVE_COLUMNS, SUBTITLE_ROW
from xl_disclosure.workbook.narrative_help import narrative_help
from xl_disclosure.workbook.template.hidden import SECTIONS_LIST
from xl_disclosure.workbook.template.lists import READY_ROWS, ListSheet, write_list_sheet
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.text_fit import fitting_height

OPENING = "开头"
"""What stands in 章节 beside the paragraphs before the first chapter."""

_FONT_SIZE = 10.5
_SECTION = NARRATIVE_COLUMNS[0]
_STYLES = {"guidance": Style.LIST_HELP}


def write_narrative(page: Page) -> None:
    """Write the paragraphs the outline offers, with what each chapter must say, and the chapters to choose from."""
    lines = list(_lines(page.edition.outline))
    help_line = narrative_help(page.edition, [(section, text) for section, text, _, _ in lines])
    listed = ListSheet(NARRATIVE_SHEET, str(help_line.value), NARRATIVE_COLUMNS, _STYLES)
    write_list_sheet(page, listed)
    if help_line.formula:
        page.sheet.write_formula(SUBTITLE_ROW, 0, f"={help_line.formula}", page.styles[Style.HELP], help_line.value)
    for row, cells in enumerate(lines, start=BODY_FIRST_ROW):
        _write_line(page, listed, row, cells)
    _offer_sections(page)


def _lines(outline: Outline) -> Iterator[tuple[str, str, str, str]]:
    """Give (chapter, text, condition, guidance) of every line; the guidance stands beside a chapter's first line.

    A chapter without offered wording has a line to write on.
    """
    for paragraph in outline.opening:
        yield OPENING, paragraph.text, paragraph.condition, ""
    for section in outline.sections:
        guidance = section.guidance
        for paragraph in section.paragraphs or (Paragraph(""),):
            yield section.heading, paragraph.text, paragraph.condition, guidance
            guidance = ""


def _write_line(page: Page, listed: ListSheet, row: int, cells: tuple[str, ...]) -> None:
    heights = [
        fitting_height(text, column.width, _FONT_SIZE) for text, column in zip(cells, listed.columns, strict=True)
    ]
    page.sheet.set_row(row, max(22.0, *heights))
    for place, (text, column) in enumerate(zip(cells, listed.columns, strict=True)):
        page.sheet.write_string(row, place, text, page.styles[listed.style_of(column)])


def _offer_sections(page: Page) -> None:
    rule: dict[str, object] = {
        "validate": "list",
        "source": f"={SECTIONS_LIST}",
        "input_title": _SECTION.label,
        "input_message": "从下拉列表中选；空白的，与上一行同一章。",
        "show_error": False,
    }
    page.sheet.data_validation(BODY_FIRST_ROW, 0, BODY_FIRST_ROW + READY_ROWS - 1, 0, rule)

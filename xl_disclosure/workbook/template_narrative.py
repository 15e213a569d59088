"""The sheet 报告正文: the outline's chapters with the wording it offers, for the clerk to change."""

from __future__ import annotations

from collections.abc import Iterator

from xl_disclosure.forms.narrative import Outline, Paragraph
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, NARRATIVE_COLUMNS, NARRATIVE_SHEET
from xl_disclosure.workbook.styles import Style
from xl_disclosure.workbook.template_hidden import SECTIONS_LIST
from xl_disclosure.workbook.template_lists import READY_ROWS, ListSheet, write_list_sheet
from xl_disclosure.workbook.template_page import Page
from xl_disclosure.workbook.text_fit import fitting_height

OPENING = "开头"
"""What stands in 章节 beside the paragraphs before the first chapter."""

_HELP = (
    "一行一段，可以增删、改写；同一章的各段连着写。"
    "引用数据写成 {{ 年度 }}、{{ 单位 }} 或 {{ 指标名称 }}，生成报告时换成表中的数。"
)
_FONT_SIZE = 10.5
_SECTION = NARRATIVE_COLUMNS[0]


def write_narrative(page: Page) -> None:
    """Write the paragraphs the outline offers, chapter by chapter, and the list of chapters to choose from."""
    listed = ListSheet(NARRATIVE_SHEET, _HELP, NARRATIVE_COLUMNS)
    write_list_sheet(page, listed)
    for row, cells in enumerate(_lines(page.edition.outline), start=BODY_FIRST_ROW):
        _write_line(page, row, cells)
    _offer_sections(page)


def _lines(outline: Outline) -> Iterator[tuple[str, str, str]]:
    """Give (chapter, text, condition) of every line; a chapter without offered wording has a line to write on."""
    for paragraph in outline.opening:
        yield OPENING, paragraph.text, paragraph.condition
    for section in outline.sections:
        for paragraph in section.paragraphs or (Paragraph(""),):
            yield section.heading, paragraph.text, paragraph.condition


def _write_line(page: Page, row: int, cells: tuple[str, str, str]) -> None:
    written = page.styles[Style.LIST_TEXT]
    heights = [
        fitting_height(text, column.width, _FONT_SIZE) for text, column in zip(cells, NARRATIVE_COLUMNS, strict=True)
    ]
    page.sheet.set_row(row, max(22.0, *heights))
    for column, text in enumerate(cells):
        page.sheet.write_string(row, column, text, written)


def _offer_sections(page: Page) -> None:
    rule: dict[str, object] = {
        "validate": "list",
        "source": f"={SECTIONS_LIST}",
        "input_title": _SECTION.label,
        "input_message": "从下拉列表中选；空白的，与上一行同一章。",
        "show_error": False,
    }
    page.sheet.data_validation(BODY_FIRST_ROW, 0, BODY_FIRST_ROW + READY_ROWS - 1, 0, rule)

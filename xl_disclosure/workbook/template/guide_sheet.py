"""The sheet 使用说明, set from its texts."""

from __future__ import annotations

from xl_disclosure.workbook.layout import SUBTITLE_ROW, TITLE_ROW
from xl_disclosure.workbook.template.guide import GuideItem, load_guide, word_text
from xl_disclosure.workbook.template.page import (
    BUTTON_ROW_HEIGHT,
    BUTTONS,
    FREEDOMS,
    REPAIRS,
    Page,
    place_buttons,
    protect,
    set_up_print,
)
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.text_fit import fitting_height

_MARGIN_WIDTH = 3
_LABEL_WIDTH = 18
_TEXT_WIDTH = 86
_LABEL_COLUMN = 1
_TEXT_COLUMN = 2
_BUTTON_ROW = 2
_FIRST_ROW = 4
_FONT_SIZE = 11
_BUTTON_LABEL = "按钮在这里 →"


def write_guide(page: Page) -> None:
    """Write the guide: buttons on top, then section by section."""
    guide = load_guide()
    sheet, styles = page.sheet, page.styles
    sheet.set_column(0, 0, _MARGIN_WIDTH)
    sheet.set_column(_LABEL_COLUMN, _LABEL_COLUMN, _LABEL_WIDTH)
    sheet.set_column(_TEXT_COLUMN, _TEXT_COLUMN, _TEXT_WIDTH)
    sheet.set_row(TITLE_ROW, 44)
    sheet.write_string(TITLE_ROW, _LABEL_COLUMN, guide.title, styles[Style.GUIDE_TITLE])
    sheet.write_string(SUBTITLE_ROW, _LABEL_COLUMN, word_text(guide.subtitle, page.edition), styles[Style.HELP])
    sheet.set_row(_BUTTON_ROW, BUTTON_ROW_HEIGHT)
    sheet.write_string(_BUTTON_ROW, _LABEL_COLUMN, _BUTTON_LABEL, styles[Style.GUIDE_LABEL])
    place_buttons(page, _BUTTON_ROW, _TEXT_COLUMN, [_TEXT_WIDTH], {**BUTTONS, **REPAIRS})
    row = _FIRST_ROW
    for section in guide.sections:
        sheet.set_row(row, 26)
        sheet.write_string(row, _LABEL_COLUMN, section.heading, styles[Style.GUIDE_HEADING])
        sheet.write_blank(row, _TEXT_COLUMN, None, styles[Style.GUIDE_HEADING])
        for item in section.items:
            row += 1
            _write_item(page, row, item)
        row += 2
    sheet.hide_gridlines(2)
    set_up_print(page, row - 2, _TEXT_COLUMN)
    sheet.fit_to_pages(1, 1)
    protect(page, FREEDOMS)


def _write_item(page: Page, row: int, item: GuideItem) -> None:
    text = word_text(item.text, page.edition)
    label_style = Style(item.style) if item.style else Style.GUIDE_LABEL
    height = max(fitting_height(text, _TEXT_WIDTH, _FONT_SIZE), fitting_height(item.label, _LABEL_WIDTH, _FONT_SIZE))
    page.sheet.set_row(row, height)
    page.sheet.write_string(row, _LABEL_COLUMN, item.label, page.styles[label_style])
    page.sheet.write_string(row, _TEXT_COLUMN, text, page.styles[Style.GUIDE_CODE if item.code else Style.GUIDE_TEXT])

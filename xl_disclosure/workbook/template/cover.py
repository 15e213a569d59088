"""The sheet 封面: who reports, for which year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xl_disclosure.forms.cover import COVER_FIELDS
from xl_disclosure.workbook.layout import COVER_LABEL_COLUMN, COVER_VALUE_COLUMN, SUBTITLE_ROW, TITLE_ROW, cover_place
from xl_disclosure.workbook.template.page import FREEDOMS, Page, cover_reference, protect, set_up_print
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.text_fit import fitting_height

LEVELS = ("国务院部门", "省级", "设区的市级", "县级", "乡镇级", "工作部门", "其他")
"""The levels a unit may have; 省级 to 乡镇级 are governments, whose departments are 工作部门."""

_REPORT_TITLE = "政府信息公开工作年度报告"
_NOTE = "淡黄色的格子由您填写，其余各页的标题、年度、填报单位和签字栏都由本页带出。"
_COLUMN_WIDTHS = (8, 20, 48, 8)
_STYLES: Mapping[str, Style] = {"year": Style.COVER_YEAR, "date": Style.COVER_DATE}
_EARLIEST_YEAR = 2008  # the year the Regulations (政府信息公开条例) came into force
_LATEST_YEAR = 2100


def write_cover(page: Page) -> None:
    """Write the cover with its validated fields."""
    sheet, styles = page.sheet, page.styles
    for column, width in enumerate(_COLUMN_WIDTHS):
        sheet.set_column(column, column, width)
    _write_titles(page)
    for field, label in COVER_FIELDS.items():
        place = cover_place(field)
        sheet.set_row(place.row, 34)
        sheet.write_string(place.row, COVER_LABEL_COLUMN, label, styles[Style.COVER_LABEL])
        sheet.write_blank(place.row, COVER_VALUE_COLUMN, None, styles[_STYLES.get(field, Style.COVER_VALUE)])
    sheet.ignore_errors({"number_stored_as_text": f"A1:D{_note_row()}"})
    _validate(page)
    _write_note(page)
    sheet.hide_gridlines(2)
    set_up_print(page, _note_row(), len(_COLUMN_WIDTHS) - 1)
    protect(page, FREEDOMS)


def _write_titles(page: Page) -> None:
    year = cover_reference("year")
    sheet, styles = page.sheet, page.styles
    sheet.set_row(TITLE_ROW, 110)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, len(_COLUMN_WIDTHS) - 1, _REPORT_TITLE, styles[Style.COVER_TITLE])
    sheet.set_row(SUBTITLE_ROW, 40)
    sheet.merge_range(SUBTITLE_ROW, 0, SUBTITLE_ROW, len(_COLUMN_WIDTHS) - 1, "", styles[Style.SUBTITLE])
    sheet.write_formula(SUBTITLE_ROW, 0, f'="（"&{year}&"年度）"', styles[Style.SUBTITLE], "（年度）")


def _note_row() -> int:
    return max(cover_place(field).row for field in COVER_FIELDS) + 2


def _write_note(page: Page) -> None:
    row = _note_row()
    text = f"版式：{page.edition.name}\n依据：{page.edition.legal_basis}\n{_NOTE}"
    width = _COLUMN_WIDTHS[COVER_LABEL_COLUMN] + _COLUMN_WIDTHS[COVER_VALUE_COLUMN]
    page.sheet.set_row(row, fitting_height(text, width, 10))
    page.sheet.merge_range(row, COVER_LABEL_COLUMN, row, COVER_VALUE_COLUMN, text, page.styles[Style.COVER_NOTE])


def _validate(page: Page) -> None:
    _add_rule(
        page,
        "year",
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": _EARLIEST_YEAR,
            "maximum": _LATEST_YEAR,
            "input_title": "报告年度",
            "input_message": "填报告年度，四位数字，例如 2021。不写“年”字。",
            "error_title": "年度填错了",
            "error_message": f"请填 {_EARLIEST_YEAR} 到 {_LATEST_YEAR} 之间的四位数字，例如 2021。",
        },
    )
    _add_rule(
        page,
        "level",
        {
            "validate": "list",
            "source": list(LEVELS),
            "input_title": "单位级别",
            "input_message": "政府填本级的级别，政府的工作部门一律选“工作部门”。部分审核规则按级别适用。",
            "error_title": "请从列表中选",
            "error_message": f"请从下拉列表中选：{'、'.join(LEVELS)}。",
        },
    )
    _add_rule(
        page,
        "date",
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(_EARLIEST_YEAR, 1, 1),
            "input_title": "填报日期",
            "input_message": "例如 2022-1-20。",
            "error_title": "日期填错了",
            "error_message": "请填日期，例如 2022-1-20。",
        },
    )


def _add_rule(page: Page, field: str, rule: Mapping[str, object]) -> None:
    place = cover_place(field)
    page.sheet.data_validation(place.row, place.column, place.row, place.column, dict(rule))

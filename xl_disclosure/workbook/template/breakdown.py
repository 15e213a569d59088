"""The sheets behind a roll-up's figures: 分户表, 小计表, 更正."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.days import EARLIEST_YEAR, LATEST_YEAR
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTION_COLUMNS,
    CORRECTION_MARK,
    CORRECTIONS_SHEET,
    HEADER_ROW,
    ROSTER_SHEET,
    SUBTOTAL_COLUMNS,
    SUBTOTALS_SHEET,
    UNITS_ADDRESS_ROW,
    UNITS_COLUMNS,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_HELP,
    UNITS_SHEET,
    WRITTEN_COLUMN,
    ListColumn,
)
from xl_disclosure.workbook.template.hidden import FACTS_LIST
from xl_disclosure.workbook.template.lists import READY_ROWS, ListSheet, write_list_sheet
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.styles import Style

_FACT_WIDTH = 13
_FACT_HEADER_HEIGHT = 96
_PRINT_SCALE = 70  # per cent; too wide for one page, so pages stand side by side
_ENTERED = {"date": Style.LIST_DATE, "by": Style.LIST_CENTRED, "before": Style.LIST_NUMBER, "after": Style.LIST_NUMBER}
_WORKED_OUT = {"sent": Style.WORKED_OUT, "difference": Style.WORKED_OUT, "outcome": Style.SHOWN_TEXT}
_FIGURE: Mapping[str, object] = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -999_999_999_999,
    "maximum": 999_999_999_999,
    "error_title": "这里只能填数字",
    "error_message": "请只填数字，不写单位和文字。",
}
_CHECKS: Mapping[str, Mapping[str, object]] = {
    "unit": {
        "validate": "list",
        "source": f"='{ROSTER_SHEET}'!$A${BODY_FIRST_ROW + 1}:$A${BODY_FIRST_ROW + READY_ROWS}",
        "show_error": False,
    },
    "fact": {
        "validate": "list",
        "source": f"={FACTS_LIST}",
        "error_title": "没有这个数据项",
        "error_message": "请从下拉列表中选。",
    },
    "before": {**_FIGURE, "input_title": "原数", "input_message": "该单位报来的数，见“分户表”；单位没有填的，空着。"},
    "after": {
        **_FIGURE,
        "input_title": "更正为",
        "input_message": "正确的数，没有的填 0。改了分项，合计也要另列一条。",
    },
    "reason": {"validate": "any", "input_title": "原因", "input_message": "必填：为什么改，依据是什么。"},
    "by": {"validate": "any", "input_title": "更正人", "input_message": "必填：谁决定更正的。"},
    "date": {
        "validate": "date",
        "criteria": "between",
        "minimum": date(EARLIEST_YEAR, 1, 1),
        "maximum": date(LATEST_YEAR, 12, 31),
        "error_title": "日期填错了",
        "error_message": "请填日期，例如 2026-03-01。",
    },
}


def write_units(page: Page) -> None:
    """Write the list of units' figures, empty; what a roll-up wrote stands behind the last fact, hidden."""
    listed = ListSheet(
        UNITS_SHEET,
        UNITS_HELP,
        (*UNITS_COLUMNS, *_fact_columns(page), WRITTEN_COLUMN),
        _figure_styles(page),
        Style.SHOWN_TEXT,
        first_row=UNITS_FIRST_ROW,
    )
    _write_figures(page, listed)
    written = len(listed.columns) - 1
    page.sheet.set_column(written, written, None, page.styles[Style.SHOWN_TEXT], {"hidden": True})
    file, figure = (column_letters(place) for place in (UNITS_FIRST_FACT_COLUMN - 1, UNITS_FIRST_FACT_COLUMN))
    line, below = UNITS_FIRST_ROW + 1, UNITS_FIRST_ROW + 2
    is_corrected = f'AND(${file}{below}="{CORRECTION_MARK}",{figure}{below}<>"")'
    _colour(page, listed, is_corrected, Style.CORRECTED, UNITS_FIRST_FACT_COLUMN)
    _colour(page, listed, f'${file}{line}="{CORRECTION_MARK}"', Style.CORRECTION)


def write_subtotals(page: Page) -> None:
    """Write the list of sub-totals, empty, its facts in the columns that they have in 分户表."""
    listed = ListSheet(
        SUBTOTALS_SHEET,
        "由“汇总”填写，都是对“分户表”求和的公式，更正已计入。上级单位自己报的汇总数只作核对，不重复相加。",
        (*SUBTOTAL_COLUMNS, *_fact_columns(page)),
        {**_figure_styles(page), **dict.fromkeys(("kind", "expected", "received", "missing"), Style.SHOWN_FIGURE)},
        Style.SHOWN_TEXT,
        first_row=UNITS_FIRST_ROW,
    )
    _write_figures(page, listed)
    for kind, style in (("合计", Style.SUM_OF_ALL), ("单位类别", Style.SUM_OF_CATEGORY)):
        _colour(page, listed, f'$B{UNITS_FIRST_ROW + 1}="{kind}"', style)


def write_corrections(page: Page) -> None:
    """Write the list of corrections, empty: the clerk fills in all but the last three columns."""
    listed = ListSheet(
        CORRECTIONS_SHEET,
        "单位报错、来不及重报时，由汇总机关在这里更正，一行一个数，写明原因和更正人，再点“汇总”。单位自己报的数在“分户表”照样保留。",
        CORRECTION_COLUMNS,
        {**_ENTERED, **_WORKED_OUT},
    )
    write_list_sheet(page, listed)
    for code, rule in _CHECKS.items():
        column = listed.column_of(code)
        page.sheet.data_validation(BODY_FIRST_ROW, column, BODY_FIRST_ROW + READY_ROWS - 1, column, dict(rule))
    last_row, outcome = BODY_FIRST_ROW + READY_ROWS - 1, listed.column_of("outcome")
    for opening, style in (("已采用", Style.GOOD), ("未采用", Style.SEVERE)):
        rule = {"type": "text", "criteria": "begins with", "value": opening, "format": page.styles[style]}
        page.sheet.conditional_format(BODY_FIRST_ROW, outcome, last_row, outcome, rule)


def _fact_columns(page: Page) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(address, name, _FACT_WIDTH) for address, name in page.edition.fact_names.items())


def _figure_styles(page: Page) -> dict[str, Style]:
    return dict.fromkeys(page.edition.facts, Style.SHOWN_FIGURE)


def _write_figures(page: Page, listed: ListSheet) -> None:
    """Write a list of figures by fact: names of the facts in the heading, codes below it."""
    write_list_sheet(page, listed)
    page.sheet.repeat_columns(0)
    page.sheet.set_print_scale(_PRINT_SCALE)
    page.sheet.set_row(HEADER_ROW, _FACT_HEADER_HEIGHT, page.styles[Style.PLAIN])
    page.sheet.set_row(UNITS_ADDRESS_ROW, 18, page.styles[Style.PLAIN])
    for place in range(UNITS_FIRST_FACT_COLUMN):
        page.sheet.write_blank(UNITS_ADDRESS_ROW, place, None, page.styles[Style.ADDRESS])
    for place, address in enumerate(page.edition.facts, start=UNITS_FIRST_FACT_COLUMN):
        page.sheet.write_string(UNITS_ADDRESS_ROW, place, address, page.styles[Style.ADDRESS])


def _colour(page: Page, listed: ListSheet, formula: str, style: Style, first_column: int = 0) -> None:
    """Colour the cells, from a column on, of which a formula is true; it is written for the first of them."""
    last = listed.first_row + READY_ROWS - 1, UNITS_FIRST_FACT_COLUMN + len(page.edition.facts) - 1
    rule = {"type": "formula", "criteria": f"={formula}", "format": page.styles[style]}
    page.sheet.conditional_format(listed.first_row, first_column, *last, rule)

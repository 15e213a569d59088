"""The sheets of the registers: columns, drop-down lists and checks from the edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xl_disclosure.forms.days import EARLIEST_YEAR, LATEST_YEAR
from xl_disclosure.forms.registers import FieldKind, Register, RegisterField
from xl_disclosure.registers.values import YES_NO_WORDING
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, ListColumn
from xl_disclosure.workbook.template.hidden import list_name
from xl_disclosure.workbook.template.lists import READY_ROWS, ListSheet, write_list_sheet
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.styles import Style

_LONGEST_PROMPT = 255
_HELP = "平时逐条登记，从下一行起填写；有下拉列表的从列表中选，日期写成 2016-03-01 的样子。登记完，点“填表”计数。"
_STYLES: Mapping[FieldKind, Style] = {
    FieldKind.DATE: Style.LIST_DATE,
    FieldKind.COUNT: Style.LIST_NUMBER,
    FieldKind.YES_NO: Style.LIST_CENTRED,
    FieldKind.CHOICE: Style.LIST_TEXT,
    FieldKind.CHOICES: Style.LIST_TEXT,
    FieldKind.TEXT: Style.LIST_CODE,
}
_CHOOSE: Mapping[str, object] = {
    "error_title": "请从列表中选",
    "error_message": "请从下拉列表中选一项；没有的，清空这个格子。",
}
_CHECKS: Mapping[FieldKind, Mapping[str, object]] = {
    FieldKind.DATE: {
        "validate": "date",
        "criteria": "between",
        "minimum": date(EARLIEST_YEAR, 1, 1),
        "maximum": date(LATEST_YEAR, 12, 31),
        "error_title": "日期填错了",
        "error_message": "请填日期，例如 2016-03-01。",
    },
    FieldKind.COUNT: {
        "validate": "integer",
        "criteria": ">=",
        "value": 1,
        "error_title": "条数填错了",
        "error_message": "请填大于 0 的整数；只有 1 条的可以不填。",
    },
    FieldKind.YES_NO: {"validate": "list", "source": list(YES_NO_WORDING.values()), **_CHOOSE},
    FieldKind.CHOICE: _CHOOSE,
}
_TITLE_COLUMNS = 2
"""Columns that stay in sight: the date and what the line is about."""


def write_register(page: Page, register: Register) -> None:
    """Write one register, empty, with as many lines ready as a busy year needs."""
    listed = ListSheet(
        title=register.sheet,
        help=_HELP,
        columns=tuple(ListColumn(field.code, field.label, field.width) for field in register.fields),
        styles={field.code: _STYLES[field.kind] for field in register.fields},
        frozen_columns=_TITLE_COLUMNS,
    )
    write_list_sheet(page, listed)
    for column, field in enumerate(register.fields):
        rule = _rule_of(register, field)
        if rule:
            page.sheet.data_validation(BODY_FIRST_ROW, column, BODY_FIRST_ROW + READY_ROWS - 1, column, rule)


def _rule_of(register: Register, field: RegisterField) -> dict[str, object]:
    rule: dict[str, object] = dict(_CHECKS.get(field.kind, {}))
    if field.choices:
        rule["validate"] = "list"
        rule["source"] = f"={list_name(register, field)}"
        # Several choices joined by 、 are not on the list, and a text may be any: Excel must not refuse them.
        rule["show_error"] = field.kind is FieldKind.CHOICE
    if field.note:
        rule = {"validate": "any", **rule, "input_title": field.label, "input_message": field.note[:_LONGEST_PROMPT]}
    return rule

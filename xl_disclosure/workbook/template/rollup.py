"""The sheets that say what came in and what is wrong: 单位名录, 收表情况, 审核结果."""

from __future__ import annotations

from collections.abc import Mapping

from xl_disclosure.workbook.layout import (
    FINDING_COLUMNS,
    FINDINGS_SHEET,
    RECEIPT_COLUMNS,
    RECEIPTS_SHEET,
    ROSTER_COLUMNS,
    ROSTER_SHEET,
)
from xl_disclosure.workbook.template.lists import ListSheet, colour_by_word, offer_words, write_list_sheet
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.styles import Style

_RECEIPT_COLOURS: Mapping[str, Style] = {
    "已收": Style.GOOD,
    "未报": Style.SEVERE,
    "重复": Style.NOTEWORTHY,
    "名录外": Style.NOTEWORTHY,
    "无法读取": Style.SEVERE,
    "版式不符": Style.SEVERE,
    "年度不符": Style.SEVERE,
}
_FINDING_COLOURS: Mapping[str, Style] = {
    "错误": Style.SEVERE,
    "提示": Style.NOTEWORTHY,
    "参考": Style.INFORMATIVE,
    "未核": Style.SET_ASIDE,
}


def write_roster(page: Page) -> None:
    """Write the list of units that report to this office, empty."""
    help_line = (
        "汇总前登记全部下级单位，一行一个；“单位名称”必填，“曾用名”有几个的用顿号隔开。报来的表按这里的名称对号入座。"
    )
    write_list_sheet(page, ListSheet(ROSTER_SHEET, help_line, ROSTER_COLUMNS, plain=Style.LIST_CODE))


def write_receipts(page: Page) -> None:
    """Write the list of what became of every file, empty."""
    centred = dict.fromkeys(("status", "errors", "warnings", "date", "saved"), Style.LIST_CENTRED)
    help_line = "由“汇总”填写：每个单位、每份文件收到与否，一份不漏。没有报来的排在最前，按联系人、电话催报。"
    listed = ListSheet(RECEIPTS_SHEET, help_line, RECEIPT_COLUMNS, {**centred, "phone": Style.LIST_CODE})
    write_list_sheet(page, listed)
    colour_by_word(page, listed, "status", _RECEIPT_COLOURS)


def write_findings(page: Page) -> None:
    """Write the list of findings, empty, with room for the clerk's notes and the office's approval."""
    listed = ListSheet(
        FINDINGS_SHEET,
        "由“审核”填写。“错误”必须改正；“提示”请改正，或在“说明”列写明原因；点“位置”可跳到所指的格子。",
        FINDING_COLUMNS,
        {
            "severity": Style.LIST_CENTRED,
            "place": Style.LIST_LINK,
            "note": Style.LIST_NOTE,
            "approved": Style.LIST_NOTE,
            "approver": Style.LIST_NOTE,
        },
        frozen_columns=0,
    )
    write_list_sheet(page, listed)
    colour_by_word(page, listed, "severity", _FINDING_COLOURS)
    offer_words(page, listed, "approved", ("是",))

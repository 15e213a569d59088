"""Where everything stands in the clerk's workbook; rows and columns count from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.cell_names import cell_name
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.own_book import HIDDEN_SHEET, NARRATIVE_SHEET

GUIDE_SHEET = "使用说明"
ROSTER_SHEET = "单位名录"
RECEIPTS_SHEET = "收表情况"
UNITS_SHEET = "分户表"
SUBTOTALS_SHEET = "小计表"
CORRECTIONS_SHEET = "更正"
FINDINGS_SHEET = "审核结果"

TITLE_ROW = 0
SUBTITLE_ROW = 1
UNIT_ROW = 2
FORM_FIRST_ROW = 3
"""The first row of an official table; above it stand its title, the year and the reporting unit."""

HEADER_ROW = 2
BODY_FIRST_ROW = 3
"""The header and the first line of every sheet that is a plain list (registers, text, roster, receipts, findings)."""

UNITS_ADDRESS_ROW = 3
UNITS_FIRST_ROW = 4
UNITS_FIRST_FACT_COLUMN = 5
"""分户表 and 小计表: names of the facts in the header row, their addresses below it, one unit or sum a line after it.

Behind the last fact of 分户表, out of sight, stands what the roll-up wrote into the line.
"""

COVER_FIRST_ROW = 3
COVER_LABEL_COLUMN = 1
COVER_VALUE_COLUMN = 2


@dataclass(frozen=True, slots=True)
class ListColumn:
    """Describe one column of a plain list sheet."""

    code: str
    label: str
    width: int


NARRATIVE_COLUMNS = (
    ListColumn("section", "章节", 26),
    ListColumn("text", "正文（一行一段，可用 {{ }} 引用数据）", 90),
    ListColumn("condition", "采用条件（空白为总是采用）", 34),
    ListColumn("guidance", "写作要求（不印入报告）", 40),
)

ROSTER_COLUMNS = (
    ListColumn("name", "单位名称", 34),
    ListColumn("code", "单位代码", 16),
    ListColumn("parent", "上级单位", 26),
    ListColumn("category", "单位类别", 14),
    ListColumn("former_names", "曾用名", 34),
    ListColumn("contact", "联系人", 12),
    ListColumn("phone", "电话", 18),
)

RECEIPT_COLUMNS = (
    ListColumn("unit", "单位名称", 34),
    ListColumn("status", "收表状态", 12),
    ListColumn("file", "文件", 44),
    ListColumn("detail", "情况说明", 60),
    ListColumn("errors", "错误", 8),
    ListColumn("warnings", "提示", 8),
    ListColumn("contact", "联系人", 12),
    ListColumn("phone", "电话", 18),
    ListColumn("preparer", "填报人", 12),
    ListColumn("date", "填报日期", 14),
    ListColumn("saved", "文件时间", 18),
    ListColumn("digest", "文件指纹（SHA-256）", 68),
)

FINDING_COLUMNS = (
    ListColumn("severity", "级别", 8),
    ListColumn("unit", "单位", 26),
    ListColumn("place", "位置", 18),
    ListColumn("message", "问题", 64),
    ListColumn("fix", "处理办法", 44),
    ListColumn("rule", "规则", 22),
    ListColumn("basis", "依据", 26),
    ListColumn("note", "说明（由填报人填写）", 34),
    ListColumn("approved", "上级已核准", 12),
    ListColumn("approver", "核准人", 12),
)

UNITS_COLUMNS = (
    ListColumn("unit", "单位名称", 34),
    ListColumn("code", "单位代码", 16),
    ListColumn("parent", "上级单位", 26),
    ListColumn("category", "单位类别", 14),
    ListColumn("file", "文件", 40),
)

UNITS_HELP = "由“汇总”填写：一行一个单位，一列一个数，相加得出统计表和小计表。这里不能直接改数，要改请填“更正”。"
"""What stands above the list, unless its lines stand in a file of their own."""

CORRECTION_MARK = "（更正）"
"""What stands in place of the file in a line of 分户表 that corrects the one above it."""

WRITTEN_COLUMN = ListColumn("written", "核对码（汇总时写入）", 20)

SUBTOTAL_COLUMNS = (
    ListColumn("name", "小计项", 38),
    ListColumn("kind", "种类", 12),
    ListColumn("expected", "应报单位", 10),
    ListColumn("received", "已收", 8),
    ListColumn("missing", "未报", 8),
)

CORRECTION_COLUMNS = (
    ListColumn("unit", "单位", 30),
    ListColumn("fact", "数据项", 44),
    ListColumn("before", "原数", 12),
    ListColumn("after", "更正为", 12),
    ListColumn("reason", "原因", 40),
    ListColumn("by", "更正人", 14),
    ListColumn("date", "日期", 14),
    ListColumn("sent", "单位所报", 12),
    ListColumn("difference", "计入差额", 12),
    ListColumn("outcome", "采用情况", 48),
)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Name one cell of the workbook."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """Return the cell's name as the spreadsheet shows it, such as C12."""
        return cell_name(self.row, self.column)


def sheet_names(edition: Edition) -> tuple[str, ...]:
    """Return the names of the workbook's sheets in order, the very hidden one last."""
    return (
        GUIDE_SHEET,
        COVER_SHEET,
        *(sheet.name for sheet in edition.sheets),
        *(register.sheet for register in edition.registers.values()),
        NARRATIVE_SHEET,
        ROSTER_SHEET,
        RECEIPTS_SHEET,
        UNITS_SHEET,
        FINDINGS_SHEET,
        SUBTOTALS_SHEET,
        CORRECTIONS_SHEET,
        HIDDEN_SHEET,
    )


def cover_place(field: str) -> CellPlace:
    """Return the cell of a cover field's value; ValueError for an unknown field."""
    return CellPlace(COVER_SHEET, COVER_FIRST_ROW + list(COVER_FIELDS).index(field), COVER_VALUE_COLUMN)


def fact_places(edition: Edition) -> Mapping[FactAddress, CellPlace]:
    """Return the cell of every fact of an edition."""
    places: dict[FactAddress, CellPlace] = {}
    for sheet in edition.sheets:
        for cell in build_grid(edition, sheet).cells:
            if cell.address is not None:
                places[cell.address] = CellPlace(sheet.name, FORM_FIRST_ROW + cell.row, cell.column)
    return places

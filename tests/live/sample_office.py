"""A county office in any edition: its workbook with a year's registers, and those of two units below it, filled."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.fill import fill_file
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.register_sheets import count_registers
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.registers import FieldKind, Register, RegisterField
from xl_disclosure.live.live_actions import UNITS_FOLDER
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import BODY_FIRST_ROW
from xl_disclosure.workbook.titles import refresh_titles

OFFICE = "青山县人民政府办公室"
UNITS = ("青山县林业局", "青山县水利局")
LINES = {OFFICE: 14, UNITS[0]: 9, UNITS[1]: 6}
LAST_YEAR = 2023
_DAYS_TO_ANSWER = 15
_DAYS_BETWEEN = 23
_SELDOM = 5
_MOST_TYPED = 4
_TEXTS = {
    "title": (
        "关于印发全县森林防火应急预案的通知",
        "2023年第一季度水质监测结果",
        "县级河长名单公告",
        "行政处罚决定公开",
    ),
    "document_number": ("青政办发〔2023〕3号", "", "青林发〔2023〕12号", ""),
    "column": ("政策文件", "监测信息", "公告公示", "行政执法"),
    "applicant_name": ("王某", "李某", "某某建材有限公司", "陈某"),
    "subject": ("申请公开采伐许可审批材料", "申请公开征地补偿标准", "申请公开取水许可名录", "申请公开会议纪要"),
}
# Few requests go to reconsideration or to court, few documents are repealed.
_SELDOM_FILLED = ("reconsider", "litigat", "repealed")


def year_of(edition: Edition) -> int:
    """Return a year that the edition is for."""
    return min(edition.last_year, LAST_YEAR)


def lay_out(edition_id: str, folder: Path, units_folder: str = UNITS_FOLDER) -> Path:
    """Make the office's workbook, its registers kept and nothing filled yet, and beside it its units' workbooks."""
    (folder / units_folder).mkdir(parents=True)
    for unit in UNITS:
        fill_file(_make_book(edition_id, folder / units_folder / f"{unit}.xlsm", unit))
    return _make_book(edition_id, folder / f"{OFFICE}.xlsm", OFFICE)


def _make_book(edition_id: str, path: Path, unit: str) -> Path:
    edition = load_edition(edition_id)
    create_workbook(edition_id, path, unit, year_of(edition))
    clerk = open_clerk_book(path)
    for register in edition.registers.values():
        clerk.book.write_list(register.sheet, BODY_FIRST_ROW, _lines(register, year_of(edition), LINES[unit]))
    clerk.write_form(_typed(clerk))
    refresh_titles(clerk.book, edition)
    clerk.book.save(path)
    return path


def _typed(clerk: ClerkBook) -> dict[FactAddress, CellContent]:
    """Return small figures for what no register counts and no formula adds up: money, staff, meetings."""
    counted = count_registers(clerk).facts
    left = [address for address, cell in clerk.read_form().items() if not cell.formula and address not in counted]
    return {address: CellContent(number % _MOST_TYPED) for number, address in enumerate(left)}


def _lines(register: Register, year: int, count: int) -> list[list[CellContent]]:
    columns = [list(islice(_column(field, year), count)) for field in register.fields]
    return [[CellContent(text) for text in line] for line in zip(*columns, strict=True)]


def _column(field: RegisterField, year: int) -> cycle[str]:
    """Give what a year's lines say in one column, over and over."""
    numbers = range(_SELDOM * 3)
    if field.kind is FieldKind.DATE:
        days = _DAYS_TO_ANSWER if field.not_before else 0
        texts = [(date(year, 1, 5) + timedelta(number * _DAYS_BETWEEN + days)).isoformat() for number in numbers]
    elif field.choices:
        texts = [choice for _, choice in zip(numbers, cycle(field.choices.values()), strict=False)]
    else:
        texts = list(_TEXTS.get(field.code, ("",)))
    if field.code.startswith(_SELDOM_FILLED):
        texts = [text if number % _SELDOM == _SELDOM - 1 else "" for number, text in enumerate(texts)]
    return cycle(texts)

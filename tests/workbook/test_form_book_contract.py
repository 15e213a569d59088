"""What every book keeps to whose form can be looked at and restored: a file, and a workbook open in LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings

from tests.running_office import headless_libreoffice
from tests.workbook.furnished_book import FORM, OTHER, make_book
from xl_disclosure.errors import InputError
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import CellContent, CellLook, CellValue, FormBook
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.live_book import LiveBook

BOOKS = ["file", pytest.param("live", marks=pytest.mark.libreoffice)]

ENTRY = CellLook("#FFF8DC", is_locked=False, validation="whole")
LABEL = CellLook("#E9EEF5")
PLAIN = CellLook()
WANTED = {(0, 0): PLAIN, (1, 0): LABEL, (1, 1): ENTRY, (2, 1): ENTRY, (3, 1): PLAIN}
AREA = Area(0, 0, 3, 1)


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice."""
    with headless_libreoffice() as app:
        yield app


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return make_book(tmp_path / "样表.xlsx", write_form)


def write_form(book: Any) -> None:
    sheet = book.add_worksheet(FORM)
    entry = book.add_format({"bg_color": "#FFF8DC", "locked": False})
    sheet.write_formula("A1", f"='{OTHER}'!A1&\"统计表\"", None, "某局统计表")
    sheet.write_column("A2", ["甲", "乙", "合计"], book.add_format({"bg_color": "#E9EEF5"}))
    sheet.write_column("B2", ["", ""], entry)
    sheet.write_formula("B4", "=SUM(B2:B3)", None, 0)
    sheet.data_validation("B2:B3", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("B2:B3", {"type": "cell", "criteria": ">", "value": 9, "format": entry})
    sheet.set_column("A:A", 30)
    sheet.protect()
    book.add_worksheet(OTHER).write("A1", "某局")


def write_damaged_form(book: Any) -> None:
    sheet = book.add_worksheet(FORM)
    green = book.add_format({"bg_color": "#00B050"})
    sheet.write("A1", "某局统计表")
    sheet.write_column("A2", ["甲", "乙", "合计"], book.add_format({"bg_color": "#E9EEF5"}))
    sheet.write_column("B2", [3, 4, 7], green)
    sheet.write("D9", "旁边的备注", green)
    sheet.merge_range("D10:E10", "旁边的合并", green)
    book.add_worksheet(OTHER).write("A1", "某局")


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FormBook]:
    """Give a workbook whose form was pasted over."""
    path = make_book(tmp_path / "报表.xlsx", write_damaged_form)
    if request.param == "file":
        yield FileBook.open(path)
        return
    request.getfixturevalue("office").activate()
    with xlwings.Book(path) as opened:
        yield LiveBook(opened)


def test_cells_that_do_not_look_as_wanted_are_told_with_their_look(book: FormBook) -> None:
    pasted = CellLook("#00B050")
    assert not book.is_protected(FORM)
    assert book.odd_cells(FORM, WANTED) == {(1, 1): pasted, (2, 1): pasted, (3, 1): pasted}
    assert book.odd_cells(FORM, {(1, 0): LABEL, (20, 20): PLAIN}) == {}


def test_an_area_has_what_its_template_has(book: FormBook, template: Path) -> None:
    book.restore_areas({FORM: AREA}, template)
    assert book.is_protected(FORM)
    assert book.odd_cells(FORM, {**WANTED, (3, 0): LABEL}) == {}
    [title] = book.read_block(FORM, 0, 0, 1, 1)
    assert (title[0].value, title[0].formula.replace("'", "")) == ("某局统计表", f'{OTHER}!A1&"统计表"')
    assert book.read_block(FORM, 1, 0, 3, 1) == [[CellValue("甲")], [CellValue("乙")], [CellValue("合计")]]
    assert book.read_block(FORM, 1, 1, 2, 1) == [[CellValue()], [CellValue()]]
    assert book.read_block(FORM, 3, 1, 1, 1)[0][0].formula == "SUM(B2:B3)"
    book.write_cells(FORM, {(1, 1): CellContent(3)})
    assert book.read_block(FORM, 1, 1, 1, 1) == [[CellValue(3)]]


def test_what_stands_outside_the_area_stays(book: FormBook, template: Path) -> None:
    book.restore_areas({FORM: AREA}, template)
    assert book.read_block(FORM, 8, 3, 2, 1) == [[CellValue("旁边的备注")], [CellValue("旁边的合并")]]
    assert book.odd_cells(FORM, {(8, 3): CellLook("#00B050"), (9, 3): CellLook("#00B050")}) == {}
    assert book.read_used(OTHER) == [[CellValue("某局")]]
    assert book.sheet_names() == (FORM, OTHER)


def test_restoring_again_changes_nothing(book: FormBook, template: Path) -> None:
    book.restore_areas({FORM: AREA}, template)
    once = book.read_used(FORM)
    book.restore_areas({FORM: AREA}, template)
    assert book.read_used(FORM) == once


def test_a_copy_of_a_sheet_is_the_last_one(book: FormBook, tmp_path: Path) -> None:
    before = book.read_used(FORM)
    book.copy_sheet(FORM, "统计表（复原前）")
    assert book.sheet_names() == (FORM, OTHER, "统计表（复原前）")
    assert book.read_used("统计表（复原前）") == before
    book.write_cells(FORM, {(1, 1): CellContent(99)})
    assert book.read_used("统计表（复原前）") == before
    book.save(tmp_path / "报表.xlsx")
    assert FileBook.open(tmp_path / "报表.xlsx").sheet_names() == book.sheet_names()


def test_a_missing_sheet_is_named(book: FormBook, template: Path) -> None:
    for call in (
        lambda: book.is_protected("分户表"),
        lambda: book.odd_cells("分户表", WANTED),
        lambda: book.restore_areas({"分户表": AREA}, template),
        lambda: book.copy_sheet("分户表", "另一张"),
    ):
        with pytest.raises(InputError, match="没有工作表“分户表”"):
            call()

"""A list written anew into a sheet that is known but for its lines: the same bytes as into one that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from xl_disclosure.errors import InputError
from xl_disclosure.workbook.book import CellContent, ListLine
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.parts.list_blocks import LONG
from xl_disclosure.workbook.parts.package import Package

FIRST_ROW = 3
SHEET = "收表情况"
NOTE = 3
LABELS = ("单位", "状态", "件数", "说明")
COUNTS = [1, LONG - 1, LONG, LONG + 501]


@dataclass
class KeepingShelf:
    kept: dict[bytes, bytes] = field(default_factory=dict)

    def take(self, key: bytes) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: bytes, content: bytes) -> None:
        self.kept[key] = content


@pytest.fixture
def shelf() -> KeepingShelf:
    return KeepingShelf()


@pytest.fixture(params=["styled cells", "styled columns", "styled rows"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """Give a workbook with an empty list; blank cells of styled columns need no element."""
    path = tmp_path / "空.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        border = book.add_format({"border": 1})
        sheet.write_row(FIRST_ROW - 1, 0, LABELS)
        if request.param == "styled columns":
            sheet.set_column(0, len(LABELS) - 1, 12, border)
        if request.param == "styled rows":
            sheet.set_row(FIRST_ROW, 30, border)
        for column in range(len(LABELS)):
            sheet.write_blank(FIRST_ROW, column, None, border)
        sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW, len(LABELS) - 1)
    return path.read_bytes()


def lines_of(count: int, step: int = 1) -> list[ListLine]:
    return [(f"第{number}单位", "已收" if number % 3 else "重复", number * step, "") for number in range(count)]


def with_list(content: bytes, lines: Sequence[ListLine], shelf: KeepingShelf | None = None) -> bytes:
    book = FileBook(content, "汇总.xlsx") if shelf is None else FileBook(content, "汇总.xlsx", shelf)
    book.write_list(SHEET, FIRST_ROW, lines, [20.25] * len(lines))
    book.write_cells(SHEET, {(1, 0): CellContent(f"共 {len(lines)} 行")})
    return book.to_bytes()


@pytest.mark.parametrize("before", COUNTS)
@pytest.mark.parametrize("after", COUNTS)
def test_a_list_is_written_as_if_the_sheet_were_read(
    empty: bytes, shelf: KeepingShelf, before: int, after: int
) -> None:
    first = with_list(empty, lines_of(before), shelf)
    second = with_list(first, lines_of(after, 2), shelf)
    assert second == with_list(first, lines_of(after, 2))
    assert with_list(second, lines_of(after), shelf) == with_list(second, lines_of(after))


def test_a_sheet_as_it_was_left_is_not_read(empty: bytes, shelf: KeepingShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    first = with_list(empty, lines_of(LONG), shelf)
    read: list[str] = []
    read_xml = Package.read_xml

    def note(package: Package, part: str) -> str:
        read.append(part)
        return read_xml(package, part)

    monkeypatch.setattr(Package, "read_xml", note)
    with_list(first, lines_of(LONG, 2), shelf)
    assert read
    assert not [part for part in read if part.startswith("xl/worksheets/sheet")]


def test_lines_known_from_before_are_not_written_out_again(empty: bytes, shelf: KeepingShelf) -> None:
    first = with_list(empty, lines_of(2 * LONG), shelf)
    kept = len(shelf.kept)
    changed = lines_of(2 * LONG)
    changed[0] = ("第0单位", "已收", 1, "")
    with_list(first, changed, shelf)
    new_block, new_outline = 1, 1
    assert len(shelf.kept) == kept + new_block + new_outline


def test_a_sheet_that_others_changed_is_read(empty: bytes, shelf: KeepingShelf, tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(with_list(empty, lines_of(LONG), shelf))
    book = openpyxl.load_workbook(path)
    book[SHEET].cell(FIRST_ROW + 5, NOTE + 1, "催过一次")
    book.save(path)
    (line,) = FileBook.open(path, shelf).read_lines(SHEET, FIRST_ROW, {NOTE})
    assert [cell.text for cell in line] == ["第4单位", "已收", "4", "催过一次"]


def test_a_sheet_is_as_it_was_left_until_anybody_writes_it(empty: bytes, shelf: KeepingShelf, tmp_path: Path) -> None:
    assert not FileBook(empty, "汇总.xlsx", shelf).is_as_left(SHEET)
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(with_list(empty, lines_of(3), shelf))
    left = FileBook.open(path, shelf)
    assert left.is_as_left(SHEET)
    assert not FileBook.open(path).is_as_left(SHEET)
    left.write_cells(SHEET, {(FIRST_ROW, NOTE): CellContent("催过一次")})
    assert not left.is_as_left(SHEET)
    openpyxl.load_workbook(path).save(path)
    assert not FileBook.open(path, shelf).is_as_left(SHEET)
    with pytest.raises(InputError, match="没有工作表“别的”"):
        FileBook.open(path, shelf).is_as_left("别的")


def test_lines_with_decimals_are_known_from_before_as_well(empty: bytes, shelf: KeepingShelf) -> None:
    lines: list[ListLine] = [(f"第{number}单位", "已收", Decimal(number) / 4, "") for number in range(LONG)]
    first = with_list(empty, lines, shelf)
    kept = len(shelf.kept)
    assert with_list(first, [*lines[:-1], ("第末单位", "已收", Decimal("0.50"), "")], shelf) == with_list(
        first, [*lines[:-1], ("第末单位", "已收", Decimal("0.50"), "")]
    )
    new_block, new_outline = 1, 1
    assert len(shelf.kept) == kept + new_block + new_outline


def test_what_stands_right_of_a_list_stays(empty: bytes, shelf: KeepingShelf) -> None:
    book = FileBook(empty, "汇总.xlsx", shelf)
    book.write_list(SHEET, FIRST_ROW, lines_of(LONG))
    book.write_cells(SHEET, {(FIRST_ROW + 7, 8): CellContent("手写的")})
    beside = book.to_bytes()
    again = FileBook(with_list(beside, lines_of(LONG, 2), shelf), "汇总.xlsx")
    assert again.read_block(SHEET, FIRST_ROW + 7, 8, 1, 1)[0][0].text == "手写的"


def test_a_book_gives_the_same_bytes_however_often_it_is_asked(empty: bytes, shelf: KeepingShelf) -> None:
    book = FileBook(empty, "汇总.xlsx", shelf)
    book.write_list(SHEET, FIRST_ROW, lines_of(LONG))
    assert book.to_bytes() == book.to_bytes()


def test_the_links_of_a_list_go_with_its_lines(empty: bytes, shelf: KeepingShelf) -> None:
    links: list[ListLine] = [(CellContent("位置", link="'收表情况'!A1"), "已收", 1, "")] * 2
    first = with_list(empty, links, shelf)
    second = with_list(first, lines_of(3), shelf)
    assert second == with_list(first, lines_of(3))
    assert FileBook(second, "汇总.xlsx").read_block(SHEET, FIRST_ROW, 0, 1, 1)[0][0].link == ""


def test_the_rows_of_a_block_are_read_and_written_one_by_one(empty: bytes, shelf: KeepingShelf) -> None:
    book = FileBook(empty, "汇总.xlsx", shelf)
    book.write_list(SHEET, FIRST_ROW, lines_of(LONG))
    book.write_cells(SHEET, {(FIRST_ROW + 700, 1): CellContent("未报")})
    assert [row[1].text for row in book.read_block(SHEET, FIRST_ROW + 699, 0, 3, 2)] == ["重复", "未报", "已收"]
    again = FileBook(book.to_bytes(), "汇总.xlsx")
    assert [cell.text for cell in again.read_used(SHEET)[FIRST_ROW + 700]] == ["第700单位", "未报", "700", ""]
    assert len(again.read_used(SHEET)) == FIRST_ROW + LONG


def test_the_first_line_and_the_columns_in_use_are_known_without_the_others(empty: bytes, shelf: KeepingShelf) -> None:
    book = FileBook(with_list(empty, lines_of(LONG), shelf), "汇总.xlsx", shelf)
    assert [cell.text for cell in book.read_block(SHEET, FIRST_ROW, 0, 1, 3)[0]] == ["第0单位", "重复", "0"]
    assert book.read_lines(SHEET, FIRST_ROW, {NOTE}) == []
    assert len(book.read_lines(SHEET, FIRST_ROW, {0})) == LONG


def test_a_list_with_formulas_is_read_again_so_that_they_are_known_to_go(empty: bytes, shelf: KeepingShelf) -> None:
    lines: list[ListLine] = [("合计", "", CellContent(3, formula="SUM(C5:C6)"), ""), *lines_of(3)]
    first = with_list(empty, lines, shelf)
    assert list(shelf.kept.values()) == [b""]
    assert with_list(first, lines_of(4), shelf) == with_list(first, lines_of(4))


@pytest.mark.parametrize("kept", [b"", b"{}", b"[1]", b"\xff"])
def test_a_damaged_shelf_is_as_good_as_none(empty: bytes, shelf: KeepingShelf, kept: bytes) -> None:
    first = with_list(empty, lines_of(LONG), shelf)
    shelf.kept = dict.fromkeys(shelf.kept, kept)
    assert with_list(first, lines_of(LONG, 2), shelf) == with_list(first, lines_of(LONG, 2))

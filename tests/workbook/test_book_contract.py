"""What every book keeps to: the file that the command line writes, and the workbook open in LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings
from openpyxl.worksheet.worksheet import Worksheet

from tests.running_office import headless_libreoffice
from tests.workbook.furnished_book import FORM, LABELS, LIST, LIST_FIRST_ROW, OTHER, make_book, make_furnished_book
from xl_disclosure.errors import InputError
from xl_disclosure.workbook.book import Book, CellContent, CellValue, ErrorValue, Value
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.live_book import LiveBook

# openpyxl says that it would lose what a file in place keeps.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

BOOKS = ["file", pytest.param("live", marks=pytest.mark.libreoffice)]

TEXTS: list[Value] = [
    *("=1+1", "+86", "-3", "@某局", "007", "1e5", "TRUE", "1/2", "2021-03-01", "'引号", "一月", "５"),
    *("  前后有空格  ", "两行\n文字", "<&>\"'", "#N/A 不是错误", "政府信息公开"),
]
NUMBERS: list[Value] = [0, 7, -3, 10**12, Decimal("0.1"), Decimal("-12.55"), Decimal("123456789.25")]


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice."""
    with headless_libreoffice() as app:
        yield app


@pytest.fixture(params=BOOKS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give the furnished workbook, to be opened in the way of the folder it lies in."""
    folder = tmp_path / request.param
    folder.mkdir()
    return make_furnished_book(folder / "报表.xlsx")


@pytest.fixture
def book(path: Path, request: pytest.FixtureRequest) -> Iterator[Book]:
    """Give the furnished workbook, opened."""
    yield from open_book(path, request)


def open_book(path: Path, request: pytest.FixtureRequest) -> Iterator[Book]:
    if path.parent.name == "file":
        yield FileBook.open(path)
        return
    request.getfixturevalue("office").activate()
    with xlwings.Book(path) as opened:
        yield LiveBook(opened)


def saved(book: Book, path: Path, sheet: str, *, results: bool = False) -> Worksheet:
    book.save(path)
    found = openpyxl.load_workbook(path, data_only=results)[sheet]
    assert isinstance(found, Worksheet)
    return found


def look_of(sheet: Worksheet, name: str) -> tuple[object, ...]:
    cell = sheet[name]
    sides = [side.style for side in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom) if side]
    return (cell.number_format, sides, cell.font.u, cell.alignment.wrap_text, cell.protection.locked)


# Reading


def test_the_sheets_come_in_order(book: Book) -> None:
    assert book.sheet_names() == (FORM, LIST, OTHER)


def test_a_block_tells_apart_what_cells_may_hold(book: Book) -> None:
    block = book.read_block(FORM, 3, 1, 4, 2)
    assert block == [
        [CellValue(3), CellValue(True)],
        [CellValue(0), CellValue(ErrorValue("#DIV/0!"), formula="1/0")],
        [CellValue(Decimal("12.5")), CellValue("是", formula='IF(B4>1,"是","")')],
        [CellValue(Decimal("15.5"), formula="SUM(B4:B6)"), CellValue()],
    ]
    assert [type(row[0].value) for row in block] == [int, int, Decimal, Decimal]
    assert type(block[0][1].value) is bool


def test_a_block_may_have_one_cell_one_row_or_none(book: Book) -> None:
    assert book.read_block(FORM, 1, 0, 1, 1) == [[CellValue("填报单位（盖章）")]]
    assert book.read_block(FORM, 3, 0, 1, 2) == [[CellValue(), CellValue(3)]]
    assert book.read_block(FORM, 3, 1, 2, 1) == [[CellValue(3)], [CellValue(0)]]
    assert book.read_block(FORM, 3, 1, 0, 2) == []
    assert book.read_block(FORM, 3, 1, 2, 0) == [[], []]


def test_the_used_rows_begin_at_the_first_and_end_with_the_last_that_says_something(book: Book) -> None:
    rows = book.read_used(LIST)
    assert rows[:2] == [[CellValue()] * 7] * 2
    assert rows[LIST_FIRST_ROW - 1] == [*map(CellValue, LABELS), *[CellValue()] * 4]
    assert rows[LIST_FIRST_ROW][:3] == [
        CellValue("错误"),
        CellValue("旧位置", link=f"'{FORM}'!B4"),
        CellValue("旧问题3"),
    ]
    assert len(rows) == LIST_FIRST_ROW + 3
    assert book.read_used(OTHER) == [[CellValue("不相干的内容")]]


def test_blanked_cells_are_not_used(book: Book) -> None:
    book.write_cells(OTHER, {(5, 5): CellContent("多"), (0, 1): CellContent("余")})
    book.write_cells(OTHER, {(5, 5): CellContent(), (0, 1): CellContent("")})
    assert book.read_used(OTHER) == [[CellValue("不相干的内容")]]
    book.write_cells(OTHER, {(0, 0): CellContent()})
    assert book.read_used(OTHER) == []


def test_a_date_is_the_number_that_the_spreadsheet_keeps(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def write(made: Any) -> None:
        sheet = made.add_worksheet(LIST)
        for row, text in enumerate(["yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0"]):
            sheet.write_number(row, 0, 45351.75 if row else 45351, made.add_format({"num_format": text}))

    dated = make_book(path.with_name("日期.xlsx"), write)
    for book in open_book(dated, request):
        rows = book.read_used(LIST)
        assert rows == [[CellValue(45351)], [CellValue(Decimal("45351.75"))], [CellValue(Decimal("45351.75"))]]


def test_a_missing_sheet_is_named_with_those_there_are(book: Book) -> None:
    complaint = r"文件“报表.xlsx”：没有工作表“分户表”（有：统计表、审核结果、另一张表）.*处理办法"
    with pytest.raises(InputError, match=complaint):
        book.read_used("分户表")
    with pytest.raises(InputError, match=complaint):
        book.read_block("分户表", 0, 0, 1, 1)
    with pytest.raises(InputError, match=complaint):
        book.write_cells("分户表", {(0, 0): CellContent(1)})
    with pytest.raises(InputError, match=complaint):
        book.write_list("分户表", 0, [])


# Writing cells


def test_what_is_written_is_read_back(book: Book) -> None:
    values = [*TEXTS, *NUMBERS, True, False, ErrorValue("#N/A"), None]
    book.write_cells(OTHER, {(row, 2): CellContent(value) for row, value in enumerate(values)})
    block = book.read_block(OTHER, 0, 2, len(values), 1)
    assert [row[0] for row in block] == [CellValue(value) for value in values]
    assert [type(row[0].value) for row in block] == [type(value) for value in values]


def test_what_is_written_is_saved(book: Book, path: Path) -> None:
    values = [*TEXTS, *NUMBERS, True]
    book.write_cells(OTHER, {(row, 2): CellContent(value) for row, value in enumerate(values)})
    sheet = saved(book, path, OTHER)
    cells = [sheet.cell(row + 1, 3) for row in range(len(values))]
    assert [cell.value for cell in cells[: len(TEXTS)]] == TEXTS
    assert {cell.data_type for cell in cells[: len(TEXTS)]} == {"s"}
    assert [Decimal(str(cell.value)) for cell in cells[len(TEXTS) : -1]] == NUMBERS


def test_scattered_cells_are_written_and_their_neighbours_stay(book: Book) -> None:
    book.write_cells(FORM, {(3, 1): CellContent(8), (5, 1): CellContent(None), (20, 7): CellContent("远处")})
    assert [row[0].value for row in book.read_block(FORM, 3, 1, 3, 1)] == [8, 0, None]
    assert book.read_block(FORM, 20, 7, 1, 1) == [[CellValue("远处")]]
    assert book.read_block(FORM, 3, 2, 1, 1) == [[CellValue(True)]]


def test_a_formula_is_written_with_its_result(book: Book, path: Path) -> None:
    book.write_cells(
        FORM,
        {
            (10, 1): CellContent(3, formula=f"=SUM({OTHER}!$B$1,B4)"),
            (11, 1): CellContent("", formula='IF(1,"","")'),
            (12, 1): CellContent("多", formula='IF(B4>1,"多","少")'),
        },
    )
    assert book.read_block(FORM, 10, 1, 3, 1) == [
        [CellValue(3, formula=f"SUM({OTHER}!$B$1,B4)")],
        [CellValue("", formula='IF(1,"","")')],
        [CellValue("多", formula='IF(B4>1,"多","少")')],
    ]
    assert saved(book, path, FORM, results=True)["B11"].value == 3


def test_written_cells_keep_their_styles(book: Book, path: Path) -> None:
    before = saved(book, path, FORM)
    book.write_cells(FORM, {(row, 1): CellContent(row) for row in range(3, 6)})
    after = saved(book, path, FORM)
    assert [after[f"B{row}"].value for row in range(4, 7)] == [3, 4, 5]
    for row in range(4, 7):
        assert look_of(after, f"B{row}") == look_of(before, f"B{row}")


def test_a_sheet_stays_protected_as_it_was(book: Book, path: Path) -> None:
    before = saved(book, path, FORM).protection
    book.write_cells(FORM, {(0, 0): CellContent("锁定的标题")})
    after = saved(book, path, FORM).protection
    assert book.read_block(FORM, 0, 0, 1, 1) == [[CellValue("锁定的标题")]]
    assert before.sheet
    assert vars(after) == vars(before)


def test_a_link_shows_its_text_and_goes_with_the_next_text(book: Book) -> None:
    book.write_cells(FORM, {(20, 7): CellContent("统计表!C12", link=f"'{LIST}'!C4")})
    assert book.read_block(FORM, 20, 7, 1, 1) == [[CellValue("统计表!C12", link=f"'{LIST}'!C4")]]
    book.write_cells(FORM, {(20, 7): CellContent("没有链接"), (6, 3): CellContent("改写")})
    assert book.read_block(FORM, 20, 7, 1, 1) == [[CellValue("没有链接")]]


def test_a_link_is_read_and_can_be_put_back(book: Book) -> None:
    [[before], [outward]] = book.read_block(FORM, 6, 3, 2, 1)
    assert before == CellValue("见审核结果", link=f"'{LIST}'!A1")
    assert outward == CellValue("依据")
    book.write_cells(FORM, {(6, 3): CellContent("改写")})
    assert book.read_block(FORM, 6, 3, 1, 1) == [[CellValue("改写")]]
    book.write_cells(FORM, {(6, 3): CellContent(before.value, before.formula, before.link)})
    assert book.read_block(FORM, 6, 3, 1, 1) == [[before]]


def test_links_are_there_when_the_book_is_opened_again(path: Path, request: pytest.FixtureRequest) -> None:
    link = CellContent("统计表!C12", link="'另一张表'!C12")
    for book in open_book(path, request):
        book.write_cells(OTHER, {(1, 0): link})
        book.save(path)
    for again in open_book(path, request):
        assert again.read_block(OTHER, 1, 0, 1, 1) == [[CellValue(link.value, link=link.link)]]
        assert again.read_block(FORM, 6, 3, 1, 1) == [[CellValue("见审核结果", link=f"'{LIST}'!A1")]]


def test_a_text_longer_than_a_cell_holds_is_refused_before_anything_is_written(book: Book) -> None:
    with pytest.raises(InputError, match=r"“统计表” B1：文字有 32768 个"):
        book.write_cells(FORM, {(0, 0): CellContent("短"), (0, 1): CellContent("长" * 32_768)})
    with pytest.raises(InputError, match=r"“审核结果” A4：文字有 32768 个"):
        book.write_list(LIST, LIST_FIRST_ROW, [[CellContent("长" * 32_768)]])
    assert book.read_block(FORM, 0, 0, 1, 1) == [[CellValue("政府信息公开情况统计表")]]


def test_a_cell_amid_an_array_formula_is_not_written(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def write(made: Any) -> None:
        made.add_worksheet(FORM).write_array_formula("B2:B4", "{=A2:A4*2}")

    filled = make_book(path.with_name("数组.xlsx"), write)
    for book in open_book(filled, request):
        with pytest.raises(InputError, match=r"“统计表” .*：这里有数组公式或模拟运算表"):
            book.write_cells(FORM, {(2, 1): CellContent(1)})


# Writing lists

NEW_LINES = [
    [CellContent("错误"), CellContent("统计表!B4", link=f"'{FORM}'!B4"), CellContent("=1+1 不是公式")],
    [CellContent("提示"), CellContent("统计表!B5", link=f"'{FORM}'!B5"), CellContent("第二行\n换行")],
]


def test_a_list_is_replaced_and_its_older_lines_are_blanked(book: Book) -> None:
    book.write_list(LIST, LIST_FIRST_ROW, NEW_LINES)
    assert book.read_block(LIST, LIST_FIRST_ROW - 1, 0, 4, 3) == [
        list(map(CellValue, LABELS)),
        [CellValue("错误"), CellValue("统计表!B4", link=f"'{FORM}'!B4"), CellValue("=1+1 不是公式")],
        [CellValue("提示"), CellValue("统计表!B5", link=f"'{FORM}'!B5"), CellValue("第二行\n换行")],
        [CellValue()] * 3,
    ]


def test_of_a_list_only_the_lines_are_read_that_say_something_in_a_column(book: Book) -> None:
    lines = [["错误", "", "甲"], ["", "统计表!B5", ""], ["", "", "丙"]]
    book.write_list(LIST, LIST_FIRST_ROW, lines)
    found = book.read_lines(LIST, LIST_FIRST_ROW, {0, 1})
    assert [[cell.text for cell in row[:3]] for row in found] == [["错误", "", "甲"], ["", "统计表!B5", ""]]
    assert book.read_lines(LIST, LIST_FIRST_ROW + 1, {0}) == []
    assert [row[5].text for row in book.read_lines(LIST, LIST_FIRST_ROW, {5})] == ["右边的备注"]


def test_a_list_has_the_styles_of_its_first_line_however_long_it_grows(book: Book, path: Path) -> None:
    before = saved(book, path, LIST)
    book.write_list(LIST, LIST_FIRST_ROW, [[CellContent(number)] for number in range(100)])
    after = saved(book, path, LIST)
    assert [after.cell(LIST_FIRST_ROW + 1 + number, 1).value for number in range(100)] == list(range(100))
    for column in "ABC":
        assert look_of(after, f"{column}103") == look_of(before, f"{column}4")


def test_what_stands_to_the_right_of_a_list_stays(book: Book) -> None:
    book.write_list(LIST, LIST_FIRST_ROW, [])
    rows = book.read_used(LIST)
    assert rows[LIST_FIRST_ROW + 1] == [
        *[CellValue()] * 5,
        CellValue("右边的备注"),
        CellValue("右边的链接", link=f"'{FORM}'!A1"),
    ]
    assert rows[LIST_FIRST_ROW][:3] == [CellValue()] * 3


def test_a_list_is_as_wide_as_its_longest_line(book: Book) -> None:
    book.write_list(LIST, LIST_FIRST_ROW, [[CellContent(place) for place in range(5)], [CellContent("短")]])
    block = book.read_block(LIST, LIST_FIRST_ROW, 0, 2, 6)
    assert [cell.value for cell in block[0]] == [0, 1, 2, 3, 4, None]
    assert [cell.value for cell in block[1]] == ["短", None, None, None, None, "右边的备注"]


# Saving


def test_a_book_is_saved_and_opened_again(path: Path, request: pytest.FixtureRequest) -> None:
    for book in open_book(path, request):
        book.write_cells(FORM, {(3, 1): CellContent(8)})
        book.save(path)
    for again in open_book(path, request):
        assert again.read_block(FORM, 3, 1, 1, 1) == [[CellValue(8)]]


def test_a_book_that_cannot_be_saved_says_so(book: Book, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="处理办法"):
        book.save(tmp_path / "没有这个文件夹" / "报表.xlsx")
    assert not (tmp_path / "没有这个文件夹").exists()

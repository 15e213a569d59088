from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.programs import Convert, Validate
from tests.workbook.furnished_book import (
    FORM,
    LABELS,
    LIST,
    LIST_FIRST_ROW,
    OTHER,
    make_book,
    make_furnished_book,
    read_members,
    replace_members,
)
from xl_disclosure.errors import InputError
from xl_disclosure.workbook.book import Book, CellContent, CellValue, ErrorValue
from xl_disclosure.workbook.file_book import FileBook

# openpyxl says that it would lose what a file in place keeps.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

FORM_PART = "xl/worksheets/sheet1.xml"
LIST_PART = "xl/worksheets/sheet2.xml"

# Typed as the port: FileBook is held against it by mypy.
OpenBook = Book

NEW_FIGURES = {
    (3, 1): CellContent(8),
    (4, 1): CellContent(Decimal("0.1")),
    (5, 1): CellContent(None),
    (6, 1): CellContent(Decimal("8.1"), formula="SUM(B4:B6)"),
    (20, 7): CellContent("新的一格", link=f"'{LIST}'!C4"),
}
NEW_LINES = [
    [CellContent("错误"), CellContent("统计表!B4", link=f"'{FORM}'!B4"), CellContent("=1+1 不是公式")],
    [CellContent("提示"), CellContent("统计表!B5", link=f"'{FORM}'!B5"), CellContent("第二行\n换行")],
]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_furnished_book(tmp_path_factory.mktemp("furnished") / "报表.xlsx").read_bytes()


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory, soffice: Convert) -> bytes:
    folder = tmp_path_factory.mktemp("saved")
    return soffice(
        make_furnished_book(folder / "报表.xlsx"), "xlsx:Calc MS Excel 2007 XML", folder / "again"
    ).read_bytes()


def open_book(content: bytes) -> FileBook:
    return FileBook(content, "报表.xlsx")


def written(content: bytes) -> bytes:
    book = open_book(content)
    write_all(book)
    return book.to_bytes()


def write_all(book: OpenBook) -> None:
    book.write_cells(FORM, NEW_FIGURES)
    book.write_list(LIST, LIST_FIRST_ROW, NEW_LINES)


def sheet_of(content: bytes, name: str, *, results: bool = False) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=results)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def look_of(sheet: Worksheet, name: str) -> tuple[object, ...]:
    cell = sheet[name]
    sides = [side.style for side in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom) if side]
    return (cell.number_format, sides, cell.font.u, cell.alignment.wrap_text, cell.protection.locked)


def small_book(folder: Path, write: Any) -> bytes:
    return make_book(folder / "小.xlsx", write).read_bytes()


# Reading


def test_the_sheets_come_in_order(furnished: bytes) -> None:
    assert open_book(furnished).sheet_names() == (FORM, LIST, OTHER)


def test_a_block_tells_apart_what_cells_may_hold(furnished: bytes) -> None:
    block = open_book(furnished).read_block(FORM, 3, 1, 4, 2)
    assert block == [
        [CellValue(3), CellValue(True)],
        [CellValue(0), CellValue(ErrorValue("#DIV/0!"), formula="1/0")],
        [CellValue(Decimal("12.5")), CellValue("是", formula='IF(B4>1,"是","")')],
        [CellValue(Decimal("15.5"), formula="SUM(B4:B6)"), CellValue()],
    ]
    assert type(block[0][1].value) is bool


def test_the_runs_of_a_formatted_text_are_read_as_one(furnished: bytes) -> None:
    assert open_book(furnished).read_block(FORM, 1, 0, 1, 1) == [[CellValue("填报单位（盖章）")]]


def test_a_formula_without_result_is_not_calculated_and_not_blank(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, {(3, 1): CellContent(None, formula="=B5+B6")})
    [[value]] = book.read_block(FORM, 3, 1, 1, 1)
    assert value == CellValue(None, formula="B5+B6")
    assert value.is_uncalculated
    assert not value.is_blank


def test_a_formula_that_gives_nothing_is_calculated(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, {(3, 1): CellContent("", formula='IF(1,"","")')})
    [[value]] = book.read_block(FORM, 3, 1, 1, 1)
    assert value == CellValue("", formula='IF(1,"","")')
    assert not value.is_uncalculated


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (CellValue(), ""),
        (CellValue(12), "12"),
        (CellValue(Decimal("0.5")), "0.5"),
        (CellValue("某局"), "某局"),
        (CellValue(False), "FALSE"),
        (CellValue(ErrorValue("#N/A")), "#N/A"),
        (CellValue(None, formula="A1"), ""),
    ],
)
def test_every_value_has_a_text(value: CellValue, text: str) -> None:
    assert value.text == text


def test_the_used_rows_begin_at_the_first_and_end_with_the_last_that_says_something(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet(LIST)
        sheet.write("B2", "单位")
        sheet.write("C3", 5)
        sheet.write_blank("J50", None, book.add_format({"bold": True}))

    assert open_book(small_book(tmp_path, write)).read_used(LIST) == [
        [CellValue(), CellValue(), CellValue()],
        [CellValue(), CellValue("单位"), CellValue()],
        [CellValue(), CellValue(), CellValue(5)],
    ]


def test_nothing_is_used_in_an_empty_sheet(tmp_path: Path) -> None:
    assert open_book(small_book(tmp_path, lambda book: book.add_worksheet(LIST))).read_used(LIST) == []


def test_a_sheet_that_reaches_to_the_end_of_the_grid_is_refused_with_the_stray_cell(tmp_path: Path) -> None:
    content = small_book(tmp_path, lambda book: book.add_worksheet(LIST).write("XFD1048576", "误按"))
    with pytest.raises(InputError, match=r"文件“报表.xlsx” “审核结果”：数据一直到 XFD1048576.*删去"):
        open_book(content).read_used(LIST)


def test_a_number_reads_as_the_spreadsheet_shows_it(furnished: bytes) -> None:
    part = read_members(furnished)[FORM_PART].decode()
    stored = part.replace("<v>12.5</v>", "<v>25.100000000000001</v>").replace("<v>3</v>", "<v>1.2E4</v>")
    block = open_book(replace_members(furnished, {FORM_PART: stored})).read_block(FORM, 3, 1, 3, 1)
    assert [row[0].value for row in block] == [12000, 0, Decimal("25.1")]
    assert type(block[0][0].value) is int


def test_reading_aids_over_a_text_are_no_part_of_it(furnished: bytes) -> None:
    strings = read_members(furnished)["xl/sharedStrings.xml"].decode()
    aided = strings.replace("<t>不相干的内容</t>", '<t>不相干</t><rPh sb="0" eb="1"><t>bù</t></rPh>')
    assert aided != strings
    book = open_book(replace_members(furnished, {"xl/sharedStrings.xml": aided}))
    assert book.read_used(OTHER) == [[CellValue("不相干")]]


# Writing cells


def test_written_cells_are_read_by_others_with_their_styles(furnished: bytes) -> None:
    before = sheet_of(furnished, FORM)
    after, results = sheet_of(written(furnished), FORM), sheet_of(written(furnished), FORM, results=True)
    assert [results[f"B{row}"].value for row in range(4, 8)] == [8, 0.1, None, 8.1]
    assert after["B7"].value == "=SUM(B4:B6)"
    for row in range(4, 8):
        assert look_of(after, f"B{row}") == look_of(before, f"B{row}")


def test_cells_not_written_keep_their_xml(furnished: bytes) -> None:
    before, after = (read_members(content)[FORM_PART].decode() for content in (furnished, written(furnished)))
    for kept in ("<f>1/0</f><v>#DIV/0!</v>", '<mergeCells count="1"><mergeCell ref="A9:C9"/></mergeCells>'):
        assert kept in before
        assert kept in after
    assert after[: after.index("<dimension")] == before[: before.index("<dimension")]
    tail = "<printOptions" if "<printOptions" in before else "<pageMargins"
    assert after[after.index(tail) :] == before[before.index(tail) :]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@某局", "007", "1e5", "  前后有空格  ", "两行\n文字", "<&>\"'"])
def test_text_stays_the_text_it_is(furnished: bytes, text: str) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, {(0, 0): CellContent(text)})
    cell = sheet_of(book.to_bytes(), FORM)["A1"]
    assert cell.value == text
    assert cell.data_type == "s"


def test_an_empty_text_leaves_the_cell_blank(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, {(3, 1): CellContent("")})
    assert book.read_block(FORM, 3, 1, 1, 1)[0][0].is_blank


def test_a_new_cell_takes_the_style_of_its_row_or_else_of_its_column(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet(FORM)
        sheet.set_column("C:D", 10, book.add_format({"bold": True}))
        sheet.set_row(4, 20, book.add_format({"italic": True}))

    book = open_book(small_book(tmp_path, write))
    book.write_cells(FORM, {(0, 0): CellContent(1), (0, 3): CellContent(1), (4, 3): CellContent(1)})
    sheet = sheet_of(book.to_bytes(), FORM)
    fonts = [(sheet[name].font.b, sheet[name].font.i) for name in ("A1", "D1", "D5")]
    assert fonts == [(False, False), (True, False), (False, True)]


def test_cells_and_rows_stay_in_order(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_cells(
        FORM, {(9, 2): CellContent(1), (2, 5): CellContent(2), (2, 0): CellContent(3), (0, 27): CellContent(4)}
    )
    sheet = sheet_of(book.to_bytes(), FORM)
    assert sheet.dimensions == "A1:AB10"
    assert [sheet[name].value for name in ("C10", "F3", "A3", "AB1")] == [1, 2, 3, 4]


def test_a_written_link_leads_to_its_cell(furnished: bytes) -> None:
    link = sheet_of(written(furnished), FORM)["H21"].hyperlink
    assert link is not None
    assert link.location == f"'{LIST}'!C4"
    assert link.target is None


def test_a_cell_written_without_a_link_has_none_and_other_links_stay(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, {(6, 3): CellContent("改写")})
    sheet = sheet_of(book.to_bytes(), FORM)
    assert sheet["D7"].hyperlink is None
    assert sheet["D8"].hyperlink is not None
    assert sheet["D8"].hyperlink.target == "https://www.gov.cn/"


def test_the_last_link_takes_its_element_away(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, {(6, 3): CellContent(), (7, 3): CellContent()})
    assert b"hyperlink" not in read_members(book.to_bytes())[FORM_PART]


def test_a_text_longer_than_a_cell_holds_is_refused_before_anything_is_written(furnished: bytes) -> None:
    book = open_book(furnished)
    with pytest.raises(InputError, match=r"“统计表” B1：文字有 32768 个"):
        book.write_cells(FORM, {(0, 0): CellContent("短"), (0, 1): CellContent("长" * 32_768)})
    with pytest.raises(InputError, match=r"“审核结果” A4：文字有 32768 个"):
        book.write_list(LIST, LIST_FIRST_ROW, [[CellContent("长" * 32_768)]])
    assert book.to_bytes() == open_book(furnished).to_bytes()


def test_a_missing_sheet_is_named_with_those_there_are(furnished: bytes) -> None:
    with pytest.raises(
        InputError, match=r"文件“报表.xlsx”：没有工作表“分户表”（有：统计表、审核结果、另一张表）.*处理办法"
    ):
        open_book(furnished).write_cells("分户表", {(0, 0): CellContent(1)})


CONTENT_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**9), 10**9, places=4),
)
CONTENTS = st.one_of(
    st.builds(CellContent, st.one_of(st.none(), st.booleans(), NUMBERS, CONTENT_TEXT)),
    st.builds(
        CellContent, st.one_of(st.none(), st.booleans(), NUMBERS, CONTENT_TEXT), st.text("AB1+&<>\"'", min_size=1)
    ),
)
PLACES = st.tuples(st.integers(0, 40), st.integers(0, 40))


@given(cells=st.dictionaries(PLACES, CONTENTS, max_size=12))
def test_what_is_written_is_read_back(furnished: bytes, cells: Mapping[tuple[int, int], CellContent]) -> None:
    book = open_book(furnished)
    book.write_cells(FORM, cells)
    again = open_book(book.to_bytes())
    for (row, column), content in cells.items():
        [[value]] = again.read_block(FORM, row, column, 1, 1)
        blank = content.value == "" and not content.formula
        assert value == CellValue(None if blank else content.value, content.formula)
        assert isinstance(value.value, bool) == isinstance(content.value, bool)


# Writing lists


def test_a_list_is_replaced_with_the_styles_of_its_first_line(furnished: bytes) -> None:
    before, after = sheet_of(furnished, LIST), sheet_of(written(furnished), LIST)
    texts = [[cell.value for cell in row[:3]] for row in after.iter_rows(min_row=3, max_row=6)]
    assert texts == [
        list(LABELS),
        ["错误", "统计表!B4", "=1+1 不是公式"],
        ["提示", "统计表!B5", "第二行\n换行"],
        [None, None, None],
    ]
    for row in (4, 5, 6):
        for column in "ABC":
            assert look_of(after, f"{column}{row}") == look_of(before, f"{column}4")


def test_a_list_may_grow_beyond_the_lines_there_were(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_list(LIST, LIST_FIRST_ROW, [[CellContent(number)] for number in range(100)])
    sheet = sheet_of(book.to_bytes(), LIST)
    assert [sheet.cell(LIST_FIRST_ROW + 1 + number, 1).value for number in range(100)] == list(range(100))
    assert look_of(sheet, "C103") == look_of(sheet, "C4") == ("General", ["thin"] * 4, None, True, False)


def test_the_links_of_a_list_are_replaced(furnished: bytes) -> None:
    sheet = sheet_of(written(furnished), LIST)
    links = {
        cell.coordinate: cell.hyperlink.location
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None
    }
    assert links == {"B4": f"'{FORM}'!B4", "B5": f"'{FORM}'!B5", "G5": f"'{FORM}'!A1"}


def test_what_stands_to_the_right_of_a_list_stays(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_list(LIST, LIST_FIRST_ROW, [])
    assert [row[5:] for row in book.read_used(LIST)][LIST_FIRST_ROW + 1] == [
        CellValue("右边的备注"),
        CellValue("右边的链接", link=f"'{FORM}'!A1"),
    ]


def test_a_list_of_no_lines_is_as_wide_as_its_labels_and_keeps_the_styles_for_the_next(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_list(LIST, LIST_FIRST_ROW, [])
    assert book.read_block(LIST, LIST_FIRST_ROW, 0, 3, 3) == [[CellValue()] * 3] * 3
    book.write_list(LIST, LIST_FIRST_ROW, NEW_LINES)
    assert look_of(sheet_of(book.to_bytes(), LIST), "C5") == look_of(sheet_of(furnished, LIST), "C4")


def test_rows_of_a_list_fit_their_text(furnished: bytes) -> None:
    assert sheet_of(furnished, LIST).row_dimensions[4].height == 30
    assert sheet_of(written(furnished), LIST).row_dimensions[4].height is None


def test_links_beyond_what_excel_allows_are_left_out(furnished: bytes) -> None:
    book = open_book(furnished)
    book.write_list(LIST, LIST_FIRST_ROW, [[CellContent("位置", link="'统计表'!A1")]] * 65_600)
    assert read_members(book.to_bytes())[LIST_PART].count(b"<hyperlink ") == 65_530


# The file


def test_every_member_but_the_written_sheets_is_byte_for_byte_the_same(furnished: bytes) -> None:
    before, after = read_members(furnished), read_members(written(furnished))
    assert list(after) == list(before)
    assert [name for name in before if before[name] != after[name]] == [FORM_PART, LIST_PART]


def test_a_book_not_written_has_the_same_members(furnished: bytes) -> None:
    book = open_book(furnished)
    book.read_used(FORM)
    assert read_members(book.to_bytes()) == read_members(furnished)


def test_the_same_changes_give_the_same_bytes(furnished: bytes) -> None:
    assert written(furnished) == written(furnished)


def test_all_that_was_added_by_hand_is_still_in_the_sheet(furnished: bytes) -> None:
    part = read_members(written(furnished))[FORM_PART]
    for element in (
        b"<drawing ",
        b"<legacyDrawing ",
        b"<legacyDrawingHF ",
        b"<extLst>",
        b"<x14:dataBar ",
        b"<x14:sparkline>",
    ):
        assert element in part


def test_the_standard_is_kept(furnished: bytes, ooxml_validator: Validate, tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(furnished)
    before = ooxml_validator(path)
    path.write_bytes(written(furnished))
    assert ooxml_validator(path) == before


def test_excel_is_asked_to_calculate_anew(furnished: bytes) -> None:
    workbook = read_members(furnished)["xl/workbook.xml"].decode()
    silent = workbook.replace(' fullCalcOnLoad="1"', "")
    assert silent != workbook
    after = read_members(written(replace_members(furnished, {"xl/workbook.xml": silent})))["xl/workbook.xml"].decode()
    assert '<calcPr fullCalcOnLoad="1" calcId="124519"/>' in after


def test_libreoffice_shows_what_was_written(furnished: bytes, soffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(written(furnished))
    again = soffice(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again").read_bytes()
    form, results = sheet_of(again, FORM), sheet_of(again, LIST)
    assert [form[f"B{row}"].value for row in range(4, 8)] == [8, 0.1, None, "=SUM(B4:B6)"]
    assert [results[name].value for name in ("C4", "C5", "C6")] == ["=1+1 不是公式", "第二行\n换行", None]
    assert form["B4"].comment is not None
    members = read_members(again)
    assert any(name.startswith("xl/media/") for name in members)
    assert any(name.startswith("xl/charts/") for name in members)
    drawings = b"".join(content for name, content in members.items() if name.startswith("xl/drawings/drawing"))
    assert "手工加的文本框".encode() in drawings


def test_a_workbook_saved_by_libreoffice_is_written_as_well(saved_by_libreoffice: bytes) -> None:
    after = written(saved_by_libreoffice)
    results = sheet_of(after, FORM, results=True)
    assert [results[f"B{row}"].value for row in range(4, 8)] == [8, 0.1, None, 8.1]
    assert open_book(after).read_block(LIST, LIST_FIRST_ROW, 0, 1, 3) == [
        [CellValue("错误"), CellValue("统计表!B4", link=f"'{FORM}'!B4"), CellValue("=1+1 不是公式")]
    ]
    members_before, members_after = read_members(saved_by_libreoffice), read_members(after)
    changed = [name for name in members_before if members_before[name] != members_after[name]]
    assert sorted(changed) == ["xl/workbook.xml", FORM_PART, LIST_PART]


def test_a_saved_book_is_opened_again(furnished: bytes, tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(furnished)
    book = FileBook.open(path)
    write_all(book)
    book.save(path)
    assert path.read_bytes() == written(furnished)
    assert FileBook.open(path).read_block(FORM, 3, 1, 1, 1) == [[CellValue(8)]]


def test_a_workbook_is_not_saved_under_an_ending_that_belies_it(furnished: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"应以 \.xlsx 结尾"):
        open_book(furnished).save(tmp_path / "报表.xlsm")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有.xlsx”：没有这个文件.*处理办法"):
        FileBook.open(tmp_path / "没有.xlsx")


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="是一个文件夹"):
        FileBook.open(tmp_path)

from __future__ import annotations

import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.libreoffice import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.areas import Area, column_letters, column_number, cover, format_area, parse_area

WHOLE = Area(1, 1, 1_048_576, 16_384)


@pytest.mark.parametrize("text", ["A1", "B2:C5", "XFD1048576", "$A$1", "$B$2:$C$5", "A:C", "2:5"])
def test_an_address_is_read_and_written(text: str) -> None:
    area = parse_area(text, WHOLE)
    assert area is not None
    assert format_area(area, WHOLE, "", "") == text.replace("$", "")


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "A1:", "ABCD1", "合计", "A1,B2"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert parse_area(text, WHOLE) is None


def test_corners_may_come_in_any_order() -> None:
    assert parse_area("C5:B2", WHOLE) == parse_area("B2:C5", WHOLE) == Area(2, 2, 5, 3)


@given(st.integers(1, 16_384))
def test_a_columns_letters_are_its_number(column: int) -> None:
    assert column_number(column_letters(column)) == column


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_areas_cover_just_the_cells_and_none_twice(cells: set[tuple[int, int]]) -> None:
    covered = [cell for area in cover(cells) for cell in area.cells()]
    assert len(covered) == len(set(covered))
    assert set(covered) == cells


def test_a_block_is_covered_by_one_area() -> None:
    block = Area(3, 2, 9, 6)
    assert cover(block.cells()) == [block]


@pytest.mark.libreoffice
def test_a_range_is_named_in_every_way_of_xlwings(sheet: xlwings.Sheet) -> None:
    addresses = [
        sheet["B2:C3"],
        sheet.range("B2", "C3"),
        sheet.range((2, 2), (3, 3)),
        sheet.range(sheet["B2"], sheet["C3"]),
        sheet.cells[1:3, 1:3],
        sheet["A1"].offset(1, 1).resize(2, 2),
        sheet.range(f"{sheet.name}!B2:C3"),
    ]
    assert {found.address for found in addresses} == {"$B$2:$C$3"}
    assert {found.shape for found in addresses} == {(2, 2)}
    assert sheet["B2:C3"].last_cell.address == "$C$3"
    assert sheet["B2:C3"](3).address == "$B$3"
    assert sheet["B2:C3"][-1].address == "$C$3"
    assert [cell.address for cell in sheet["A1:B1"]] == ["$A$1", "$B$1"]
    assert len(sheet["B2:C3"]) == 4


@pytest.mark.libreoffice
def test_an_address_is_written_as_asked_for(book: xlwings.Book) -> None:
    plain, spaced = book.sheets[0], book.sheets.add("表 二")
    assert plain["A1:B2"].get_address(row_absolute=False, column_absolute=False) == "A1:B2"
    assert plain["A1"].get_address(include_sheetname=True) == "'Sheet1'!$A$1"
    assert spaced["A1"].get_address(include_sheetname=True) == "'表 二'!$A$1"
    assert spaced["A1"].get_address(external=True) == f"'[{book.name}]表 二'!$A$1"
    assert plain.cells.address == "$A:$XFD"


@pytest.mark.libreoffice
def test_a_place_that_is_none_is_refused(sheet: xlwings.Sheet) -> None:
    with pytest.raises(IndexError, match="counted from 1"):
        sheet.range((0, 1))
    with pytest.raises(LibreOfficeError, match="neither an address nor a name"):
        sheet.range("不存在的名称")
    with pytest.raises(NotSupportedError, match="one area at a time"):
        sheet.range("A1:B2,C3")


@pytest.mark.libreoffice
def test_a_range_of_no_cells_is_nothing(sheet: xlwings.Sheet) -> None:
    nothing = sheet["A1:B2"][0:0, :]
    nothing.value = 5
    nothing.clear()
    assert nothing.value is None
    assert nothing.formula is None
    assert nothing.color is None
    assert len(nothing) == 0
    assert nothing.address == "$A$1{0x2}"
    assert sheet.used_range.value is None


@pytest.fixture
def islands(sheet: xlwings.Sheet) -> xlwings.Sheet:
    """Give a sheet with a table in B2:D5, a gap in C4, a formula that shows nothing in B5, and a lone cell in B8."""
    sheet["B2"].value = [["甲", "乙", "丙"], [1, 2, 3], [4, None, 6], ['=""', 8, 9]]
    sheet["B8"].value = "丁"
    return sheet


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        ("B2", "down", "B5"),
        ("B3", "down", "B5"),
        ("B5", "down", "B8"),
        ("B8", "down", "B1048576"),
        ("C3", "down", "C5"),
        ("B8", "up", "B5"),
        ("B5", "up", "B2"),
        ("B2", "up", "B1"),
        ("B2", "right", "D2"),
        ("B4", "right", "D4"),
        ("D2", "right", "XFD2"),
        ("D2", "left", "B2"),
        ("A2", "right", "B2"),
        ("F2", "left", "D2"),
    ],
)
def test_the_end_is_where_ctrl_and_an_arrow_key_lead(
    islands: xlwings.Sheet, start: str, direction: str, end: str
) -> None:
    assert islands[start].end(direction) == islands[end]


@pytest.mark.libreoffice
def test_areas_are_found_by_their_content(islands: xlwings.Sheet) -> None:
    assert islands.used_range.address == "$B$2:$D$8"
    assert islands["C3"].current_region.address == "$B$2:$D$5"
    assert islands["B2"].expand("right").address == "$B$2:$D$2"
    assert islands["D2"].expand("down").address == "$D$2:$D$5"
    assert islands["B2"].options(expand="right").value == ["甲", "乙", "丙"]
    with pytest.raises(ValueError, match="is no direction"):
        islands["B2"].end("north")


@pytest.mark.libreoffice
def test_clearing_takes_what_it_says(sheet: xlwings.Sheet) -> None:
    def furnish() -> None:
        sheet["A1"].value = [[1, "甲", "=A1"]]
        sheet["A1:C1"].color = (255, 255, 0)

    furnish()
    sheet["A1:B1"].clear_contents()
    assert sheet["A1:C1"].value == [None, None, 0.0]
    assert sheet["A1:C1"].color == (255, 255, 0)
    furnish()
    sheet["A1:C1"].clear_formats()
    assert sheet["A1:C1"].value == [1.0, "甲", 1.0]
    assert sheet["A1:C1"].color is None
    furnish()
    sheet["A1:C1"].clear()
    assert sheet["A1:C1"].value == [None] * 3
    assert sheet["A1:C1"].color is None
    furnish()
    sheet.clear_contents()
    assert sheet["A1:C1"].value == [None] * 3
    assert sheet["A1"].color == (255, 255, 0)
    sheet.clear_formats()
    assert sheet["A1"].color is None


@pytest.mark.libreoffice
def test_cells_are_merged_and_parted(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = "标题"
    sheet["A1:C2"].merge()
    assert sheet["B2"].merge_area.address == "$A$1:$C$2"
    assert sheet["B2"].merge_cells
    assert not sheet["D1"].merge_cells
    assert sheet["D1"].merge_area.address == "$D$1"
    sheet["A1:C2"].unmerge()
    assert not sheet["A1"].merge_cells
    assert sheet["A1"].value == "标题"
    sheet["A5:B6"].merge(across=True)
    assert [sheet[cell].merge_area.address for cell in ("B5", "B6")] == ["$A$5:$B$5", "$A$6:$B$6"]


@pytest.mark.libreoffice
def test_a_link_leads_to_a_cell_or_a_page(book: xlwings.Book) -> None:
    sheet, form = book.sheets[0], book.sheets.add("统计 表", after=book.sheets[0])
    sheet["A1"].add_hyperlink("#'统计 表'!C12", "第十二行")
    sheet["A2"].add_hyperlink("www.gov.cn")
    sheet["A3"].add_hyperlink("#Sheet1!B2", "本表")
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["第十二行", "www.gov.cn", "本表"]
    assert sheet["A1"].hyperlink == f"#'{form.name}'!C12"
    assert sheet["A2"].hyperlink == "http://www.gov.cn"
    assert sheet["A3"].hyperlink == "#Sheet1!B2"
    with pytest.raises(LibreOfficeError, match="doesn't seem to contain a hyperlink"):
        _ = sheet["A4"].hyperlink


@pytest.mark.libreoffice
def test_the_selection_is_read_and_made(book: xlwings.Book) -> None:
    other = book.sheets.add("统计表", after=book.sheets[0])
    other["B2:C4"].select()
    assert book.sheets.active == other
    assert book.selection == other["B2:C4"]
    book.sheets[0]["D5"].select()
    assert book.app.selection == book.sheets[0]["D5"]

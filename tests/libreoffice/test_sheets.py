from __future__ import annotations

import pytest
import xlwings

from xl_disclosure.libreoffice import LibreOfficeError

pytestmark = pytest.mark.libreoffice


def test_sheets_are_added_where_asked_for(book: xlwings.Book) -> None:
    first = book.sheets[0]
    last = book.sheets.add("审核结果", after=first)
    assert book.sheets.active == last
    book.sheets.add("封面", before=first)
    first.activate()
    unnamed = book.sheets.add()
    assert book.sheet_names == ["封面", unnamed.name, "Sheet1", "审核结果"]
    assert [sheet.index for sheet in book.sheets] == [1, 2, 3, 4]


def test_a_sheet_is_found_by_name_and_number(book: xlwings.Book) -> None:
    added = book.sheets.add("Findings", after=book.sheets[0])
    assert book.sheets["findings"] == book.sheets[1] == book.sheets(2) == added
    assert "FINDINGS" in book.sheets
    assert "统计表" not in book.sheets
    assert len(book.sheets) == 2
    assert added.book == book
    with pytest.raises(KeyError, match="统计表"):
        book.sheets["统计表"]


def test_a_sheet_is_renamed(book: xlwings.Book) -> None:
    book.sheets[0].name = "统计表"
    assert book.sheet_names == ["统计表"]
    book.sheets.add("封面")
    with pytest.raises(LibreOfficeError, match="another sheet has that name"):
        book.sheets["统计表"].name = "封面"
    with pytest.raises(LibreOfficeError, match="cannot be the name of a sheet"):
        book.sheets.add("a/b")


def test_a_sheet_is_deleted_but_not_the_last(book: xlwings.Book) -> None:
    added = book.sheets.add("统计表")
    added.delete()
    assert book.sheet_names == ["Sheet1"]
    with pytest.raises(LibreOfficeError, match="at least one sheet"):
        book.sheets[0].delete()


def test_a_sheet_is_hidden_but_not_the_last(book: xlwings.Book) -> None:
    added = book.sheets.add("统计表")
    assert added.visible is True
    added.visible = False
    assert added.visible is False
    with pytest.raises(LibreOfficeError, match="shows at least one sheet"):
        book.sheets["Sheet1"].visible = False
    added.visible = True
    assert added.visible is True


def test_a_sheet_is_copied_and_moved(book: xlwings.Book, app: xlwings.App) -> None:
    book.sheets[0]["A1"].value = [["甲", "=LEN(A1)"]]
    copied = book.sheets[0].copy(name="副本")
    assert book.sheet_names == ["Sheet1", "副本"]
    assert copied["A1:B1"].value == ["甲", 1.0]
    copied.move(before=book.sheets[0])
    assert book.sheet_names == ["副本", "Sheet1"]
    other = app.books.add()
    try:
        foreign = book.sheets["副本"].copy(before=other.sheets[0])
        assert other.sheet_names == ["副本", "Sheet1"]
        assert foreign["A1:B1"].value == ["甲", 1.0]
    finally:
        other.close()


def test_names_stand_for_ranges(book: xlwings.Book) -> None:
    sheet = book.sheets.add("统计 表")
    book.names.add("合计", "='统计 表'!$A$1:$B$2")
    assert book.names["合计"].refers_to == "='统计 表'!$A$1:$B$2"
    assert book.names["合计"].refers_to_range == sheet["A1:B2"]
    assert sheet.range("合计") == sheet["A1:B2"]
    sheet["A1:B2"].value = 2
    sheet["D1"].formula = "=SUM(合计)"
    assert sheet["D1"].value == 8.0


def test_a_name_is_changed_and_removed(book: xlwings.Book) -> None:
    sheet = book.sheets[0]
    sheet["A1:A3"].name = "单位"
    name = sheet["A1:A3"].name
    assert name is not None
    assert name.name == "单位"
    assert sheet["A1:A2"].name is None
    name.name = "机关"
    name.refers_to = "=Sheet1!$C$1"
    assert [found.name for found in book.names] == ["机关"]
    assert name.refers_to_range == sheet["C1"]
    name.delete()
    assert "机关" not in book.names
    assert len(book.names) == 0


def test_a_sheet_has_names_of_its_own(book: xlwings.Book) -> None:
    book.sheets.add("表 二", after=book.sheets[0])
    book.sheets[0].names.add("局部", "=Sheet1!$A$1")
    book.names.add("'表 二'!局部", "='表 二'!$B$2")
    assert [name.name for name in book.names] == ["Sheet1!局部", "'表 二'!局部"]
    assert [name.name for name in book.sheets["表 二"].names] == ["'表 二'!局部"]
    assert book.names["'表 二'!局部"].refers_to_range.address == "$B$2"


def test_a_name_that_is_none_is_refused(book: xlwings.Book) -> None:
    with pytest.raises(LibreOfficeError, match="cannot be made a name"):
        book.names.add("A1", "=Sheet1!$A$1")
    book.names.add("税率", "=0.13")
    with pytest.raises(LibreOfficeError, match="which is not a range"):
        _ = book.names["税率"].refers_to_range

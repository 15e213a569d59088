from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
import xlwings

from xl_disclosure.libreoffice import LibreOfficeError, NotSupportedError

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def model(app: xlwings.App, tmp_path: Path) -> Iterator[xlwings.Book]:
    """Give a workbook whose cells have all that belongs to cells, opened without a window."""
    path = tmp_path / "样表.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, other = made.add_worksheet("统计表"), made.add_worksheet("封面")
        yellow = made.add_format({"bg_color": "#FFF8DC", "locked": False, "num_format": "0.00"})
        sheet.merge_range("A1:C1", "标题", made.add_format({"bold": True}))
        sheet.write_row("A2", [1.5, 2, 3], yellow)
        sheet.write_formula("A3", "=SUM(A2:C2)", None, 6.5)
        sheet.write_formula("B3", "='封面'!A1", None, "某局")
        sheet.data_validation("A2:C2", {"validate": "integer", "criteria": ">=", "value": 0})
        sheet.conditional_format("A2:C2", {"type": "cell", "criteria": ">", "value": 2, "format": yellow})
        sheet.insert_button("E1", {"caption": "按钮"})
        other.write("A1", "某局")
    opened = xlwings.Book(impl=app.impl.books.open_hidden(path))
    yield opened
    opened.close()


def describe(cells: xlwings.Range) -> tuple[object, ...]:
    api = cells.api
    first = api.getCellByPosition(0, 1)
    return (
        cells.value,
        cells[1, :].color,
        cells[1, :].number_format,
        cells[0, 0].merge_area.shape,
        first.Validation.Type.value,
        first.ConditionalFormat.Count,
        first.CellProtection.IsLocked,
    )


def test_cells_are_copied_with_all_that_belongs_to_them_within_a_workbook(book: xlwings.Book) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, "=A1+1"], ["二", 4]]
    sheet["A1"].color = (255, 0, 0)
    sheet["A1:B2"].copy(sheet["D5"])
    assert sheet["D5:E6"].value == [[1.0, 2.0], ["二", 4.0]]
    assert sheet["E5"].formula == "=D5+1"
    assert sheet["D5"].color == (255, 0, 0)
    assert sheet["A1:B2"].value == [[1.0, 2.0], ["二", 4.0]]


def test_cells_are_copied_into_another_workbook_over_what_stands_there(book: xlwings.Book, model: xlwings.Book) -> None:
    sheet, wanted = book.sheets[0], model.sheets["统计表"]["A1:C3"]
    sheet["B3:D5"].value = [["旧"] * 3] * 3
    sheet["B4:C5"].merge()
    wanted.copy(sheet["B3"])
    assert describe(sheet["B3:D5"])[1:] == describe(wanted)[1:]
    assert sheet["B3:D4"].value == wanted[:2, :].value
    assert sheet["B5"].formula == "=SUM(B4:D4)"
    assert model.fullname in str(sheet["C5"].formula) or "样表" in str(sheet["C5"].api.Formula)
    assert book.sheet_names == ["Sheet1"]
    assert sheet.api.DrawPage.Count == 0


def test_copying_onto_a_protected_sheet_is_refused(book: xlwings.Book, model: xlwings.Book) -> None:
    sheet = book.sheets[0]
    sheet.api.protect("")
    with pytest.raises(LibreOfficeError, match="is protected"):
        model.sheets[0]["A1"].copy(sheet["A1"])
    sheet.api.unprotect("")


def test_the_clipboard_is_left_alone(book: xlwings.Book) -> None:
    with pytest.raises(NotSupportedError, match="name the destination"):
        book.sheets[0]["A1"].copy()


def test_a_workbook_opened_out_of_sight_has_no_window_of_its_own(model: xlwings.Book) -> None:
    window = model.api.CurrentController.Frame.ContainerWindow
    assert not window.isVisible()
    assert model.api.isReadonly()

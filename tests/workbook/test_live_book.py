"""What a LiveBook does beyond the contract of every book: few calls, and nothing moved in the clerk's window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import xlwings

from tests.running_office import headless_libreoffice
from tests.workbook.furnished_book import FORM, LIST, LIST_FIRST_ROW, OTHER, make_furnished_book
from xl_disclosure.errors import InputError
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.live.protection import unprotected
from xl_disclosure.workbook.live_book import LiveBook

ENGINE = "xl_disclosure.libreoffice.range"


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice."""
    with headless_libreoffice() as app:
        yield app


@pytest.fixture
def opened(office: xlwings.App, tmp_path: Path) -> Iterator[xlwings.Book]:
    """Give the furnished workbook, open in LibreOffice."""
    with xlwings.Book(make_furnished_book(tmp_path / "报表.xlsx")) as book:
        yield book


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count the blocks read from and written to the spreadsheet."""
    counts: dict[str, int] = {}

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        counts[name] = 0

        def call(*arguments: Any) -> Any:
            counts[name] += 1
            return function(*arguments)

        return call

    for name in ("read_values", "read_formulas", "write_values", "write_formulas"):
        function = getattr(sys.modules[ENGINE], name)
        monkeypatch.setattr(f"{ENGINE}.{name}", counted(name, function))
    return counts


@pytest.mark.libreoffice
def test_a_list_of_any_length_takes_the_same_few_calls(opened: xlwings.Book, calls: dict[str, int]) -> None:
    line = [CellContent("错误"), CellContent("统计表!B4", link=f"'{FORM}'!B4"), CellContent("有错")]
    LiveBook(opened).write_list(LIST, LIST_FIRST_ROW, [line] * 500, [30.0] * 500)
    assert calls == {"read_values": 1, "read_formulas": 1, "write_values": 1, "write_formulas": 0}
    assert opened.sheets[LIST]["B503"].formula == f'=HYPERLINK("#\'{FORM}\'!B4","统计表!B4")'


@pytest.mark.libreoffice
def test_rows_of_a_list_fit_their_text(opened: xlwings.Book) -> None:
    sheet = opened.sheets[LIST]
    LiveBook(opened).write_list(LIST, LIST_FIRST_ROW, [[CellContent("一行")], [CellContent("一行\n两行\n三行")]])
    assert sheet["A4"].height < 30
    assert sheet["A5"].height > 2.5 * sheet["A4"].height


@pytest.mark.libreoffice
def test_cells_side_by_side_take_one_call(opened: xlwings.Book, calls: dict[str, int]) -> None:
    block = {(row, column): CellContent(row * column) for row in range(10) for column in range(5)}
    LiveBook(opened).write_cells(OTHER, block)
    LiveBook(opened).read_used(OTHER)
    assert calls == {"read_values": 1, "read_formulas": 1, "write_values": 1, "write_formulas": 0}


@pytest.mark.libreoffice
def test_a_formula_that_stands_there_is_not_written_again(opened: xlwings.Book, calls: dict[str, int]) -> None:
    book = LiveBook(opened)
    book.write_cells(FORM, {(6, 1): CellContent(None, formula="SUM(B4:B6)"), (4, 2): CellContent(None, formula="=1/0")})
    assert calls["write_values"] == 0
    book.write_cells(FORM, {(6, 1): CellContent(None, formula="SUM(B4:B5)")})
    assert calls["write_values"] == 1
    assert opened.sheets[FORM]["B7"].formula == "=SUM(B4:B5)"


@pytest.mark.libreoffice
def test_the_active_sheet_and_the_selection_stay(opened: xlwings.Book) -> None:
    opened.sheets[OTHER]["C3:D4"].select()
    book = LiveBook(opened)
    book.write_list(LIST, LIST_FIRST_ROW, [[CellContent("新")]])
    book.write_cells(FORM, {(3, 1): CellContent(8)})
    book.read_used(FORM)
    assert opened.sheets.active.name == OTHER
    assert opened.selection == opened.sheets[OTHER]["C3:D4"]


@pytest.mark.libreoffice
def test_a_sheet_that_was_renamed_is_missed(opened: xlwings.Book) -> None:
    book = LiveBook(opened)
    book.read_used(OTHER)
    opened.sheets.add("新加的表")
    assert book.read_used("新加的表") == []


@pytest.mark.libreoffice
def test_a_sheet_with_a_password_is_not_written(opened: xlwings.Book) -> None:
    opened.sheets[OTHER].api.protect("密码")
    with pytest.raises(InputError, match=r"“另一张表”：工作表加了密码保护，不能写入.*撤消工作表保护"):
        LiveBook(opened).write_cells(OTHER, {(0, 0): CellContent("改写")})
    assert opened.sheets[OTHER]["A1"].value == "不相干的内容"


@pytest.mark.libreoffice
def test_a_sheet_is_protected_again_even_if_writing_fails(opened: xlwings.Book) -> None:
    sheet = opened.sheets[FORM]

    def fail() -> None:
        with unprotected(sheet):
            assert not sheet.api.isProtected()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sheet.api.isProtected()


@pytest.mark.libreoffice
def test_a_book_saved_elsewhere_is_open_from_there(opened: xlwings.Book, tmp_path: Path) -> None:
    before = Path(opened.fullname).read_bytes()
    book = LiveBook(opened)
    book.write_cells(FORM, {(3, 1): CellContent(8)})
    book.save(tmp_path / "另存.xlsx")
    assert opened.fullname == str(tmp_path / "另存.xlsx")
    assert (tmp_path / "报表.xlsx").read_bytes() == before


class ExcelSheet:
    """Stand in for Excel's own sheet, and keep what is asked of it: Excel itself runs on no machine that tests this."""

    ProtectContents = True
    ProtectDrawingObjects = False
    ProtectScenarios = True
    Protection = SimpleNamespace(
        AllowFormattingCells=False,
        AllowFormattingColumns=True,
        AllowFormattingRows=True,
        AllowInsertingColumns=False,
        AllowInsertingRows=True,
        AllowInsertingHyperlinks=False,
        AllowDeletingColumns=False,
        AllowDeletingRows=True,
        AllowSorting=True,
        AllowFiltering=True,
        AllowUsingPivotTables=False,
    )

    def __init__(self) -> None:
        self.asked: list[object] = []

    def Unprotect(self, password: str) -> None:  # noqa: N802 - Excel's name
        self.asked.append(password)

    def Protect(self, **settings: object) -> None:  # noqa: N802 - Excel's name
        self.asked.append(settings)


def test_excel_is_asked_to_protect_a_sheet_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    api = ExcelSheet()
    app = SimpleNamespace(engine=SimpleNamespace(name="excel"))
    sheet = cast(xlwings.Sheet, SimpleNamespace(api=api, book=SimpleNamespace(app=app)))
    with unprotected(sheet):
        assert api.asked == [""]
    assert api.asked[1] == {
        **vars(ExcelSheet.Protection),
        "DrawingObjects": False,
        "Scenarios": True,
        "Contents": True,
        "Password": "",
    }

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwings

from xl_disclosure.libreoffice import LibreOfficeError, NotSupportedError

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a workbook that openpyxl made, with a formula that was never calculated."""
    path = tmp_path / "报表 甲.xlsx"
    made = openpyxl.Workbook()
    made["Sheet"].append([3, 4, "=A1*B1", True])
    made["Sheet"].title = "统计表"
    made.save(path)
    return path


def test_a_file_is_opened_once(app: xlwings.App, file: Path) -> None:
    book = xlwings.Book(file)
    try:
        assert book.fullname == str(file)
        assert book.name == file.name
        assert book.sheet_names == ["统计表"]
        assert xlwings.Book(str(file)) == book
        assert app.books[file.name] == book
        assert app.books.open(file) == book
        assert xlwings.books.active == book
    finally:
        book.close()
    assert file.name not in app.books


def test_two_books_are_kept_apart(app: xlwings.App, book: xlwings.Book, file: Path) -> None:
    with xlwings.Book(file) as other:
        book.sheets[0]["A1"].value = "新"
        other.sheets[0]["A1"].value = 5
        assert book.sheets[0]["A1"].value == "新"
        assert other.sheets[0]["A1"].value == 5.0
        assert book != other
        other.activate()
        assert app.books.active == other
        book.activate()
        assert app.books.active == book
        assert len(app.books) == 2


def test_calculating_brings_formulas_up_to_date(app: xlwings.App, file: Path) -> None:
    with xlwings.Book(file) as book:
        app.calculate()
        assert book.sheets[0]["A1:D1"].value == [3.0, 4.0, 12.0, True]


def test_a_book_is_saved_where_it_was(app: xlwings.App, file: Path) -> None:
    with xlwings.Book(file) as book:
        book.sheets[0]["A1"].value = 10
        book.sheets[0]["A2"].add_hyperlink("#统计表!C1", "去看")
        book.save()
    saved = openpyxl.load_workbook(file, data_only=True)["统计表"]
    assert [cell.value for cell in saved[1]] == [10, 4, 40, True]
    assert saved["A2"].hyperlink.location == "统计表!C1"


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".html"])
def test_a_book_is_saved_in_the_format_of_its_ending(book: xlwings.Book, tmp_path: Path, ending: str) -> None:
    book.sheets[0]["A1"].value = "内容"
    target = tmp_path / f"报表{ending}"
    book.save(target)
    assert book.fullname == str(target)
    content = target.read_bytes()
    expected = {".xls": b"\xd0\xcf\x11\xe0", ".csv": "内容".encode(), ".html": b"<!DOCTYPE"}
    assert content.startswith(expected.get(ending, b"PK"))


def test_a_new_book_is_saved_in_the_working_directory(
    book: xlwings.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = book.name
    assert book.fullname == name
    book.save()
    assert zipfile.is_zipfile(tmp_path / f"{name}.xlsx")


def test_a_book_is_printed_into_a_file(book: xlwings.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "内容"
    book.to_pdf(tmp_path / "报表.pdf")
    assert (tmp_path / "报表.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_saved_is_said(book: xlwings.Book, tmp_path: Path) -> None:
    with pytest.raises(NotSupportedError, match=r"'\.xlsb' are not supported"):
        book.save(tmp_path / "甲.xlsb")
    with pytest.raises(NotSupportedError, match="password"):
        book.save(tmp_path / "甲.xlsx", password="abc")
    with pytest.raises(LibreOfficeError, match="cannot be written"):
        book.save(tmp_path / "没有这个文件夹" / "甲.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_opened_is_said(app: xlwings.App, file: Path, tmp_path: Path) -> None:
    opened = len(app.books)
    text = tmp_path / "文章.xlsx"
    text.write_text("不是工作簿", encoding="utf-8")
    with pytest.raises(LibreOfficeError, match=r"cannot open .*文章\.xlsx as a workbook"):
        app.books.open(text)
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "没有.xlsx")
    with pytest.raises(NotSupportedError, match="no more than update_links and read_only"):
        app.books.open(file, password="abc")
    assert len(app.books) == opened


def test_a_file_that_is_open_elsewhere_is_only_read(app: xlwings.App, book: xlwings.Book, file: Path) -> None:
    mark = file.with_name(f".~lock.{file.name}#")
    mark.touch()
    with pytest.raises(LibreOfficeError, match=r"is open in another LibreOffice: close it there.*delete the file"):
        app.books.open(file)
    with pytest.raises(LibreOfficeError, match="is open in another LibreOffice"):
        book.save(file)
    with app.books.open(file, read_only=True) as other:
        assert other.sheets[0]["A1"].value == 3.0


def test_a_book_opened_for_reading_is_not_saved_over(app: xlwings.App, file: Path) -> None:
    before = file.read_bytes()
    with app.books.open(file, read_only=True) as book:
        with pytest.raises(LibreOfficeError, match=r"Range\.raw_value: LibreOffice does not do it"):
            book.sheets[0]["A2"].value = 1
        with pytest.raises(LibreOfficeError, match="cannot be written"):
            book.save()
    assert file.read_bytes() == before

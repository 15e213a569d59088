from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.programs import Convert, Validate


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "workbook.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("统计表").write(0, 0, "主动公开政府信息数")
    return path


def test_a_workbook_is_converted_by_libreoffice(soffice: Convert, workbook: Path, tmp_path: Path) -> None:
    text = soffice(workbook, "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
    assert text.read_text(encoding="utf-8").strip() == "主动公开政府信息数"


def test_libreoffice_says_what_it_could_not_convert(soffice: Convert, tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"did not convert .*absent\.xlsx"):
        soffice(tmp_path / "absent.xlsx", "pdf", tmp_path)


def test_a_conforming_workbook_is_accepted(ooxml_validator: Validate, workbook: Path) -> None:
    assert ooxml_validator(workbook) == []


def test_an_element_that_the_standard_does_not_know_is_reported(ooxml_validator: Validate, workbook: Path) -> None:
    strange = workbook.with_name("strange.xlsx")
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(strange, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<sheetData>", b"<strange/><sheetData>"))
    [error] = ooxml_validator(strange)
    assert error.startswith("/xl/worksheets/sheet1.xml")
    assert "strange" in error


def test_a_file_that_is_no_workbook_is_reported(ooxml_validator: Validate, tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("no workbook", encoding="utf-8")
    assert len(ooxml_validator(path)) == 1

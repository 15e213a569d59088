"""生成报告 from the command line: names that lead nowhere else, formats that exist, and nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.actions.conftest import Run
from xl_disclosure.forms.catalog import load_edition


def filled_book(run: Run, folder: Path, unit: str) -> Path:
    """Return a 2021 workbook in which nothing happened all year."""
    facts = dict.fromkeys(map(str, load_edition("2021").facts), 0)
    source = folder / "zeros.json"
    source.write_text(json.dumps({"edition": "2021", "unit": unit, "year": 2025, "facts": facts}), encoding="utf-8")
    path = folder / "我局.xlsm"
    assert run("new", "2021", "-o", path, "--unit", unit, "--year", 2025)[0] == 0
    assert run("fill", path, "--from", source)[0] == 0
    return path


def test_the_report_is_named_by_unit_and_year_and_stays_in_its_folder(run: Run, tmp_path: Path) -> None:
    book = filled_book(run, tmp_path, "../甲局/乙科")
    status, _, complaint = run("report", book, "-o", tmp_path / "报告" / "一")
    assert (status, complaint) == (0, "")
    names = sorted(path.name for path in (tmp_path / "报告" / "一").iterdir())
    assert names == ["_甲局_乙科2025年政府信息公开工作年度报告.docx", "_甲局_乙科2025年政府信息公开工作年度报告.html"]


def test_the_same_workbook_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    book = filled_book(run, tmp_path, "甲局")
    for folder in ("一", "二"):
        assert run("report", book, "-o", tmp_path / folder)[0] == 0
    first, second = (sorted((tmp_path / folder).iterdir()) for folder in ("一", "二"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("formats", ["doc", "docx,odt"])
def test_an_unknown_format_writes_nothing(formats: str, run: Run, tmp_path: Path) -> None:
    book = filled_book(run, tmp_path, "甲局")
    status, _, complaint = run("report", book, "-o", tmp_path / "报告", "--format", formats)
    assert status == 2
    assert "docx、html、pdf" in complaint
    assert not (tmp_path / "报告").exists()


def test_an_unknown_field_names_sheet_cell_and_the_nearest_field(run: Run, tmp_path: Path) -> None:
    from xl_disclosure.workbook.book import CellContent
    from xl_disclosure.workbook.file_book import FileBook

    book = filled_book(run, tmp_path, "甲局")
    workbook = FileBook.open(book)
    workbook.write_cells(
        "报告正文", {(4, 1): CellContent("本机关收到{{ requests.recieved.total }}件。"), (4, 2): CellContent("")}
    )
    workbook.save(book)
    status, _, complaint = run("report", book, "-o", tmp_path / "报告")
    assert status == 2
    assert "“报告正文” B5" in complaint
    assert "requests.received.total" in complaint
    assert not (tmp_path / "报告").exists()

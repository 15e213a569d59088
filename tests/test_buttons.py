"""A click shows its result beside the open workbook, or why there is none; the workbook itself stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xl_disclosure.buttons import press
from xl_disclosure.cli import main

DEMO = Path(__file__).resolve().parent.parent / "xl_disclosure" / "demo"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a workbook filled with the figures of a sample unit."""
    path = tmp_path / "我局.xlsm"
    assert main(["new", "2014-xingyi", "-o", str(path), "--unit", "示例单位甲", "--year", "2016"]) == 0
    assert main(["fill", str(path), "--from", str(DEMO / "sample_unit_a.json")]) == 0
    return path


def click(action: str, book: Path) -> tuple[int, Path]:
    """Press a button and return the status and the one file shown."""
    shown: list[Path] = []
    before = book.read_bytes()
    status = press(action, book, shown.append)
    assert book.read_bytes() == before
    (result,) = shown
    return status, result


def test_checking_lays_the_findings_into_a_copy(book: Path) -> None:
    status, result = click("check", book)
    assert (status, result.name) == (0, "我局（审核结果）.xlsm")
    assert load_workbook(result)["审核结果"]["A4"].value in ("提示", "未核")


def test_filling_without_registers_leaves_the_figures_as_they_are(book: Path) -> None:
    status, result = click("fill", book)
    assert (status, result.name) == (0, "我局（填表结果）.xlsm")
    assert load_workbook(result)["统计表"]["C6"].value == 64


def test_rolling_up_takes_the_folder_beside_the_workbook(book: Path) -> None:
    units = book.with_name("下级单位")
    units.mkdir()
    for name in ("sample_unit_a.json", "sample_unit_b.json"):
        shutil.copy(DEMO / name, units)
    status, result = click("aggregate", book)
    assert (status, result.name) == (0, "我局（汇总结果）.xlsm")
    assert load_workbook(result, data_only=True)["统计表"]["C6"].value == 64 + 31


def test_reporting_shows_the_finished_document(book: Path) -> None:
    status, result = click("report", book)
    assert status == 0
    assert result.parent.name == "报告"
    assert result.suffix == ".docx"
    assert book.with_name("我局（报告审核结果）.xlsm").is_file()


def test_restoring_lays_the_restored_form_into_a_copy(book: Path) -> None:
    status, result = click("restore", book)
    assert (status, result.name) == (0, "我局（复原结果）.xlsm")
    assert load_workbook(result)["统计表"]["C6"].value == 64


def test_nothing_is_taken_back_in_a_file(book: Path) -> None:
    status, result = click("undo", book)
    assert status == 2
    assert "不能撤销" in result.read_text(encoding="utf-8")


def test_what_goes_wrong_is_shown_and_no_copy_stays(book: Path) -> None:
    status, result = click("aggregate", book)
    assert status == 2
    assert "没有这个文件夹" in result.read_text(encoding="utf-8")
    assert not book.with_name("我局（汇总结果）.xlsm").exists()


def test_an_unknown_button_is_refused(book: Path) -> None:
    status, result = click("print", book)
    assert status == 2
    assert "没有“print”这个按钮" in result.read_text(encoding="utf-8")


def test_what_nobody_foresaw_is_told_beside_its_details(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise RuntimeError("张三")

    monkeypatch.setattr("xl_disclosure.actions.fill.fill_file", fail)
    status, result = click("fill", book)
    details = book.with_name("我局（出错详情）.txt")
    assert status == 4
    assert f"“填表”没有完成，工作簿没有改动。请把同一文件夹里的“{details.name}”发给管理员" in result.read_text("utf-8")
    assert "RuntimeError" in details.read_text(encoding="utf-8")
    assert "张三" not in details.read_text(encoding="utf-8")
    assert not book.with_name("我局（填表结果）.xlsm").exists()

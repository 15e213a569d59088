"""追溯 from the command line: a total leads to the units, files and corrections behind it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.actions.conftest import Run
from tests.actions.test_aggregate import write_facts
from xl_disclosure.workbook.book import CellContent, Value
from xl_disclosure.workbook.file_book import FileBook

ROSTER = "单位名称,上级单位,单位类别\n甲镇,某县,镇\n乙镇,某县,镇\n丙局,某市,局\n"


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    """Give a workbook into which three units were rolled up, the figure of one of them corrected."""
    units, path = tmp_path / "units", tmp_path / "汇总.xlsm"
    units.mkdir()
    write_facts(units, "甲.json", "甲镇", disclosed=10)
    write_facts(units, "乙.json", "乙镇", disclosed=5)
    write_facts(units, "丙.json", "丙局", disclosed=300)
    (tmp_path / "名录.csv").write_text(ROSTER, encoding="utf-8")
    run("new", "2014-xingyi", "-o", path, "--year", 2016)
    book = FileBook.open(path)
    entry: list[Value] = ["乙镇", "主动公开政府信息数", 5, 6, "漏报", "张某"]
    book.write_list("更正", 3, [[CellContent(value) for value in entry]])
    book.save(path)
    run("aggregate", units, "-o", path, "--roster", tmp_path / "名录.csv")
    return path


def trace(run: Run, book: Path, address: str) -> dict[str, Any]:
    status, printed, _ = run("trace", book, address, "--json")
    found: dict[str, Any] = json.loads(printed)
    assert status == (0 if found["agrees"] else 1)
    return found


def test_each_unit_is_listed_with_its_file_figure_and_correction(run: Run, book: Path) -> None:
    found = trace(run, book, "statistics.disclosed.count")
    assert [(part["unit"], part["file"], part["figure"], part["correction"]) for part in found["units"]] == [
        ("甲镇", "甲.json", 10, None),
        ("乙镇", "乙.json", 5, 1),
        ("丙局", "丙.json", 300, None),
    ]
    assert found["units"][1]["reason"] == "漏报（张某）"
    for part in found["units"]:
        assert part["sha256"] == sha256((book.parent / "units" / part["file"]).read_bytes()).hexdigest()
    assert (found["sum"], found["shown"], found["agrees"]) == (316, 316, True)


@pytest.mark.parametrize("address", ["主动公开政府信息数", "(一)主动公开政府信息数", "统计表!C6", "'统计表'!$C$6"])
def test_a_figure_is_called_by_name_or_by_its_cell(run: Run, book: Path, address: str) -> None:
    found = trace(run, book, address)
    assert (found["address"], found["where"]) == ("statistics.disclosed.count", {"sheet": "统计表", "cell": "C6"})
    assert found["sum"] == 316


@pytest.mark.parametrize(("cell", "units", "total"), [("F6", ["甲镇", "乙镇"], 16), ("F9", ["丙局"], 300)])
def test_a_subtotal_leads_to_its_own_units(run: Run, book: Path, cell: str, units: list[str], total: int) -> None:
    found = trace(run, book, f"小计表!{cell}")
    assert [part["unit"] for part in found["units"]] == units
    assert (found["sum"], found["shown"]) == (total, total)


def test_the_terminal_shows_the_parts_and_that_they_add_up(run: Run, book: Path) -> None:
    status, printed, _ = run("trace", book, "统计表!C6")
    assert status == 0
    assert "3 个单位所报合计 315，更正 +1，共 316" in printed
    assert "与表中的数相等" in printed


def test_a_total_typed_over_does_not_agree(run: Run, book: Path) -> None:
    opened = FileBook.open(book)
    opened.write_cells("统计表", {(5, 2): CellContent(400)})
    opened.save(book)
    status, _, complaint = run("trace", book, "统计表!C6")
    assert status == 1
    assert "表中的数是 400，不相等" in complaint


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("主动公开信息数", "改为“主动公开政府信息数”"),
        ("没有的数", "写数据项的代码"),
        ("别的表!C6", "没有工作表“别的表”"),
        ("统计表!第六格", "不是单元格的名称"),
        ("统计表!A1", "这一格不是合计数"),
        ("小计表!A5", "这一格不是合计数"),
    ],
)
def test_what_is_called_wrongly_is_refused_with_what_to_write(run: Run, book: Path, address: str, what: str) -> None:
    status, printed, complaint = run("trace", book, address)
    assert (status, printed) == (2, "")
    assert what in complaint


def test_a_workbook_without_a_rollup_has_nothing_to_trace(run: Run, tmp_path: Path) -> None:
    run("new", "2021", "-o", tmp_path / "新.xlsm", "--year", 2025)
    status, _, complaint = run("trace", tmp_path / "新.xlsm", "新收.总计")
    assert status == 2
    assert "工作簿里没有汇总的数" in complaint


def test_a_row_called_without_its_column_is_completed(run: Run, tmp_path: Path, book: Path) -> None:
    units = tmp_path / "units2021"
    units.mkdir()
    write_facts(units, "甲.json", "甲镇", edition="2021", year=2025)
    run("aggregate", units, "-o", tmp_path / "新.xlsm")
    assert "改为“新收.总计”" in run("trace", tmp_path / "新.xlsm", "新收")[2]

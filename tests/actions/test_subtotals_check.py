"""A sum of 小计表 typed over is found by the next check or roll-up, which puts it right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.actions.conftest import Run
from tests.actions.test_aggregate import write_facts
from xl_disclosure.actions import breakdown_file
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.rollup.cache_place import CACHE_VARIABLE
from xl_disclosure.workbook.book import CellContent, Value
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import FINDING_COLUMNS, FINDINGS_SHEET, SUBTOTALS_SHEET, UNITS_FIRST_FACT_COLUMN

ROSTER = "单位名称,上级单位,单位类别\n甲镇,某县,镇\n乙镇,某县,镇\n丙局,某市,局\n"
NAME = "“(一)主动公开政府信息数”"
WIDTH = len(load_edition("2014-xingyi").facts)


@pytest.fixture(autouse=True, params=["with a cache", "without a cache"])
def _cache(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a roll-up know sheets again that nobody has touched, and read them all."""
    if request.param == "with a cache":
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))


@pytest.fixture(params=["分户表 in the workbook", "分户表 beside the workbook"])
def book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """Give a workbook into which three units of two parents and two categories were rolled up."""
    if request.param == "分户表 beside the workbook":
        monkeypatch.setattr(breakdown_file, "MOST_IN_WORKBOOK", 2)
    units = tmp_path / "units"
    units.mkdir()
    for name, disclosed in (("甲镇", 10), ("乙镇", 5), ("丙局", 300)):
        write_facts(units, f"{name}.json", name, disclosed=disclosed)
    (tmp_path / "名录.csv").write_text(ROSTER, encoding="utf-8")
    return roll_up(run, tmp_path / "汇总.xlsm")[0]


def roll_up(run: Run, path: Path) -> tuple[Path, list[dict[str, Any]]]:
    """Roll up and return the workbook and what was found to be typed over."""
    words = ("--edition", "2014-xingyi", "--year", 2016, "--roster", path.with_name("名录.csv"))
    status, printed, complaint = run("aggregate", path.parent / "units", "-o", path, *words, "--json")
    assert status in (0, 1), complaint
    return path, typed_over(json.loads(printed)["findings"])


def check(run: Run, path: Path) -> list[dict[str, Any]]:
    return typed_over(json.loads(run("check", path, "--json")[1])["files"][0]["findings"])


def typed_over(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [finding for finding in findings if finding["rule"] == "rollup.overtyped"]


def row_of(book: FileBook, name: str) -> int:
    """Return the row of 小计表 with a name, counted from 0."""
    names = [row[0].text.strip() for row in book.read_used(SUBTOTALS_SHEET)]
    return names.index(name)


def type_over(path: Path, name: str, *values: Value) -> int:
    """Type figures into the row of 小计表 with a name, from its first sum on, and return the row."""
    book = FileBook.open(path)
    row = row_of(book, name)
    for column, value in enumerate(values, start=UNITS_FIRST_FACT_COLUMN):
        book.write_cells(SUBTOTALS_SHEET, {(row, column): CellContent(value)})
    book.save(path)
    return row


def place_shown(path: Path) -> str:
    """Return the place that 审核结果 shows for what was typed over."""
    codes = [column.code for column in FINDING_COLUMNS]
    [line] = [
        row
        for row in FileBook.open(path).read_used(FINDINGS_SHEET)
        if "各单位相加不符" in row[codes.index("message")].text
    ]
    return line[codes.index("place")].text


def test_nothing_is_found_where_nothing_was_typed(run: Run, book: Path) -> None:
    assert check(run, book) == []
    assert roll_up(run, book)[1] == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("合计", 316, "应为315，表中是316"),
        ("某县", 16, "应为15，表中是16"),
        ("某县", None, "应为15，表中是空白"),
        ("镇", "15件", "应为15，表中是15件"),
        ("局", 0, "应为300，表中是0"),
    ],
)
def test_a_sum_typed_over_is_found_and_put_right(run: Run, book: Path, name: str, value: Value, says: str) -> None:
    row = type_over(book, name, value)
    [found] = check(run, book)
    assert found["message"] == f"小计表中“{name}”一行与各单位相加不符：{NAME}{says}"
    assert place_shown(book) == f"{SUBTOTALS_SHEET}!F{row + 1}"
    assert found["fix"].startswith("重新汇总")
    [found] = roll_up(run, book)[1]
    assert found["message"].endswith(says)
    assert found["fix"].startswith("本次汇总已恢复")
    assert check(run, book) == []


def test_a_figure_typed_in_that_is_the_sum_is_none_of_them(run: Run, book: Path) -> None:
    type_over(book, "某县", 15)
    assert check(run, book) == []


def test_a_row_typed_over_altogether_is_told_once(run: Run, book: Path) -> None:
    type_over(book, "某市", *range(1_000, 1_000 + WIDTH))
    [found] = check(run, book)
    assert f"“某市”一行与各单位相加不符：{NAME}应为300，表中是1000、" in found["message"]
    assert found["message"].endswith(f"等 {WIDTH} 处")


def test_a_row_of_a_name_that_nothing_knows_is_told(run: Run, book: Path) -> None:
    row = type_over(book, "某市", *range(1_000, 1_000 + WIDTH))
    rename(book, row, "改了名的市")
    [found] = check(run, book)
    assert found["message"] == f"小计表中“改了名的市”不是单位名录里的上级单位，无从核对这一行的 {WIDTH} 个数"
    assert found["fix"].startswith("重新汇总")
    [found] = roll_up(run, book)[1]
    assert found["fix"].startswith("本次汇总已恢复")
    assert check(run, book) == []


def test_a_note_below_the_sums_is_left_alone(run: Run, book: Path) -> None:
    rename(book, row_of(FileBook.open(book), "局") + 2, "注：丙局含下属二级单位")
    assert check(run, book) == []


def rename(path: Path, row: int, name: str) -> None:
    """Write a name into a row of 小计表."""
    book = FileBook.open(path)
    book.write_cells(SUBTOTALS_SHEET, {(row, 0): CellContent(name)})
    book.save(path)

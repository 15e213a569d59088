"""汇总 from the command line: every file and unit accounted for, live formulas, totals that equal a sum made here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.actions.conftest import Run
from tests.actions.recalculation import recalculated
from tests.programs import Convert
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.workbook.layout import fact_places

EDITION = load_edition("2014-xingyi")
ROSTER = """单位名称,单位代码,上级单位,曾用名
甲局,A01,某市,
乙局,A02,某市,旧乙局
丙局,A03,某市,
丁局,A04,某市,
戊局,A05,某市,
己局,A06,某市,
"""


def write_facts(
    folder: Path, file: str, unit: str, edition: str = "2014-xingyi", year: int = 2016, **figures: int
) -> None:
    """Write a unit's return as JSON, every figure not given 0."""
    facts = dict.fromkeys(map(str, load_edition(edition).facts), 0)
    facts |= {f"statistics.{row}.count": figure for row, figure in figures.items()}
    record = {"edition": edition, "unit": unit, "year": year, "facts": facts}
    (folder / file).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def write_book(run: Run, folder: Path, file: str, unit: str, **figures: int) -> None:
    """Write a unit's return as a workbook of ours."""
    write_facts(folder, "facts.json", unit, "2014-xingyi", 2016, **figures)
    run("new", "2014-xingyi", "-o", folder / file, "--unit", unit, "--year", 2016)
    run("fill", folder / file, "--from", folder / "facts.json")
    (folder / "facts.json").unlink()


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """Give a folder with one file of every kind of fate, and the roster beside it."""
    units = tmp_path / "units"
    units.mkdir()
    write_book(run, units, "甲.xlsm", "甲局", disclosed=10, via_website=10, meetings=2)
    write_facts(units, "乙.json", "旧乙局", disclosed=5, via_website=4, via_other=1, meetings=1)
    shutil.copy(units / "甲.xlsm", units / "甲（又一份）.xlsm")
    write_facts(units, "外.json", "外局", disclosed=1000)
    write_facts(units, "旧版.json", "丙局", edition="2014", disclosed=1000)
    write_facts(units, "去年.json", "丁局", year=2015, disclosed=1000)
    write_facts(units, "戊一.json", "戊局", disclosed=1)
    write_facts(units, "戊二.json", "戊局", disclosed=2)
    (units / "坏.xlsx").write_bytes((units / "甲.xlsm").read_bytes()[:6000])
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8-sig")
    return units


@pytest.fixture
def rolled_up(run: Run, folder: Path) -> tuple[dict[str, Any], Path]:
    """Give what the roll-up prints, and its workbook."""
    output = folder.parent / "汇总.xlsm"
    roster = folder.parent / "roster.csv"
    status, printed, _ = run("aggregate", folder, "-o", output, "--roster", roster, "--json")
    assert status == 1
    return json.loads(printed), output


def test_every_file_and_every_unit_has_its_status(rolled_up: tuple[dict[str, Any], Path], folder: Path) -> None:
    found, _ = rolled_up
    statuses = {unit["file"]: unit["status"] for unit in found["units"] if unit["file"]}
    assert statuses == {
        "甲.xlsm": "received",
        "甲（又一份）.xlsm": "duplicate",
        "乙.json": "received",
        "外.json": "stranger",
        "旧版.json": "wrong_edition",
        "去年.json": "wrong_year",
        "戊一.json": "duplicate",
        "戊二.json": "duplicate",
        "坏.xlsx": "unreadable",
    }
    assert set(statuses) == {path.name for path in folder.iterdir()}
    missing = [unit["unit"] for unit in found["units"] if unit["status"] == "missing"]
    assert missing == ["丙局", "丁局", "戊局", "己局"]


def test_the_totals_are_those_of_the_files_that_count(rolled_up: tuple[dict[str, Any], Path]) -> None:
    facts = rolled_up[0]["facts"]
    expected = {"disclosed": 15, "via_website": 14, "via_other": 1, "meetings": 3}
    assert {row: facts[f"statistics.{row}.count"] for row in expected} == expected
    assert sum(facts.values()) == 15 + 14 + 1 + 3


def test_the_form_holds_live_formulas_with_their_results(rolled_up: tuple[dict[str, Any], Path]) -> None:
    found, output = rolled_up
    formulas, results = load_workbook(output), load_workbook(output, data_only=True)
    for address, place in fact_places(EDITION).items():
        assert "分户表" in formulas[place.sheet][place.a1].value
        assert results[place.sheet][place.a1].value == found["facts"][address]


def test_libreoffice_calculates_the_same_totals(
    rolled_up: tuple[dict[str, Any], Path], soffice: Convert, tmp_path: Path
) -> None:
    found, output = rolled_up
    calculated = recalculated(output, {place.sheet for place in fact_places(EDITION).values()}, soffice, tmp_path)
    for address, place in fact_places(EDITION).items():
        assert calculated[place.sheet][place.a1].value == found["facts"][address]


def test_the_sheets_account_for_files_units_and_findings(rolled_up: tuple[dict[str, Any], Path]) -> None:
    workbook = load_workbook(rolled_up[1])
    receipts = workbook["收表情况"]
    assert receipts["A2"].value == (
        "文件 9 份 = 计入 2 份 + 未计入 7 份（重复 3、名录外 1、无法读取 1、版式不符 1、年度不符 1）；"
        "单位 6 个 = 已收 2 个 + 未报 4 个"
    )
    assert [receipts.cell(4 + line, 2).value for line in range(13)].count("未报") == 4
    assert [row[0].value for row in workbook["分户表"].iter_rows(min_row=5, max_row=6)] == ["甲局", "乙局"]
    assert workbook["单位名录"]["A4"].value == "甲局"
    assert "戊一.json" in str([row[3].value for row in workbook["审核结果"].iter_rows(min_row=4)])


def test_the_terminal_ends_with_whom_to_remind(run: Run, folder: Path) -> None:
    roster = folder.parent / "roster.csv"
    roster.write_text("单位名称,上级单位,联系人,电话\n甲局,某市,王某,0855-1\n己局,某市,李某,0855-6\n", encoding="utf-8")
    status, printed, _ = run("aggregate", folder, "-o", folder.parent / "汇总.xlsm", "--roster", roster)
    assert status == 1
    reminders = printed.rpartition("催报")[2]
    assert all(word in reminders for word in ("己局", "某市", "李某", "0855-6"))
    assert "王某" not in reminders


def test_rolling_up_again_after_a_file_went_replaces_everything(
    run: Run, rolled_up: tuple[dict[str, Any], Path], folder: Path
) -> None:
    (folder / "乙.json").unlink()
    status, printed, _ = run("aggregate", folder, "-o", rolled_up[1], "--json")
    assert status == 1
    assert json.loads(printed)["facts"]["statistics.disclosed.count"] == 10
    units = load_workbook(rolled_up[1])["分户表"]
    assert [row[0].value for row in units.iter_rows(min_row=5, max_row=6)] == ["甲局", None]


def test_two_processes_give_the_same_as_one(run: Run, rolled_up: tuple[dict[str, Any], Path], folder: Path) -> None:
    for number in range(130):
        write_facts(folder, f"x{number}.json", f"某{number}局", disclosed=number)
    output = folder.parent / "又一份.xlsm"
    one = json.loads(run("aggregate", folder, "-o", output, "--edition", "2014-xingyi", "--year", 2016, "--json")[1])
    output.unlink()
    words = ["aggregate", folder, "-o", output, "--edition", "2014-xingyi", "--year", 2016, "--workers", 2, "--json"]
    assert json.loads(run(*words)[1]) == one


def test_an_unusable_folder_roster_or_workbook_leaves_nothing_behind(run: Run, folder: Path) -> None:
    output = folder.parent / "新.xlsm"
    bad_roster = folder.parent / "bad.csv"
    bad_roster.write_text("名称\n甲局\n", encoding="utf-8")
    for words in (
        ["aggregate", folder.parent / "没有", "-o", output],
        ["aggregate", folder, "-o", output, "--roster", bad_roster],
        ["aggregate", folder, "-o", output, "--edition", "2021", "--year", 2016],
    ):
        status, printed, complaint = run(*words)
        assert (status, printed) == (2, "")
        assert "处理办法" in complaint
        assert not output.exists()

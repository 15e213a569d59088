"""分户表 of a very large roll-up: in files beside the workbook, which has the sums and links to them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyarrow import parquet

from tests.actions.conftest import Run
from tests.actions.test_aggregate import write_facts
from tests.programs import Convert, Validate
from xl_disclosure.actions import breakdown_file
from xl_disclosure.actions.breakdown_file import breakdown_path, parquet_path
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition

UNITS = 30
ROSTER = "单位名称,上级单位,单位类别\n一市,某省,市\n二市,某省,市\n" + "".join(
    f"第{number}局,{'一市' if number % 3 else '二市'},{'局' if number % 2 else ''}\n" for number in range(UNITS)
)
DISCLOSED = "statistics.disclosed.count"


@pytest.fixture(autouse=True)
def _few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take thirty lines for more than a workbook takes easily."""
    monkeypatch.setattr(breakdown_file, "MOST_IN_WORKBOOK", UNITS - 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    units = tmp_path / "units"
    units.mkdir()
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8-sig")
    for number in range(UNITS):
        write_facts(units, f"{number}.json", f"第{number}局", disclosed=number, via_website=number)
    write_facts(units, "<&=1.json", "第0局", disclosed=0, via_website=0)
    return units


def roll_up(run: Run, folder: Path, name: str = "汇总") -> tuple[dict[str, Any], Path]:
    """Return what a roll-up prints, and its workbook."""
    output = folder.parent / f"{name}.xlsm"
    words = ("-o", output, "--roster", folder.parent / "roster.csv", "--edition", "2014-xingyi", "--year", 2016)
    status, printed, complaint = run("aggregate", folder, *words, "--json")
    assert status in (0, 1), complaint
    return json.loads(printed), output


def test_the_file_has_a_line_for_each_unit_and_the_workbook_its_sums_and_a_link(
    run: Run, folder: Path, ooxml_validator: Validate
) -> None:
    found, output = roll_up(run, folder)
    beside = breakdown_path(output)
    assert found["facts"][DISCLOSED] == sum(range(UNITS))
    heads, addresses, *rows = openpyxl.load_workbook(beside)["分户表"].iter_rows(values_only=True)
    column = addresses.index(DISCLOSED)
    assert heads[:5] == ("单位名称", "单位代码", "上级单位", "单位类别", "文件")
    assert heads[column] == load_edition("2014-xingyi").fact_names[DISCLOSED]  # type: ignore[index]
    assert {row[0]: row[column] for row in rows} == {f"第{number}局": number for number in range(UNITS)}
    book = openpyxl.load_workbook(output)
    assert book["统计表"]["C6"].value == sum(range(UNITS))
    assert [row[0].value for row in book["分户表"].iter_rows(min_row=5, max_row=8)] == [None] * 4
    assert beside.name in str(book["分户表"]["A2"].value)
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [formula for formula in formulas if "分户表'!" in str(formula)]
    for path in (output, beside):
        assert ooxml_validator(path) == []


def test_another_program_opens_the_file(run: Run, folder: Path, soffice: Convert, tmp_path: Path) -> None:
    _, output = roll_up(run, folder)
    text = soffice(breakdown_path(output), "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path / "csv")
    lines = text.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 + UNITS
    assert any(line.startswith("第7局,,一市,局,7.json,7,") for line in lines)


def test_programs_find_the_same_lines_in_a_table(run: Run, folder: Path) -> None:
    found, output = roll_up(run, folder)
    table = parquet.read_table(parquet_path(output)).to_pydict()
    assert dict(zip(table["unit"], table[DISCLOSED], strict=True)) == {f"第{n}局": n for n in range(UNITS)}
    for address, total in found["facts"].items():
        assert sum(figure or 0 for figure in table[address]) == total
    assert not any(table["is_correction"])


def test_the_same_units_give_the_same_bytes(run: Run, folder: Path) -> None:
    _, one = roll_up(run, folder, "一")
    _, other = roll_up(run, folder, "二")
    assert breakdown_path(one).read_bytes() == breakdown_path(other).read_bytes()
    assert parquet_path(one).read_bytes() == parquet_path(other).read_bytes()


def test_figures_lead_to_their_units_through_the_file(run: Run, folder: Path) -> None:
    _, output = roll_up(run, folder)
    subtotals = openpyxl.load_workbook(output)["小计表"]
    named = {str(row[0].value).strip("　"): row[0].row for row in subtotals.iter_rows(min_row=5)}
    expected = {
        "统计表!C6": range(UNITS),
        f"小计表!F{named['合计']}": range(UNITS),
        f"小计表!F{named['二市']}": range(0, UNITS, 3),
        f"小计表!F{named['局']}": range(1, UNITS, 2),
    }
    for wanted, numbers in expected.items():
        status, printed, complaint = run("trace", output, wanted, "--json")
        assert status == 0, complaint
        traced = json.loads(printed)
        assert {unit["unit"] for unit in traced["units"]} == {f"第{number}局" for number in numbers}
        assert traced["sum"] == sum(numbers)


def test_a_file_that_was_changed_or_left_behind_is_told_of(run: Run, folder: Path, tmp_path: Path) -> None:
    _, output = roll_up(run, folder)
    beside = breakdown_path(output)
    before = [finding["rule"] for finding in findings(run, output)]
    assert "rollup.overtyped" not in before
    beside.write_bytes(beside.read_bytes() + b" ")
    assert [found["rule"] for found in findings(run, output) if beside.name in found["message"]] == ["rollup.overtyped"]
    status, _, complaint = run("trace", output, DISCLOSED)
    assert (status, "改动过" in complaint, beside.name in complaint) == (2, True, True)
    beside.unlink()
    assert [found["rule"] for found in findings(run, output) if beside.name in found["message"]] == ["rollup.overtyped"]
    status, _, complaint = run("trace", output, DISCLOSED)
    assert (status, "不在工作簿旁边" in complaint) == (2, True)


def findings(run: Run, path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", path, "--json")[1])["files"][0]["findings"]
    return found


def test_a_correction_counts_and_stands_in_the_file(run: Run, folder: Path) -> None:
    _, output = roll_up(run, folder)
    book = openpyxl.load_workbook(output, keep_vba=True)
    entry = ("第3局", "主动公开政府信息数", 3, 13, "漏报", "张三")
    for column, value in enumerate(entry, start=1):
        book["更正"].cell(4, column).value = value  # type: ignore[assignment]
    book.save(output)
    assert "rollup.corrections" in [found["rule"] for found in findings(run, output)]
    found, _ = roll_up(run, folder)
    assert found["facts"][DISCLOSED] == sum(range(UNITS)) + 10
    table = parquet.read_table(parquet_path(output)).to_pydict()
    corrected = [n for n, is_correction in enumerate(table["is_correction"]) if is_correction]
    assert [(table["unit"][n], table[DISCLOSED][n]) for n in corrected] == [("第3局", 10)]
    assert "rollup.overtyped" not in [found["rule"] for found in findings(run, output)]
    traced = json.loads(run("trace", output, DISCLOSED, "--json")[1])
    assert traced["sum"] == sum(range(UNITS)) + 10


def test_decimals_stay_exact(run: Run, folder: Path) -> None:
    path = folder / "5.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["facts"][money()] = 0.1
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    _, output = roll_up(run, folder)
    table = parquet.read_table(parquet_path(output)).to_pydict()
    assert sum(table[money()]) == Decimal("0.1")


def money() -> str:
    """Return the address of an amount."""
    return next(address for address, fact in load_edition("2014-xingyi").facts.items() if fact.measure.value == "money")


def test_a_smaller_roll_up_afterwards_stands_in_the_workbook_again(run: Run, folder: Path) -> None:
    _, output = roll_up(run, folder)
    (folder / "0.json").unlink()
    (folder / "<&=1.json").unlink()
    found, _ = roll_up(run, folder)
    assert found["facts"][DISCLOSED] == sum(range(UNITS))
    book = openpyxl.load_workbook(output)
    assert "SUM(" in str(book["统计表"]["C6"].value)
    assert str(book["分户表"]["A2"].value).startswith("由“汇总”填写")
    assert book["分户表"]["A5"].value
    assert json.loads(run("trace", output, DISCLOSED, "--json")[1])["sum"] == sum(range(UNITS))


def test_the_files_of_the_roll_up_itself_and_of_others_are_no_returns(run: Run, folder: Path) -> None:
    output = folder / "汇总.xlsm"
    words = ("--edition", "2014-xingyi", "--year", 2016, "--json")
    run("aggregate", folder, "-o", output, *words)
    breakdown_path(output).rename(folder / "下级.分户表.xlsx")
    printed = json.loads(run("aggregate", folder, "-o", output, *words)[1])
    others = {unit["file"]: unit["status"] for unit in printed["units"] if not unit["file"].endswith(".json")}
    assert others == {"下级.分户表.xlsx": "unreadable"}


def test_without_pyarrow_the_workbook_alone_is_written_and_the_clerk_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, output = roll_up(run, folder)
    monkeypatch.setattr("xl_disclosure.actions.breakdown_parquet.has_parquet", lambda: False)
    monkeypatch.setattr("xl_disclosure.display.has_parquet", lambda: False)
    words = ("-o", output, "--edition", "2014-xingyi", "--year", 2016)
    _, printed, _ = run("aggregate", folder, *words)
    assert breakdown_path(output).is_file()
    assert not parquet_path(output).exists()
    assert "xl-disclosure[large]" in printed
    assert breakdown_path(output).name in printed.replace("\n", "")


def test_a_file_that_cannot_be_written_leaves_the_workbook_as_it_was(run: Run, folder: Path) -> None:
    output = folder.parent / "汇总.xlsm"
    breakdown_path(output).mkdir()
    words = ("-o", output, "--edition", "2014-xingyi", "--year", 2016)
    status, _, complaint = run("aggregate", folder, *words)
    assert (status, output.exists()) == (2, False)
    assert breakdown_path(output).name in complaint.replace("\n", "")
    assert not list(folder.parent.glob(".xl-disclosure-*"))


def test_what_comes_between_two_roll_ups_is_not_taken_for_a_change_by_hand(run: Run, folder: Path) -> None:
    _, output = roll_up(run, folder)
    before = breakdown_path(output).read_bytes()
    write_facts(folder, "3.json", "第3局", disclosed=300, via_website=300)
    found, _ = roll_up(run, folder)
    assert breakdown_path(output).read_bytes() != before
    assert found["facts"][DISCLOSED] == sum(range(UNITS)) - 3 + 300
    assert "rollup.overtyped" not in {finding["rule"] for finding in found["findings"]}


def test_a_roll_up_that_fails_leaves_the_files_of_the_last_one(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, output = roll_up(run, folder)
    files = (output, breakdown_path(output), parquet_path(output))
    before = [path.read_bytes() for path in files]
    write_facts(folder, "3.json", "第3局", disclosed=300, via_website=300)

    def fail(*_: object) -> None:
        raise InputError("写不进去", "检查权限")

    monkeypatch.setattr("xl_disclosure.actions.rollup_sheets.write_receipts", fail)
    status, _, _ = run("aggregate", folder, "-o", output)
    assert status == 2
    assert [path.read_bytes() for path in files] == before
    assert not list(folder.parent.glob(".xl-disclosure-*"))

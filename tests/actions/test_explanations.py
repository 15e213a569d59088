"""说明: what the clerk writes beside a finding stays with its figures, travels upward, and comes back next year."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.actions.conftest import Run
from xl_disclosure.forms.office import SETTINGS_FILE
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook

DEMO = Path(__file__).resolve().parents[2] / "xl_disclosure" / "demo"
FIRST_LINE = 3
NOTE, APPROVED, APPROVER = 7, 8, 9


def make_book(run: Run, folder: Path, unit: str = "示例单位甲", year: int = 2016, **figures: int) -> Path:
    """Return a workbook with the figures of a sample unit, some of them others."""
    sample = json.loads((DEMO / "sample_unit_a.json").read_text(encoding="utf-8"))
    sample["facts"] |= {f"statistics.{row}.count": figure for row, figure in figures.items()}
    source = folder / "facts.json"
    source.write_text(json.dumps({**sample, "unit": unit, "year": year}), encoding="utf-8")
    path = folder / f"{unit}{year}.xlsm"
    assert run("new", "2014-xingyi", "-o", path, "--unit", unit, "--year", year)[0] == 0
    assert run("fill", path, "--from", source)[0] == 0
    source.unlink()
    return path


def explain(path: Path, note: str, approved: str = "", approver: str = "") -> None:
    """Write beside the first finding, as a clerk would."""
    book = FileBook.open(path)
    cells = {NOTE: note, APPROVED: approved, APPROVER: approver}
    book.write_cells("审核结果", {(FIRST_LINE, column): CellContent(text) for column, text in cells.items()})
    book.save(path)


def first_finding(path: Path) -> list[str]:
    return [str(cell.value or "") for cell in load_workbook(path)["审核结果"][FIRST_LINE + 1]]


def test_a_reason_stays_on_the_next_run_as_long_as_the_figures_do(run: Run, tmp_path: Path) -> None:
    path = make_book(run, tmp_path, disclosed=50)
    assert run("check", path)[0] == 0
    assert first_finding(path)[5] == "channels"
    explain(path, "网站统计口径含转载")
    status, output, _ = run("check", path)
    assert status == 0
    assert "其中已说明 1 项" in output
    assert first_finding(path)[NOTE] == "网站统计口径含转载"


def test_with_other_figures_the_reason_is_no_longer_that_of_the_finding(run: Run, tmp_path: Path) -> None:
    path = make_book(run, tmp_path, disclosed=50)
    run("check", path)
    explain(path, "网站统计口径含转载")
    book = FileBook.open(path)
    book.write_cells("统计表", {(5, 2): CellContent(51)})
    book.save(path)
    run("check", path)
    assert first_finding(path)[NOTE] == ""


def test_an_error_needs_the_box_and_a_name(run: Run, tmp_path: Path) -> None:
    path = make_book(run, tmp_path, closed=9)
    assert run("check", path)[0] == 1
    explain(path, "上年结转的一并办结")
    assert run("check", path)[0] == 1
    explain(path, "上年结转的一并办结", "是")
    assert run("check", path)[0] == 1
    explain(path, "上年结转的一并办结", "是", "市政务公开办 王某")
    assert run("check", path)[0] == 0


def test_a_reason_travels_upward_with_the_roll_up(run: Run, tmp_path: Path) -> None:
    units = tmp_path / "units"
    units.mkdir()
    path = make_book(run, units, disclosed=50)
    run("check", path)
    explain(path, "网站统计口径含转载")
    output = tmp_path / "汇总.xlsm"
    run("aggregate", units, "-o", output)
    lines = [[str(cell.value or "") for cell in row] for row in load_workbook(output)["审核结果"].iter_rows(min_row=4)]
    assert [line[NOTE] for line in lines if line[1] == "示例单位甲"][:1] == ["网站统计口径含转载"]


def test_last_years_reason_is_shown_as_a_suggestion(run: Run, tmp_path: Path) -> None:
    before = make_book(run, tmp_path, year=2015, disclosed=50)
    run("check", before)
    explain(before, "网站统计口径含转载")
    now = make_book(run, tmp_path, year=2016, disclosed=52)
    run("check", now, "--last-year", before)
    found = first_finding(now)
    assert "上年的说明：网站统计口径含转载" in found[4]
    assert found[NOTE] == ""


def test_an_offices_settings_switch_a_rule_off_and_say_so(run: Run, tmp_path: Path) -> None:
    path = make_book(run, tmp_path, disclosed=50)
    settings = '[adjust."channels"]\noff = true\nreason = "网站改版"\nby = "市政务公开办"\n'
    (tmp_path / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    status, output, _ = run("check", path)
    assert status == 0
    assert "停用：channels（由市政务公开办停用：网站改版）" in output
    assert "【提示】" not in output


def test_a_rule_of_the_office_is_checked_as_a_hint(run: Run, tmp_path: Path) -> None:
    path = make_book(run, tmp_path)
    settings = '[add."own.meetings"]\nname = "每年至少开五次会"\ntables = ["statistics"]\nover = "columns"\n'
    settings += 'check = "meetings >= 5"\nreason = "市里要求"\nby = "市政务公开办"\n'
    (tmp_path / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    status, output, _ = run("check", path, "--json")
    (file,) = json.loads(output)["files"]
    assert status == 0
    assert [(finding["rule"], finding["severity"]) for finding in file["findings"]] == [("own.meetings", "warn")]
    assert "由市政务公开办增加：市里要求" in file["findings"][0]["basis"]

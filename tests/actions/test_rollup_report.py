"""A roll-up's report names its units, and appends their tables where the clerk takes that up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions.conftest import Run
from tests.actions.report_files import text_of, write_cell
from xl_disclosure.actions.report import ReportRequest, write_report
from xl_disclosure.forms.catalog import load_edition

TODAY = date(2017, 3, 1)


def lines_of(path: Path) -> Iterator[tuple[int, str, str]]:
    """Give row, chapter and condition of every line of 报告正文."""
    for number, row in enumerate(load_workbook(path)["报告正文"].iter_rows(values_only=True), start=1):
        yield number, str(row[0] or ""), str(row[2] or "")


@pytest.fixture
def whole(run: Run, tmp_path: Path) -> Path:
    units, roster, whole = tmp_path / "units", tmp_path / "roster.csv", tmp_path / "汇总.xlsm"
    units.mkdir()
    for number, unit in enumerate(("甲局", "乙局"), start=71):
        facts = dict.fromkeys(map(str, load_edition("2014").facts), 0)
        facts["statistics.disclosed.count"] = facts["statistics.via_website.count"] = number
        record = {"edition": "2014", "unit": unit, "year": 2016, "facts": facts}
        (units / f"{unit}.json").write_text(json.dumps(record), encoding="utf-8")
    roster.write_text("单位名称,上级单位\n甲局,某某县\n乙局,某某县\n丙乡,某某县\n", encoding="utf-8-sig")
    assert run("aggregate", units, "-o", whole, "--roster", roster)[0] in (0, 1)
    return whole


def test_the_report_names_units_received_and_missing(whole: Path, tmp_path: Path) -> None:
    [path] = write_report(ReportRequest(whole, tmp_path / "报告", ["docx"], TODAY)).files
    text = text_of(path)
    assert "本报告汇总2个单位的数据。已报送年度报表的单位有2个：乙局、甲局。" in text
    assert "尚未报送、数据没有计入的单位有1个：丙乡。" in text
    assert "附件2" not in text


def test_the_units_tables_are_appended_once_the_clerk_takes_it_up(whole: Path, tmp_path: Path) -> None:
    [row] = [row for row, _, condition in lines_of(whole) if condition == "不采用"]
    write_cell(whole, "报告正文", row - 1, 2, "")
    result = write_report(ReportRequest(whole, tmp_path / "报告", ["docx", "html"], TODAY))
    lines = text_of(result.files[0]).split("\n")
    assert [line for line in lines if line in ("附件2:各单位统计表", "甲局", "乙局")] == [
        "附件2:各单位统计表",
        "甲局",
        "乙局",
    ]
    assert lines.count("71") == lines.count("72") == 2
    assert "report.figures" not in [finding.rule for finding in result.check.failed]

"""A tour of the main job: a published report filled in, checked, rolled up with others, and written out again."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

from xl_disclosure import console
from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder
from xl_disclosure.actions.check import CheckRequest, check_file
from xl_disclosure.actions.fill import fill_file
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.report import ReportRequest, write_report
from xl_disclosure.actions.trace import trace_book
from xl_disclosure.display import print_check, print_files, print_rollup, print_trace

EDITION = "2014-xingyi"
YEAR = 2016
TOUR_DAY = date(YEAR + 1, 3, 1)
UNIT = "兴义市工业贸易和科学技术局"
PARENT = "兴义市（示例）"
ROSTER_UNITS = (UNIT, "示例单位甲", "示例单位乙", "示例单位丙")
TRACED = "主动公开政府信息数"
DAMAGED = "示例损坏文件.xlsx"
"""A file cut off on its way, so that its unit 示例单位丙 counts as missing."""


def run_demo(into: Path) -> int:
    """Do the main job on bundled data in a folder, show each step, and say where everything is."""
    units = into / "下级单位"
    units.mkdir(parents=True, exist_ok=True)
    published = into / "published-report.txt"
    published.write_text(_bundled("published_report.txt"), encoding="utf-8")
    book = into / f"{UNIT}.xlsm"
    console.step(f"一、填表：由已公开的报告 {published.name} 填入新建的工作簿")
    _make_book(book, UNIT, published)
    console.step("二、审核：表内勾稽，正文与表格一致")
    result = check_file(CheckRequest(book, TOUR_DAY))
    print_check(result)
    console.step("三、汇总：三个单位的报表，另有一份损坏的文件和一个未报的单位")
    rollup_book = _roll_up(into, units, book)
    console.step("四、生成报告")
    report = write_report(ReportRequest(book, into / "报告", ["docx", "html"], TOUR_DAY))
    print_files(
        [
            ("填好的工作簿（审核结果在其中）", book),
            ("汇总工作簿（统计表、分户表、小计表、收表情况、审核结果）", rollup_book),
            *[("年度报告", path) for path in report.files],
        ]
    )
    return 0


def _make_book(path: Path, unit: str, source: Path) -> None:
    path.unlink(missing_ok=True)
    create_workbook(EDITION, path, unit, YEAR)
    result = fill_file(path, source)
    console.tell(f"已填 {len(result.changes)} 格：{path.name}")


def _roll_up(into: Path, units: Path, book: Path) -> Path:
    (units / book.name).write_bytes(book.read_bytes())
    for name, unit in (("sample_unit_a.json", "示例单位甲"), ("sample_unit_b.json", "示例单位乙")):
        source = into / name
        source.write_text(_bundled(name), encoding="utf-8")
        _make_book(units / f"{unit}.xlsm", unit, source)
        source.unlink()
    (units / DAMAGED).write_bytes(book.read_bytes()[:5000])
    roster = into / "单位名录.csv"
    lines = ["单位名称,上级单位,单位类别,联系人,电话"]
    lines += [f"{unit},{PARENT},工作部门,示例联系人,000-000{number}" for number, unit in enumerate(ROSTER_UNITS, 1)]
    roster.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    output = into / "汇总.xlsm"
    output.unlink(missing_ok=True)
    with console.progress("读取报表") as advance:
        rollup = aggregate_folder(RollupRequest(units, output, roster, EDITION, YEAR), advance)
    print_rollup(rollup)
    console.tell(f"追溯其中的一个数（xl-disclosure trace {output.name} {TRACED}）：")
    print_trace(trace_book(output, TRACED))
    return output


def _bundled(name: str) -> str:
    return files("xl_disclosure.demo").joinpath(name).read_text(encoding="utf-8")

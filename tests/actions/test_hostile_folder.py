"""A folder of units' files that are out to do harm, or are no returns: each is listed, and the good ones add up."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.actions.conftest import Run
from tests.actions.test_aggregate import write_facts
from tests.programs import Validate
from tests.returns.packages import change_part
from tests.returns.writers import Report, write_docx, write_html, write_xlsx
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress

EDITION = load_edition("2014")
DISCLOSED = FactAddress("statistics.disclosed.count")
FIRST_SHEET = "xl/worksheets/sheet1.xml"
LIVE_TEXTS = (
    '=HYPERLINK("http://example.com","点")',
    "+1+1",
    "@SUM(A1)",
    "-1+1",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
)
"""What a program may take for a formula or a page for a script."""


def report(unit: str, disclosed: int = 1) -> Report:
    """Return a report that says one figure and else 0."""
    return Report(EDITION, unit, 2018, dict.fromkeys(EDITION.facts, 0) | {DISCLOSED: disclosed})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two good returns."""
    units = tmp_path / "units"
    units.mkdir()
    write_xlsx(report("甲局", 10), units / "甲.xlsx")
    write_docx(report("乙局", 5), units / "乙.docx")
    return units


def roll_up(run: Run, folder: Path) -> tuple[dict[str, Any], Path]:
    """Return what a roll-up prints, and its workbook."""
    output = folder.parent / "汇总.xlsm"
    status, printed, complaint = run("aggregate", folder, "-o", output, "--edition", "2014", "--year", 2018, "--json")
    assert status in (0, 1), complaint
    return json.loads(printed), output


def put_hostile_files(folder: Path) -> dict[str, str]:
    """Put files into the folder that none can be read from; return what is to be said of each by its name."""
    sample = (folder / "甲.xlsx").read_bytes()

    def put(name: str, content: bytes, words: str) -> None:
        (folder / name).write_bytes(content)
        expected[name] = words

    expected: dict[str, str] = {}
    put("空.xlsx", b"", "0 字节")
    put("~$甲.xlsx", b"\x05user" + b" " * 160, "临时文件")
    put("半份.xlsx", sample[: len(sample) // 2], "不完整或已损坏")
    put("改名.xlsx", "一、主动公开情况\t条\t5\n".encode(), "不是 .xlsx 文件的内容")
    put("扫描.pdf", b"%PDF-1.7\n", "PDF")
    put("通讯录.txt", "张三 13000000000\n".encode(), "没有找到")
    put("长" * 80 + ".xlsx", b"PK", "不是 .xlsx 文件的内容")
    put("炸弹.xlsx", sample, "异常庞大")
    change_part(folder / "炸弹.xlsx", FIRST_SHEET, b"<sheetData>", b"<sheetData>" + b" " * 80_000_000)
    put("实体.xlsx", sample, "实体定义")
    change_part(folder / "实体.xlsx", FIRST_SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet')
    outside = folder.parent / "外面.xlsx"
    write_xlsx(report("外面局", 1000), outside)
    (folder / "链接.xlsx").symlink_to(outside)
    expected["链接.xlsx"] = "指向文件夹以外的链接"
    (folder / "断了的链接").symlink_to(folder.parent / "没有")
    expected["断了的链接"] = "指向文件夹以外的链接"
    (folder / "链接到上级").symlink_to(folder.parent)
    expected["链接到上级"] = "指向文件夹以外的链接"
    os.mkfifo(folder / "管道.xlsx")
    expected["管道.xlsx"] = "不是文件"
    return expected


def test_each_bad_file_is_listed_with_its_reason_and_the_good_ones_add_up(run: Run, folder: Path) -> None:
    expected = put_hostile_files(folder)
    found, output = roll_up(run, folder)
    statuses = {unit["file"]: unit["status"] for unit in found["units"]}
    assert statuses == {"甲.xlsx": "received", "乙.docx": "received", **dict.fromkeys(expected, "unreadable")}
    assert found["facts"][DISCLOSED] == 15
    listed = openpyxl.load_workbook(output)["收表情况"]
    said = {row[2].value: str(row[3].value) for row in listed.iter_rows(min_row=4, max_row=3 + len(statuses))}
    assert {name: words for name, words in expected.items() if words not in said[name]} == {}
    assert listed["A2"].value.startswith(f"文件 {len(statuses)} 份 = 计入 2 份 + 未计入 {len(expected)} 份")


def test_a_file_that_can_be_read_in_spite_of_all_is_read(run: Run, folder: Path) -> None:
    rows = b"".join(b'<row r="%d" spans="1:3" ht="15" customHeight="1"/>' % row for row in range(100, 1_000_000))
    change_part(folder / "甲.xlsx", FIRST_SHEET, b"</sheetData>", rows + b"</sheetData>")
    far = folder / "丙.xlsx"
    write_xlsx(report("丙局", 2), far)
    book = openpyxl.load_workbook(far)
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(far)
    found, _ = roll_up(run, folder)
    assert [unit["status"] for unit in found["units"]] == ["received"] * 3
    assert found["facts"][DISCLOSED] == 17


@pytest.mark.parametrize("text", LIVE_TEXTS)
def test_text_of_a_unit_never_comes_out_live(
    text: str, run: Run, folder: Path, ooxml_validator: Validate, tmp_path: Path
) -> None:
    name = text.replace("/", "／")
    write_facts(folder, f"{name}.json", text, "2014", 2018, disclosed=1)
    page = folder / f"{name}.html"
    write_html(report("丁局"), page)
    page.write_bytes(page.read_bytes().replace(b"<span>0&nbsp;", f"<span>{text}&nbsp;".encode("gb18030"), 1))
    found, output = roll_up(run, folder)
    assert text in [unit["unit"] for unit in found["units"]]
    book = openpyxl.load_workbook(output)
    for sheet in ("收表情况", "分户表", "审核结果"):
        cells = [cell for row in book[sheet].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if text in str(cell.value) or name in str(cell.value)} <= {"s"}
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        assert all(cell.hyperlink is None or cell.hyperlink.target is None for cell in cells)
    assert text in [row[0].value for row in book["分户表"].iter_rows(min_row=5)]
    assert ooxml_validator(output) == []
    run("report", output, "-o", tmp_path / "报告")
    for made in (tmp_path / "报告").glob("*.html"):
        assert made.read_text(encoding="utf-8").count("<script") == 1


@pytest.mark.parametrize("name", ["控制\x01符.json", "引号\"和'&<.json", "换\n行.json", "甲..json", "\udcff.json"])
def test_whatever_a_file_is_called_the_roll_up_is_whole(
    name: str, run: Run, folder: Path, ooxml_validator: Validate
) -> None:
    write_facts(folder, "丙.json", "丙局", "2014", 2018, disclosed=1)
    (folder / "丙.json").rename(folder / name)
    found, output = roll_up(run, folder)
    assert found["facts"][DISCLOSED] == 16
    assert len(found["units"]) == 3
    assert ooxml_validator(output) == []
    assert openpyxl.load_workbook(output)["收表情况"].max_row >= 6


def test_reading_starts_no_program_and_opens_no_connection(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    linked = folder / "丁.xlsx"
    write_xlsx(report("丁局", 3), linked)
    relation = (
        b'<Relationship Id="rId99" Target="http://localhost:1/x.xlsx" TargetMode="External" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"/></Relationships>'
    )
    change_part(linked, "xl/_rels/workbook.xml.rels", b"</Relationships>", relation)
    formula = b"<c r='C5'><f>[1]Sheet1!A1</f><v>4</v></c>"
    change_part(linked, FIRST_SHEET, b'<c r="C5" t="n"><v>3</v></c>', formula)
    run("new", "2014", "-o", folder / "戊.xlsm", "--unit", "戊局", "--year", 2018)
    write_facts(tmp_path, "facts.json", "戊局", "2014", 2018, disclosed=7)
    run("fill", folder / "戊.xlsm", "--from", tmp_path / "facts.json")

    def forbid(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be started or connected")

    for forbidden in ("subprocess.Popen.__init__", "os.system", "os.startfile", "socket.socket.connect"):
        monkeypatch.setattr(forbidden, forbid, raising=False)
    found, _ = roll_up(run, folder)
    assert [unit["status"] for unit in found["units"]] == ["received"] * 4
    assert found["facts"][DISCLOSED] == 10 + 5 + 4 + 7

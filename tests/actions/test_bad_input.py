"""Bad input gives a Chinese message that names file, sheet, cell and remedy; nothing is written."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from openpyxl import Workbook, load_workbook

from tests.actions.conftest import Run

Damage = Callable[[Workbook], None]


def type_into(cell: str, value: str | float | None) -> Damage:
    def damage(workbook: Workbook) -> None:
        workbook["统计表"][cell] = value

    return damage


def insert_row(workbook: Workbook) -> None:
    workbook["统计表"].insert_rows(8)


def insert_named_row(workbook: Workbook) -> None:
    insert_row(workbook)
    workbook["统计表"]["A8"] = "其中:主动公开其他文件数"
    workbook["统计表"]["C8"] = 3


DAMAGES: dict[str, tuple[Damage, str, str]] = {
    "a row inserted": (insert_row, "8", "删"),
    "a row of the clerk's own inserted": (insert_named_row, "A8", "其中:主动公开其他文件数"),
    "a label changed": (type_into("A10", "1.网站和新媒体公开数"), "A10", "1.网站公开政府信息数"),
    "12万": (type_into("C6", "12万"), "C6", "12万"),
    "full-width digits": (type_into("C6", "１２"), "C6", "已按 12 读取"),
    "negative": (type_into("C6", -3), "C6", "负数"),
    "not whole": (type_into("C6", 1.5), "C6", "整数"),
    "blank": (type_into("C6", None), "C6", "填"),
    "error value": (type_into("C6", "#REF!"), "C6", "#REF!"),
}
ACCEPTED = {"full-width digits"}
"""Read by a stated policy and told of."""


def damaged(book: Path, name: str) -> Path:
    workbook = load_workbook(book, keep_vba=True)
    DAMAGES[name][0](workbook)
    path = book.with_name("有误.xlsm")
    workbook.save(path)
    return path


@pytest.mark.parametrize("name", DAMAGES)
def test_checking_names_file_sheet_cell_and_remedy_and_writes_nothing(name: str, run: Run, book: Path) -> None:
    path = damaged(book, name)
    before = path.read_bytes()
    status, output, complaints = run("check", path)
    said = output + complaints
    _, cell, words = DAMAGES[name]
    assert status == (0 if name in ACCEPTED else 1)
    assert path.name in said
    assert "统计表" in said
    assert cell in said
    assert words in said
    assert "处理办法" in said
    if name not in ACCEPTED:
        assert path.read_bytes() == before


@pytest.mark.parametrize("name", [name for name in DAMAGES if name not in ACCEPTED and name != "blank"])
def test_taking_figures_from_it_is_refused_and_the_workbook_stays_as_it_is(name: str, run: Run, book: Path) -> None:
    path = damaged(book, name)
    fresh = book.with_name("新.xlsm")
    run("new", "2014-xingyi", "-o", fresh, "--unit", "甲", "--year", 2016)
    before = fresh.read_bytes()
    status, _, complaint = run("fill", fresh, "--from", path)
    assert status == 2
    assert path.name in complaint
    assert "统计表" in complaint
    assert fresh.read_bytes() == before


def encrypted(book: Path) -> Path:
    path = book.with_name("加密.xlsx")
    output = io.BytesIO()
    with book.open("rb") as source:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("secret", output)
    path.write_bytes(output.getvalue())
    return path


def renamed_text(book: Path) -> Path:
    path = book.with_name("其实是文本.xlsx")
    path.write_text("这不是工作簿", encoding="utf-8")
    return path


def missing(book: Path) -> Path:
    return book.with_name("没有.xlsx")


def empty(book: Path) -> Path:
    path = book.with_name("空.xlsx")
    path.write_bytes(b"")
    return path


def cut_off(book: Path) -> Path:
    path = book.with_name("半份.xlsx")
    path.write_bytes(book.read_bytes()[:9000])
    return path


@pytest.mark.parametrize("make", [encrypted, renamed_text, missing, empty, cut_off])
@pytest.mark.parametrize("command", ["read", "check", "fill", "report"])
def test_a_file_that_cannot_be_used_ends_every_command_with_2(
    make: Callable[[Path], Path], command: str, run: Run, book: Path, tmp_path: Path
) -> None:
    path = make(book)
    kept = {file: file.read_bytes() for file in tmp_path.iterdir()}
    words = {
        "read": ["read", path],
        "check": ["check", path],
        "fill": ["fill", book, "--from", path],
        "report": ["report", path, "-o", tmp_path / "报告"],
    }[command]
    status, output, complaint = run(*words)
    assert status == 2
    assert output == ""
    assert path.name in complaint
    assert "处理办法" in complaint
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == kept


def test_what_nobody_foresaw_is_told_beside_its_details(
    run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("张三")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("xl_disclosure.actions.check.check_file", fail)
    status, _, complaint = run("check", book)
    assert (status, "命令 check 没有做完：程序自己出了错" in complaint) == (4, True)
    details = (tmp_path / "xl-disclosure（出错详情）.txt").read_text(encoding="utf-8")
    assert ("RuntimeError" in details, "张三" in details) == (True, False)

"""Whatever a file does, it is read to its true facts or set aside with a message: fast, and never with a crash."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from tests.returns.packages import change_part, parts, write_parts
from tests.returns.reports import sample_report
from tests.returns.writers import write_cell_lines, write_docx, write_html, write_xlsx
from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.resources import templates_directory
from xl_disclosure.returns.read import read_file

REPORT = sample_report("2014", 2018)
FIRST_SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LONGEST = 2.0
"""Seconds of work for any one file, on a slow machine; most take a hundredth."""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Give a report as a plain workbook."""
    path = tmp_path / "某局.xlsx"
    write_xlsx(REPORT, path)
    return path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Give a fresh workbook of ours, which keeps its texts in a part of their own as Excel does."""
    path = tmp_path / "某局.xlsm"
    path.write_bytes((templates_directory() / "2014.xlsm").read_bytes())
    return path


@pytest.fixture(autouse=True)
def _is_fast() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < LONGEST


def refuse(path: Path, words: str) -> None:
    """Hold that a file is refused with these words, its name, and a remedy."""
    with pytest.raises(InputError) as caught:
        read_file(path)
    said = str(caught.value)
    assert path.name[:40] in said
    assert words in said
    assert "处理办法" in said


# Files that are nothing to read.


def test_a_missing_file(tmp_path: Path) -> None:
    refuse(tmp_path / "没有.xlsx", "没有这个文件")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "夹.xlsx"
    folder.mkdir()
    refuse(folder, "不是文件")


def test_a_named_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "管.xlsx"
    os.mkfifo(pipe)
    refuse(pipe, "不是文件")


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    refuse(path, "0 字节")


def test_the_lock_file_of_an_open_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$某局.xlsx"
    path.write_bytes(b"\x05user" + b" " * 160)
    refuse(path, "临时文件")


def test_a_text_file_renamed(tmp_path: Path) -> None:
    path = tmp_path / "其实是文本.xlsx"
    path.write_text("一、主动公开情况\t条\t5\n", encoding="utf-8")
    refuse(path, "不是 .xlsx 文件的内容")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("报告.pdf", b"%PDF-1.7\n", "PDF"),
        ("报表.rar", b"Rar!\x1a\x07\x00", "压缩包"),
        ("报表.xlsx", b"\x89PNG\r\n\x1a\n", "图片"),
        ("报表.bin", b"\x00\x01\x02\x03" * 100, "不是 .bin 文件"),
        ("报表.txt", b"\x00\x01\x02\x03" * 100, "看不懂"),
        ("报表.txt", b"\xff\x81\x81\xff", "编码"),
        ("报表.json", b"{", "JSON"),
        ("报表.json", b"[1]", "JSON"),
        ("报表.json", b'{"facts": {}}', "版式"),
        ("报表.json", b'{"edition": "2021"}', "facts"),
        ("报表.json", b'{"edition": "2022", "facts": {}}', "2022"),
        ("报表.json", b'{"facts": ' + b"[" * 100_000, "JSON"),
        ("报表.txt", "长".encode() * 6_000_000, "16 MB"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_file_of_another_kind(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refuse(path, words)


def test_a_zip_of_workbooks(sheet: Path, tmp_path: Path) -> None:
    path = tmp_path / "各单位.zip"
    write_parts(path, {"某局.xlsx": sheet.read_bytes()})
    refuse(path, "压缩包")


def test_an_encrypted_workbook(sheet: Path, tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    output = io.BytesIO()
    with sheet.open("rb") as source:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("secret", output)
    path.write_bytes(output.getvalue())
    refuse(path, "已加密")


def test_a_zip_with_encrypted_members(sheet: Path) -> None:
    content = bytearray(sheet.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    sheet.write_bytes(content)
    refuse(sheet, "已加密")


# Files cut short or damaged.


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
@pytest.mark.parametrize("write", [write_xlsx, write_docx], ids=["xlsx", "docx"])
def test_a_file_cut_short(share: float, write: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "半份.xlsx"
    write(REPORT, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refuse(path, "不完整或已损坏")


def test_a_member_that_is_not_what_its_checksum_says(sheet: Path) -> None:
    content = sheet.read_bytes()
    at = content.rfind(b"PK\x01\x02")
    checksum = content[at + 16 : at + 20]
    sheet.write_bytes(content.replace(checksum, b"\x01\x02\x03\x04"))
    assert zlib.crc32(b"") != struct.unpack("<L", checksum)[0]
    assert_true_or_refused(sheet)


def assert_true_or_refused(path: Path) -> None:
    """Hold that a file is read to its true facts or refused."""
    try:
        returned = read_file(path)
    except InputError:
        return
    assert returned.facts == REPORT.facts


@pytest.mark.parametrize("part", ["xl/workbook.xml", FIRST_SHEET, "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_a_part_that_is_missing_or_no_xml(part: str, sheet: Path) -> None:
    content = parts(sheet)
    write_parts(sheet, {**content, part: b"<worksheet><sheetData>"})
    refuse(sheet, "损坏")
    del content[part]
    write_parts(sheet, content)
    with pytest.raises(InputError):
        read_file(sheet)


@pytest.mark.parametrize("value", [b"abc", b"0x10", b"1E999999999", b"1-2"])
def test_a_number_that_is_none(value: bytes, sheet: Path) -> None:
    change_part(sheet, FIRST_SHEET, b"<v>1000</v>", b"<v>" + value + b"</v>")
    refuse(sheet, "损坏")


@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"1E300"])
def test_a_number_beyond_all_counting(value: bytes, sheet: Path) -> None:
    change_part(sheet, FIRST_SHEET, b"<v>1000</v>", b"<v>" + value + b"</v>")
    returned = read_file(sheet)
    assert returned.entries[FactAddress("statistics.disclosed.count")].value is None
    assert [problem.place.cell for problem in returned.problems] == ["C5"]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="C6" t="n"><v>1000</v></c>',
        b'<c r="C" t="n"><v>1000</v></c>',
        b'<c r="C5" t="n"><v>1000<c></v></c></c>',
        b'<c r="C5" t="n"><v>1000</v><x></c>',
        b'<c r="C5" t="n"><v>1000</v>',
    ],
)
def test_a_cell_out_of_its_row_or_without_its_end(cell: bytes, sheet: Path) -> None:
    change_part(sheet, FIRST_SHEET, b'<c r="C5" t="n"><v>1000</v></c>', cell)
    refuse(sheet, "损坏")


@pytest.mark.parametrize("number", [b"-1", b"99999", b"x"])
def test_a_text_that_is_not_there(number: bytes, template: Path) -> None:
    change_part(template, "xl/worksheets/sheet3.xml", b't="s"><v>', b't="s"><v>' + number)
    refuse(template, "损坏")


# Files made to hurt.


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD5", "ZZ200000"])
@pytest.mark.parametrize("value", [9, " ", "x"])
def test_a_stray_value_far_from_the_form(cell: str, value: object, sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0][cell] = value  # type: ignore[assignment]
    book.save(sheet)
    returned = read_file(sheet)
    assert returned.facts == REPORT.facts
    assert returned.problems == ()


def test_numbers_too_long_for_any_sheet(sheet: Path) -> None:
    long = b"9" * 5000
    change_part(sheet, FIRST_SHEET, b'<row r="4"', b'<!-- --><row r="' + long + b'"')
    assert_true_or_refused(sheet)


def test_a_million_phantom_rows(sheet: Path) -> None:
    rows = b"".join(b'<row r="%d" spans="1:3" ht="15" customHeight="1"/>' % row for row in range(100, 1_000_000))
    change_part(sheet, FIRST_SHEET, b"</sheetData>", rows + b"</sheetData>")
    assert read_file(sheet).facts == REPORT.facts


def test_a_zip_bomb_in_a_part_that_is_read(sheet: Path) -> None:
    change_part(sheet, FIRST_SHEET, b"<sheetData>", b"<sheetData>" + b" " * 80_000_000)
    refuse(sheet, "异常庞大")


def test_a_zip_bomb_in_a_part_that_is_not_read(sheet: Path) -> None:
    write_parts(sheet, {**parts(sheet), "xl/media/image1.png": b"\0" * 80_000_000})
    assert read_file(sheet).facts == REPORT.facts


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_entities_in_a_workbook(part: str, template: Path) -> None:
    change_part(template, part, b"?>", b"?>" + ENTITIES)
    refuse(template, "实体定义")


def test_entities_in_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "某局.docx"
    write_docx(REPORT, path)
    change_part(path, "word/document.xml", b"<w:document", ENTITIES + b"<w:document")
    refuse(path, "实体定义")


def test_deep_nesting(sheet: Path, tmp_path: Path) -> None:
    deep = 100_000
    change_part(sheet, FIRST_SHEET, b"<sheetData>", b"<x>" * deep + b"</x>" * deep + b"<sheetData>")
    assert_true_or_refused(sheet)
    page = tmp_path / "某局.html"
    write_html(REPORT, page)
    page.write_bytes(page.read_bytes().replace(b"<h1>", b"<div>" * deep + b"<h1>", 1))
    assert_true_or_refused(page)
    document = tmp_path / "某局.docx"
    write_docx(REPORT, document)
    change_part(document, "word/document.xml", b"<w:body>", b"<w:body>" + b"<w:sdt>" * deep + b"</w:sdt>" * deep)
    assert_true_or_refused(document)


def test_more_than_any_report_has(tmp_path: Path) -> None:
    page = tmp_path / "某局.html"
    write_html(REPORT, page)
    content = page.read_bytes()
    page.write_bytes(content.replace(b"<h1>", b"<table>" + b"<tr><td>1<td>1<td>1" * 60_000 + b"</table><h1>", 1))
    assert_true_or_refused(page)
    page.write_bytes(content.replace(b"<h1>", b"<table><tr><td>1<td>1</table>" * 30_000 + b"<h1>", 1))
    assert_true_or_refused(page)
    text = tmp_path / "某局.txt"
    write_cell_lines(REPORT, text)
    text.write_bytes(text.read_bytes() + "甲 |\n".encode() * 1_000_000)
    assert read_file(text).facts == REPORT.facts


def test_spans_beyond_all_measure(tmp_path: Path) -> None:
    path = tmp_path / "某局.html"
    write_html(REPORT, path)
    spans = b'<td rowspan="99999999" colspan="99999999">'
    path.write_bytes(path.read_bytes().replace(b'<td rowspan="1" colspan="1">', spans, 1))
    refuse(path, "没有找到")


def test_merged_areas_beyond_all_measure(sheet: Path) -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="E1:XFD1048576"/></mergeCells>'
    change_part(sheet, FIRST_SHEET, b"</sheetData>", merged)
    assert read_file(sheet).facts == REPORT.facts


def test_a_name_of_three_hundred_characters_is_only_said(sheet: Path) -> None:
    path = sheet.with_name("长" * 80 + ".xlsx")
    sheet.rename(path)
    assert read_file(path).facts == REPORT.facts


def test_relations_that_lead_out_of_the_file(sheet: Path) -> None:
    change_part(sheet, "xl/_rels/workbook.xml.rels", b"/xl/worksheets/sheet1.xml", b"../../../../etc/passwd")
    refuse(sheet, "损坏")


def test_formulas_and_markup_in_text_are_text(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    page["C5"] = "<script>alert(1)</script>"
    page["C6"].value = "=cmd|' /C calc'!A0"
    page["C6"].data_type = "s"
    book.save(sheet)
    returned = read_file(sheet)
    texts = [problem.text for problem in returned.problems]
    assert texts == ["<script>alert(1)</script>", "=cmd|' /C calc'!A0"]


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "巨大.xlsx"
    with path.open("wb") as output:
        output.seek(101 * 1024 * 1024)
        output.write(b"\0")
    refuse(path, "100 MB")

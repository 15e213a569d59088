"""Make workbooks that hold what clerks add by hand, and take packages apart."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

FORM = "统计表"
LIST = "审核结果"
OTHER = "另一张表"

LABELS = ("级别", "位置", "问题")
LIST_FIRST_ROW = 3


def make_book(path: Path, write: Callable[[Any], None]) -> Path:
    """Make a workbook at `path` with XlsxWriter, its sheets written by `write`."""
    with xlsxwriter.Workbook(path) as book:
        write(book)
    return path


def make_furnished_book(path: Path) -> Path:
    """Make a workbook with a form, a list and a third sheet, furnished with all that openpyxl loses."""
    return make_book(path, _write_furnished_book)


def _write_furnished_book(book: Any) -> None:
    form = book.add_worksheet(FORM)
    money = book.add_format({"num_format": "0.00", "border": 1})
    red, bold = book.add_format({"color": "red"}), book.add_format({"bold": True})
    form.write("A1", "政府信息公开情况统计表", bold)
    form.write_rich_string("A2", bold, "填报单位", red, "（盖章）")
    form.write_column("B4", [3, 0, 12.5], money)
    form.write_formula("B7", "SUM(B4:B6)", money, 15.5)
    form.write_boolean("C4", True)
    form.write_formula("C5", "1/0", None, "#DIV/0!")
    form.write_formula("C6", 'IF(B4>1,"是","")', None, "是")
    form.write_url("D7", f"internal:'{LIST}'!A1", string="见审核结果")
    form.write_url("D8", "https://www.gov.cn/", string="依据")
    form.insert_textbox("F2", "手工加的文本框")
    form.write_comment("B4", "手工加的批注")
    form.insert_image("F8", "seal.png", {"image_data": io.BytesIO(_draw_picture())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{FORM}'!$B$4:$B$6"})
    form.insert_chart("F20", chart)
    form.add_sparkline("E4", {"range": f"'{FORM}'!B4:B6"})
    form.conditional_format("B4:B6", {"type": "data_bar", "data_bar_2010": True})
    form.conditional_format("B7", {"type": "cell", "criteria": "<", "value": 0, "format": red})
    form.data_validation("B4:B6", {"validate": "decimal", "criteria": ">=", "value": 0})
    form.set_header("&C&G", {"image_center": "seal.png", "image_data_center": io.BytesIO(_draw_picture())})
    form.merge_range("A9:C9", "合并的一行", bold)
    form.protect()
    _write_list(book, book.add_worksheet(LIST))
    book.add_worksheet(OTHER).write("A1", "不相干的内容")


def _write_list(book: Any, sheet: Any) -> None:
    sheet.write_row(LIST_FIRST_ROW - 1, 0, LABELS)
    bordered = book.add_format({"border": 1, "text_wrap": True, "locked": False})
    linked = book.add_format({"border": 1, "underline": 1, "color": "blue"})
    sheet.set_row(LIST_FIRST_ROW, 30)
    for row in range(LIST_FIRST_ROW, LIST_FIRST_ROW + 3):
        sheet.write_row(row, 0, ["错误", "", f"旧问题{row}"], bordered)
        sheet.write_url(row, 1, f"internal:'{FORM}'!B4", linked, "旧位置")
    sheet.write(LIST_FIRST_ROW + 1, 5, "右边的备注")
    sheet.write_url(LIST_FIRST_ROW + 1, 6, f"internal:'{FORM}'!A1", string="右边的链接")


def _draw_picture() -> bytes:
    """Draw the smallest picture there is: one red point as PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    point = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", point) + chunk(b"IEND", b"")


def read_members(package: bytes) -> dict[str, bytes]:
    """Return the content of every member of a package, in order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replace_members(package: bytes, replaced: Mapping[str, str | bytes]) -> bytes:
    """Return the package with members replaced, or added at its end."""
    members: dict[str, str | bytes] = {**read_members(package), **replaced}
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return output.getvalue()

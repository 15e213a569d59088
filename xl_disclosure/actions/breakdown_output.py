"""分户表 of a large roll-up written into files beside the workbook.

The .xlsx is written row by row as it is made, so that memory does not grow with it; the same lines stand in a .parquet
for programs, where pyarrow is installed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from xl_disclosure.actions.breakdown_file import (
    HEAD_ROWS,
    BreakdownFile,
    breakdown_path,
    digest_of,
    parquet_path,
    stands_beside,
)
from xl_disclosure.actions.breakdown_parquet import write_parquet
from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.beside import Beside
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.workbook.layout import CORRECTION_MARK, UNITS_COLUMNS, UNITS_FIRST_FACT_COLUMN, UNITS_SHEET
from xl_disclosure.workbook.xml_text import encode_cell_text

_SHEET_PART = "xl/worksheets/sheet1.xml"
_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of everything in the file: the same lines give the same bytes."""

_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_ROWS_AT_A_TIME = 200

FindFile = Callable[[], BreakdownFile | None]
"""Waits for the file that 分户表 stands in; None where it stands in the workbook."""


@contextmanager
def written_beside(output: Path, edition: Edition, lines: Sequence[BreakdownLine]) -> Iterator[FindFile]:
    """Begin to write lines that are more than a workbook takes easily into files that wait beside it.

    What waits for them puts them in the place of those of an earlier roll-up; without it these stay as they are. It
    raises InputError, as entering does, where the files cannot be written there.
    """
    if not stands_beside(lines):
        yield lambda: None
        return
    with ExitStack() as stack:
        with _explaining(output, lines):
            folder = Path(stack.enter_context(TemporaryDirectory(prefix=".xl-disclosure-", dir=output.parent)))
        digest = stack.enter_context(Beside(partial(_write_files, folder, output, edition, lines)))
        yield lambda: _put_in_place(folder, output, lines, digest.result())


@contextmanager
def _explaining(output: Path, lines: Sequence[BreakdownLine]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{UNITS_SHEET}有 {len(lines)} 行，要另存一个文件，却写不进去（{error.strerror}）"
        remedy = "关闭打开着的分户表文件，检查磁盘空间和权限后重试"
        raise InputError(what, remedy, Place(str(breakdown_path(output)))) from error


def _write_files(folder: Path, output: Path, edition: Edition, lines: Sequence[BreakdownLine]) -> str:
    """Write the lines as .xlsx and, where pyarrow is installed, as .parquet; return the SHA-256 of the former."""
    path = folder / breakdown_path(output).name
    with _explaining(output, lines):
        with path.open("wb") as file:
            _write_workbook(file, edition, lines)
        write_parquet(folder / parquet_path(output).name, edition, lines)
        return digest_of(path)


def _put_in_place(folder: Path, output: Path, lines: Sequence[BreakdownLine], digest: str) -> BreakdownFile:
    path = breakdown_path(output)
    with _explaining(output, lines):
        (folder / path.name).replace(path)
        table = folder / parquet_path(output).name
        if table.exists():
            table.replace(parquet_path(output))
        else:
            parquet_path(output).unlink(missing_ok=True)
    return BreakdownFile(path, digest)


def _write_workbook(file: IO[bytes], edition: Edition, lines: Sequence[BreakdownLine]) -> None:
    with zipfile.ZipFile(io.BytesIO(_empty_workbook(edition))) as empty:
        parts = {name: empty.read(name) for name in empty.namelist()}
    corner = cell_name(HEAD_ROWS + len(lines) - 1, UNITS_FIRST_FACT_COLUMN + len(edition.facts) - 1)
    sheet_part = _DIMENSION.sub(f'<dimension ref="A1:{corner}"/>'.encode(), parts.pop(_SHEET_PART))
    before, after = sheet_part.split(b"</sheetData>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(_member(name), content)
        with package.open(_member(_SHEET_PART), "w") as sheet:
            sheet.write(before)
            for first in range(0, len(lines), _ROWS_AT_A_TIME):
                sheet.write("".join(map(_row, lines[first : first + _ROWS_AT_A_TIME])).encode())
            sheet.write(b"</sheetData>" + after)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _MADE)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _row(line: BreakdownLine) -> str:
    heads = (line.unit, line.code, line.parent, line.category, CORRECTION_MARK if line.is_correction else line.file)
    texts = "".join([_text_cell(head) if head else "<c/>" for head in heads])
    figures = "<c><v>%s</v></c>" * len(line.figures) % tuple(line.figures)
    return f"<row>{texts}{figures}</row>".replace("<c><v>None</v></c>", "<c/>")


def _text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{encode_cell_text(text)}</t></is></c>'


def _empty_workbook(edition: Edition) -> bytes:
    """Return the workbook with its heads alone."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(*_MADE)})  # noqa: DTZ001 - no moment, but always the same
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        sheet = book.add_worksheet(UNITS_SHEET)
        for column, listed in enumerate(UNITS_COLUMNS):
            sheet.set_column(column, column, listed.width)
            sheet.write_string(0, column, listed.label, head)
        for column, (address, name) in enumerate(edition.fact_names.items(), start=UNITS_FIRST_FACT_COLUMN):
            sheet.write_string(0, column, name, head)
            sheet.write_string(1, column, address)
        sheet.freeze_panes(HEAD_ROWS, 1)
    return content.getvalue()

"""分户表 in a file of its own beside the workbook, where a roll-up has more units than a spreadsheet takes easily.

The .xlsx is written row by row as it is made, so that memory does not grow with it; the same lines stand in a .parquet
for programs, where pyarrow is installed. The workbook links to the file and keeps its SHA-256.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from xl_disclosure.actions.breakdown_parquet import write_parquet
from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.returns.sources.document import number_from_float
from xl_disclosure.rollup.beside import Beside
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.workbook.layout import (
    CORRECTION_MARK,
    UNITS_COLUMNS,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_SHEET,
)
from xl_disclosure.workbook.xml_text import encode_cell_text

MOST_IN_WORKBOOK = 5_000
"""Lines. Excel opens, counts and saves that many rows of two hundred columns in seconds."""

HEAD_ROWS = 2
"""The names of the columns, and the addresses of the facts."""

BREAKDOWN_ENDINGS = (f".{UNITS_SHEET}.xlsx", f".{UNITS_SHEET}.parquet")
"""What the names of such files end in."""

MEMORY_KEY = "breakdown_file"
"""What the workbook keeps of the file in its hidden sheet: its SHA-256 and its name."""

_SHEET_PART = "xl/worksheets/sheet1.xml"
_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of everything in the file: the same lines give the same bytes."""

_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_ROWS_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class BreakdownFile:
    """Name the file of 分户表 that belongs to a workbook, with the SHA-256 of its content."""

    path: Path
    digest: str

    @property
    def note(self) -> str:
        """Return what the workbook keeps of it."""
        return f"{self.digest} {self.path.name}"


FindFile = Callable[[], BreakdownFile | None]
"""Waits for the file that 分户表 stands in; None where it stands in the workbook."""


def stands_beside(lines: Sequence[BreakdownLine]) -> bool:
    """Tell whether there are more lines than a workbook takes easily."""
    return len(lines) > MOST_IN_WORKBOOK


def breakdown_path(output: Path) -> Path:
    """Return where 分户表 of a workbook stands when it stands beside it."""
    return output.with_name(f"{output.stem}{BREAKDOWN_ENDINGS[0]}")


def parquet_path(output: Path) -> Path:
    """Return where the same lines stand for programs."""
    return output.with_name(f"{output.stem}{BREAKDOWN_ENDINGS[1]}")


def known_file(clerk: ClerkBook) -> BreakdownFile | None:
    """Return the file that a workbook's 分户表 stands in; None where it stands in the workbook."""
    _, text = clerk.memory.get(MEMORY_KEY, (0, ""))
    digest, _, name = text.partition(" ")
    return BreakdownFile(clerk.path.with_name(name), digest) if name else None


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
        with path.open("rb") as file:
            return _digest(file)


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


def read_breakdown_file(known: BreakdownFile, edition: Edition) -> list[BreakdownLine]:
    """Return the lines of a workbook's file.

    Raises InputError when the file is not there, or is not the one that was written.
    """
    if not known.path.is_file():
        raise InputError(f"{UNITS_SHEET}的文件不在工作簿旁边", "把它放回同一文件夹，或重新汇总", Place(known.path.name))
    if not is_as_written(known):
        raise InputError(f"{UNITS_SHEET}的文件在汇总以后改动过", "重新汇总", Place(known.path.name))
    from openpyxl import load_workbook

    with closing(load_workbook(known.path, read_only=True)) as book:
        rows = book[UNITS_SHEET].iter_rows(min_row=HEAD_ROWS + 1, values_only=True)
        return [_line(row, len(edition.facts)) for row in rows]


def _line(row: Sequence[object], width: int) -> BreakdownLine:
    unit, code, parent, category, file = (str(cell or "") for cell in row[:UNITS_FIRST_FACT_COLUMN])
    figures = [_figure(cell) for cell in row[UNITS_FIRST_FACT_COLUMN : UNITS_FIRST_FACT_COLUMN + width]]
    figures += [None] * (width - len(figures))
    return BreakdownLine(unit, tuple(figures), "" if file == CORRECTION_MARK else file, code, parent, category)


def is_as_written(known: BreakdownFile) -> bool:
    """Tell whether the file is there and as it was written."""
    try:
        with known.path.open("rb") as file:
            return _digest(file) == known.digest
    except OSError:
        return False


def _digest(file: IO[bytes]) -> str:
    digest = sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return digest.hexdigest()


def _figure(cell: object) -> Number | None:
    if isinstance(cell, float):
        return number_from_float(cell)
    return cell if isinstance(cell, int) else None


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
    figures = "<c><v>%s</v></c>" * len(line.figures) % line.figures
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

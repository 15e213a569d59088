"""分户表 of a large roll-up as a workbook of its own, its rows in compressed blocks.

Blocks that were written before are taken from a shelf, and memory does not grow with the rows themselves.
"""

from __future__ import annotations

import io
import marshal
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from xl_disclosure.actions.breakdown_file import HEAD_ROWS
from xl_disclosure.cell_names import cell_name
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.workbook.layout import CORRECTION_MARK, UNITS_COLUMNS, UNITS_FIRST_FACT_COLUMN, UNITS_SHEET
from xl_disclosure.workbook.parts.deflated import Deflated, deflate, write_member
from xl_disclosure.workbook.parts.shelf import PLAIN_MARSHAL, Shelf, kept_piece, shelf_key
from xl_disclosure.workbook.parts.xml_text import encode_cell_text

_SHEET_PART = "xl/worksheets/sheet1.xml"
_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of everything in the file: the same lines give the same bytes."""

_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_LEVEL = 1
_BLOCK = 200


def write_breakdown_workbook(file: IO[bytes], edition: Edition, lines: Sequence[BreakdownLine], shelf: Shelf) -> None:
    """Write the lines into a file that is open; OSError where that fails."""
    with zipfile.ZipFile(io.BytesIO(_empty_workbook(edition, shelf))) as empty:
        parts = {name: empty.read(name) for name in empty.namelist()}
    corner = cell_name(HEAD_ROWS + len(lines) - 1, UNITS_FIRST_FACT_COLUMN + len(edition.facts) - 1)
    sheet_part = _DIMENSION.sub(f'<dimension ref="A1:{corner}"/>'.encode(), parts.pop(_SHEET_PART))
    before, after = sheet_part.split(b"</sheetData>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, content in parts.items():
            package.writestr(_member(name), content)
        rows = _blocks(lines, shelf)
        pieces = [deflate(before, _LEVEL), *rows, deflate(b"</sheetData>" + after, _LEVEL)]
        write_member(package, _member(_SHEET_PART), pieces)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _MADE)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _blocks(lines: Sequence[BreakdownLine], shelf: Shelf) -> Iterator[Deflated]:
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        key = shelf_key("breakdown", marshal.dumps(list(map(_depends_on, block)), PLAIN_MARSHAL))
        piece = kept_piece(shelf, key)
        if piece is None:
            piece = deflate("".join(map(_row, block)).encode(), _LEVEL)
            shelf.put(key, piece.to_bytes())
        yield piece


def _depends_on(line: BreakdownLine) -> tuple[object, ...]:
    """Return all that a line's row says, in values that marshal knows."""
    odd = [(place, None if figure is None else str(figure)) for place, figure in line.figures.odd]
    return _heads(line), line.figures.packed, odd


def _heads(line: BreakdownLine) -> tuple[str, ...]:
    return line.unit, line.code, line.parent, line.category, CORRECTION_MARK if line.is_correction else line.file


def _row(line: BreakdownLine) -> str:
    texts = "".join([_text_cell(head) if head else "<c/>" for head in _heads(line)])
    figures = "<c><v>%s</v></c>" * len(line.figures) % tuple(line.figures)
    return f"<row>{texts}{figures}</row>".replace("<c><v>None</v></c>", "<c/>")


def _text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{encode_cell_text(text)}</t></is></c>'


def _empty_workbook(edition: Edition, shelf: Shelf) -> bytes:
    """Return the workbook with its heads alone."""
    key = shelf_key("breakdown.empty", edition.id.encode())
    content = shelf.take(key)
    if content is None:
        content = _make_empty_workbook(edition)
        shelf.put(key, content)
    return content


def _make_empty_workbook(edition: Edition) -> bytes:
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

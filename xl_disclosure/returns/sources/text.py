"""Plain text as copied from a web page or a sheet: prose, and tables whose cells stand one a line or between tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from xl_disclosure.errors import Place
from xl_disclosure.returns.model import TextParagraph
from xl_disclosure.returns.sources.document import (
    MAX_COLUMNS,
    MAX_ROWS,
    Position,
    RawCell,
    SourceDocument,
    SourceTable,
    document_of,
)
from xl_disclosure.returns.sources.encoding import decode_text

MAX_LINES = 50_000

CELL_END = "|"
TAB = "\t"

Line = tuple[int, list[str]]
"""The number of a line, and its cells; none at all for a line of prose."""


def open_text(content: bytes, file: str) -> SourceDocument:
    """Return a text's tables, blank cells included, and its paragraphs; InputError when its encoding is unknown."""
    tables: list[SourceTable] = []
    paragraphs: list[TextParagraph] = []
    waiting: list[Line] = []
    lines = islice(io.StringIO(decode_text(content), newline=None), MAX_LINES)
    for number, text in enumerate(lines, start=1):
        cells = _cells(text)
        if cells:
            waiting.append((number, cells))
            continue
        if not text.strip():
            continue
        tables.extend(_tables(waiting, file, len(tables)))
        waiting.clear()
        paragraphs.append(TextParagraph(text.strip(), Place(file=file, cell=_line_name(number))))
    tables.extend(_tables(waiting, file, len(tables)))
    return document_of(file, tables, paragraphs)


def open_csv(content: bytes, file: str) -> SourceDocument:
    """Return the one table of a file of comma-separated values; InputError when it is none."""
    reader = csv.reader(io.StringIO(decode_text(content), newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in islice(reader, MAX_LINES)]
    except csv.Error:
        lines = []
    return document_of(file, _tables(lines, file, 0))


def _cells(text: str) -> list[str]:
    """Return the cells of a line of a table; a line ``||`` holds two blank ones."""
    line = text.rstrip("\r\n ")
    if line.endswith(CELL_END):
        cells = line.split(CELL_END)[:-1]
        return cells[1:] if len(cells) > 1 and not cells[0] and any(cells) else cells
    return text.split(TAB) if TAB in text.lstrip() else []


def _tables(lines: list[Line], file: str, count: int) -> Iterator[SourceTable]:
    if not lines:
        return
    cells: dict[Position, RawCell] = {}
    numbers = [number for number, _ in lines]
    for row, (_, texts) in enumerate(lines[:MAX_ROWS]):
        for column, text in enumerate(texts[:MAX_COLUMNS]):
            cells[row, column] = text.strip()
    name = f"第{count + 1}个表"
    yield SourceTable(file, name, cells, name_cell=lambda position: _line_name(numbers[position[0]]), is_loose=True)


def _line_name(number: int) -> str:
    return f"第{number}行"

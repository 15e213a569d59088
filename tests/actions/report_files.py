"""What the tests of reports share: workbooks filled from published facts, and documents read as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.actions.conftest import Run
from tests.narrative.samples import open_word, word_lines
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook


def make_book(run: Run, folder: Path, record: dict[str, Any], *further: object) -> Path:
    """Return a fresh workbook filled from a published report's facts."""
    source, book = folder / "facts.json", folder / "我局.xlsm"
    source.write_text(json.dumps(record), encoding="utf-8")
    words = ["--unit", record["unit"], "--year", record["year"]]
    assert run("new", record["printed_edition"], "-o", book, *words)[0] == 0
    assert run("fill", book, "--from", source, *further)[0] == 0
    return book


def text_of(path: Path) -> str:
    return "\n".join(word_lines(open_word(path.read_bytes())))


def write_cell(book: Path, sheet: str, row: int, column: int, text: str) -> None:
    """Write a text into a cell of a workbook, rows and columns counted from 0."""
    workbook = FileBook.open(book)
    workbook.write_cells(sheet, {(row, column): CellContent(text)})
    workbook.save(book)

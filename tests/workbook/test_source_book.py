"""A workbook as it was opened for reading says what the file itself says, and cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.returns.reports import sample_report
from tests.returns.test_own_book import YEARS, fill
from xl_disclosure.errors import InputError
from xl_disclosure.returns.sources.opening import open_source, read_content
from xl_disclosure.workbook.book import Book, CellContent, ErrorValue
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.source_book import CutShort, SourceBook


def opened(path: Path) -> SourceBook:
    return SourceBook(open_source(read_content(path), path.name))


def said(book: Book, sheet: str) -> list[list[tuple[object, bool]]]:
    """Return what every cell of a sheet says, and whether it is a formula that was never calculated.

    An empty text, which a file may hold and readers leave out, says as little as no cell.
    """
    used = book.read_used(sheet)
    return [[(None if cell.value == "" else cell.value, cell.is_uncalculated) for cell in row] for row in used]


@pytest.fixture(params=YEARS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a filled workbook of an edition, with a day and an error value in it."""
    path = tmp_path / "某局.xlsm"
    fill(sample_report(request.param, YEARS[request.param]), path)
    book = FileBook.open(path)
    days = next(iter(book.sheet_names()[3:4]))
    book.write_cells(days, {(40, 0): CellContent(45292), (40, 1): CellContent(ErrorValue("#REF!"), formula="A1")})
    book.save(path)
    return path


def test_every_sheet_says_what_it_says_in_the_file(path: Path) -> None:
    source, file = opened(path), FileBook.open(path)
    assert source.sheet_names() == file.sheet_names()
    for sheet in file.sheet_names():
        assert said(source, sheet) == said(file, sheet), sheet
        blocks = [book.read_block(sheet, 2, 1, 3, 4) for book in (source, file)]
        assert [[cell.text for cell in row] for row in blocks[0]] == [[cell.text for cell in row] for row in blocks[1]]


def test_a_missing_sheet_is_named_as_in_the_file(path: Path) -> None:
    errors: list[str] = []
    for book in (opened(path), FileBook.open(path)):
        with pytest.raises(InputError) as caught:
            book.read_used("没有")
        errors.append(str(caught.value))
    assert errors[0] == errors[1]


WRITES: Mapping[str, Callable[[Book], None]] = {
    "cells": lambda book: book.write_cells("封面", {}),
    "list": lambda book: book.write_list("封面", 3, []),
    "file": lambda book: book.save(Path("另存.xlsm")),
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_can_be_written(path: Path, write: str) -> None:
    with pytest.raises(TypeError, match="opened for reading"):
        WRITES[write](opened(path))


def test_a_sheet_that_goes_on_beyond_what_is_read_is_not_taken_for_the_whole(path: Path) -> None:
    book = FileBook.open(path)
    sheet = book.sheet_names()[-2]
    book.write_cells(sheet, {(6000, 0): CellContent("最后一行")})
    book.save(path)
    with pytest.raises(CutShort):
        opened(path).read_used(sheet)

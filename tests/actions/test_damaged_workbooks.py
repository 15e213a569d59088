"""A workbook of ours in which a clerk, or a broken disk, has destroyed something: every command answers in Chinese."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.actions.conftest import Run
from tests.live.sample_office import lay_out
from xl_disclosure.cli import main
from xl_disclosure.errors import UNFORESEEN
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.workbook.layout import (
    CORRECTIONS_SHEET,
    RECEIPTS_SHEET,
    ROSTER_SHEET,
    SUBTOTALS_SHEET,
    UNITS_SHEET,
)

EDITION = "2021"
FORM = load_edition(EDITION).sheets[0].name
UNITS_FOLDER = "下级单位"
LISTS = (NARRATIVE_SHEET, ROSTER_SHEET, RECEIPTS_SHEET, UNITS_SHEET, SUBTOTALS_SHEET, CORRECTIONS_SHEET)
RANDOM = range(6)
HALF = 0.5

CHINESE = re.compile("[\u4e00-\u9fff]")
TYPED = (
    *(None, 0, -1, 1.5, 10**16, True, "无", "/", "１２", "12件", "2021-01-01", "=1/0", "=A1", "#REF!"),
    *("{{ 单位", "{% if"),
)


Parts = dict[str, bytes]
Change = Callable[[random.Random, Worksheet, int, int], None]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of an office whose workbook holds everything that the commands write."""
    book = lay_out(EDITION, tmp_path_factory.mktemp("机关") / "年报")
    for words in (["fill", book], ["aggregate", book.with_name(UNITS_FOLDER), "-o", book], ["check", book]):
        assert main([*map(str, words)]) in (0, 1)
    return book.parent


@pytest.fixture
def book(office: Path, tmp_path: Path) -> Path:
    """Give the workbook in a copy of the office's folder."""
    shutil.copytree(office, tmp_path / "年报")
    return next((tmp_path / "年报").glob("*.xlsm"))


def every_command(book: Path) -> Iterator[tuple[object, ...]]:
    """Give the commands of a clerk's year; the workbook was sent in by a unit too."""
    units = book.with_name(UNITS_FOLDER)
    shutil.copy(book, units / "送错的.xlsm")
    yield "check", book
    yield "fill", book
    yield "fill", book, "--from", min(units.iterdir())
    yield "report", book, "-o", book.with_name("报告")
    yield "trace", book, f"{FORM}!C8"
    yield "read", book
    yield "aggregate", units, "-o", book
    yield "restore", book
    yield "check", book


def assert_every_command_answers(run: Run, book: Path) -> str:
    """Run them all and return what they say, without the ends of lines."""
    said = ""
    for words in every_command(book):
        status, printed, complaint = run(*words)
        assert status < UNFORESEEN, (words[0], complaint)
        if status == 2:
            assert CHINESE.search(complaint), words[0]
            assert "处理办法" in complaint, words[0]
        said += printed + complaint
    return said.replace("\n", "")


# What a clerk destroys


def edit(path: Path, change: Callable[[Workbook], None]) -> None:
    """Change a workbook as a spreadsheet would."""
    workbook = load_workbook(path, keep_vba=True)
    change(workbook)
    workbook.save(path)


@pytest.mark.parametrize("kept", [0, 1, 2])
@pytest.mark.parametrize("sheet", LISTS)
def test_a_list_may_lack_its_last_columns(sheet: str, kept: int, run: Run, book: Path) -> None:
    edit(book, lambda workbook: workbook[sheet].delete_cols(kept + 1, workbook[sheet].max_column))
    assert_every_command_answers(run, book)


@pytest.mark.parametrize("sheet", LISTS)
def test_a_list_may_be_gone(sheet: str, run: Run, book: Path) -> None:
    edit(book, lambda workbook: workbook.remove(workbook[sheet]))
    assert f"没有工作表“{sheet}”" in assert_every_command_answers(run, book)


@pytest.mark.parametrize("seed", RANDOM)
def test_anything_may_be_typed_deleted_and_inserted_anywhere(seed: int, run: Run, book: Path) -> None:
    edit(book, partial(_vandalise, random.Random(seed)))
    assert_every_command_answers(run, book)


def _vandalise(source: random.Random, workbook: Workbook) -> None:
    for _ in range(6):
        sheet = source.choice(workbook.worksheets)
        row, column = source.randint(1, sheet.max_row), source.randint(1, min(sheet.max_column, 60))
        changes: list[Change] = [_type, _type, _type, _delete, _insert, _unmerge]
        source.choice(changes)(source, sheet, row, column)


def _type(source: random.Random, sheet: Worksheet, row: int, column: int) -> None:
    for cells in sheet.iter_rows(row, row + 2, column, column + 2):
        for cell in cells:
            if cell.coordinate not in sheet.merged_cells:
                cell.value = source.choice(TYPED)


def _delete(source: random.Random, sheet: Worksheet, row: int, column: int) -> None:
    if source.random() < HALF:
        sheet.delete_rows(row, 2)
    else:
        sheet.delete_cols(column)


def _insert(source: random.Random, sheet: Worksheet, row: int, column: int) -> None:
    if source.random() < HALF:
        sheet.insert_rows(row, 2)
    else:
        sheet.insert_cols(column)


def _unmerge(_: random.Random, sheet: Worksheet, *__: int) -> None:
    for merged in list(sheet.merged_cells.ranges)[:5]:
        sheet.unmerge_cells(str(merged))


# What a broken disk, or a program of another maker, destroys


def damage(path: Path, change: Callable[[Parts], None]) -> None:
    """Change the parts of a workbook's file."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def without(name: str) -> Callable[[Parts], None]:
    return lambda parts: parts.__delitem__(name)


def with_changed(name: str, pattern: bytes, change: bytes) -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        parts[name], count = re.subn(pattern, change, parts[name], count=1)
        assert count == 1

    return apply


STYLES, MAIN, FORM_PART = "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet3.xml"


@pytest.mark.parametrize(
    ("change", "names"),
    [
        pytest.param(without(FORM_PART), FORM_PART, id="a sheet of the form is not in the file"),
        pytest.param(without("xl/worksheets/sheet10.xml"), "sheet10.xml", id="a list is not in the file"),
        pytest.param(without(STYLES), STYLES, id="no styles"),
        pytest.param(with_changed(STYLES, rb"</fonts>", b""), STYLES, id="styles that are no XML"),
        pytest.param(with_changed(STYLES, rb"<cellXfs.*</cellXfs>", b""), STYLES, id="styles without those of cells"),
        pytest.param(
            with_changed(STYLES, rb'<numFmt numFmtId="', b'<numFmt numFmtId="x'), STYLES, id="a format's number"
        ),
        pytest.param(with_changed(MAIN, rb'<sheet name="', b'<sheet title="'), MAIN, id="a sheet without a name"),
        pytest.param(with_changed(FORM_PART, rb'<c r="C7"', b'<c r="-1"'), FORM_PART, id="a cell's name that is none"),
        pytest.param(with_changed(FORM_PART, rb'<row r="7"', b'<row r="-7"'), FORM_PART, id="a row below the first"),
        pytest.param(with_changed(FORM_PART, rb'(<col [^>]*max=)"[0-9]+"', rb'\1""'), FORM_PART, id="a column's end"),
        pytest.param(
            with_changed(FORM_PART, rb'(<c r="C7" s=)"[0-9]+"', rb'\1"9999"'), FORM_PART, id="a style not there"
        ),
    ],
)
def test_a_damaged_part_is_named(change: Callable[[Parts], None], names: str, run: Run, book: Path) -> None:
    damage(book, change)
    assert f"{names} 无法读取" in assert_every_command_answers(run, book)


@pytest.mark.parametrize("seed", RANDOM)
def test_any_bytes_of_any_part_may_be_lost(seed: int, run: Run, book: Path) -> None:
    damage(book, partial(_lose_bytes, random.Random(seed)))
    assert_every_command_answers(run, book)


def _lose_bytes(source: random.Random, parts: Parts) -> None:
    for _ in range(3):
        name = source.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        tags = list(re.finditer(rb' [A-Za-z:]+="[^"<>]*"|<[^<>]*>', parts[name]))
        lost = source.choice(tags)
        parts[name] = parts[name][: lost.start()] + parts[name][lost.end() :]

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.programs import Validate
from tests.workbook.furnished_book import make_book, read_members, replace_members
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.parts.calculation_chain import drop_entries
from xl_disclosure.workbook.parts.package import CONTENT_TYPES, relationships_part

CHAIN = "xl/calcChain.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPENING = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<calcChain xmlns="{NAMESPACE}">'
WORKBOOK_RELATIONSHIPS = relationships_part("xl/workbook.xml")


@pytest.fixture
def chained(tmp_path: Path) -> bytes:
    """Give a workbook with the chain that Excel adds on saving."""

    def write(book: Any) -> None:
        for name in ("一", "二"):
            sheet = book.add_worksheet(name)
            sheet.write_formula("A1", "1+1", None, 2)
            sheet.write_formula("A2", "A1+1", None, 3)

    content = make_book(tmp_path / "报表.xlsx", write).read_bytes()
    members = read_members(content)
    relationship = (
        '<Relationship Id="rId9" Target="calcChain.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    override = (
        '<Override PartName="/xl/calcChain.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>'
    )
    return replace_members(
        content,
        {
            WORKBOOK_RELATIONSHIPS: members[WORKBOOK_RELATIONSHIPS].decode().replace("</Relationships>", relationship),
            CONTENT_TYPES: members[CONTENT_TYPES].decode().replace("</Types>", override),
            CHAIN: f'{OPENING}<c r="A2" i="2" l="1"/><c r="A1"/><c r="A2" i="1" s="1"/><c r="A1"/></calcChain>',
        },
    )


def chain_after(content: bytes, sheet: str, cells: dict[tuple[int, int], CellContent]) -> str:
    book = FileBook(content, "报表.xlsx")
    book.write_cells(sheet, cells)
    return read_members(book.to_bytes())[CHAIN].decode()


def test_the_entry_of_a_formula_that_is_gone_is_dropped(chained: bytes) -> None:
    assert chain_after(chained, "一", {(0, 0): CellContent(2)}) == (
        f'{OPENING}<c r="A2" i="2" l="1"/><c r="A1" i="2"/><c r="A2" i="1" s="1"/></calcChain>'
    )


def test_an_entry_keeps_its_sheet_when_the_one_before_it_goes(chained: bytes) -> None:
    assert chain_after(chained, "二", {(1, 0): CellContent(3)}) == (
        f'{OPENING}<c r="A1" i="2"/><c r="A2" i="1" s="1"/><c r="A1" i="1"/></calcChain>'
    )


def test_a_chain_without_stale_entries_stays_byte_for_byte(chained: bytes) -> None:
    written = {(0, 0): CellContent(4, formula="2+2"), (5, 0): CellContent(1, formula="A1-3")}
    assert chain_after(chained, "一", written) == read_members(chained)[CHAIN].decode()


def test_a_chain_without_entries_is_taken_away_whole(chained: bytes, ooxml_validator: Validate, tmp_path: Path) -> None:
    book = FileBook(chained, "报表.xlsx")
    for name in book.sheet_names():
        book.write_list(name, 0, [[CellContent(1)]])
    after = book.to_bytes()
    members = read_members(after)
    assert CHAIN not in members
    assert b"calcChain" not in members[WORKBOOK_RELATIONSHIPS] + members[CONTENT_TYPES]
    assert openpyxl.load_workbook(io.BytesIO(after)).sheetnames == ["一", "二"]
    path = tmp_path / "之后.xlsx"
    path.write_bytes(after)
    assert ooxml_validator(path) == []


def test_entries_may_bear_a_prefix() -> None:
    chain = f'<x:calcChain xmlns:x="{NAMESPACE}"><x:c r="A1" i="1"></x:c><x:c r="B1"/></x:calcChain>'
    assert drop_entries(chain, {"1": {"A1"}}) == (
        f'<x:calcChain xmlns:x="{NAMESPACE}"><x:c r="B1" i="1"/></x:calcChain>'
    )

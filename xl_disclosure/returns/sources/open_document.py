"""Spreadsheets in the OpenDocument format: .ods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import DecimalException
from typing import TYPE_CHECKING

from xl_disclosure.returns.sources.archive import Archive, damaged, encrypted
from xl_disclosure.returns.sources.document import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    OddCell,
    OddKind,
    Position,
    RawCell,
    SourceDocument,
    SourceTable,
    document_of,
    number_from_text,
)
from xl_disclosure.returns.sources.markup import children, local_attribute, local_name, parse_tree, whole_number
from xl_disclosure.returns.sources.workbook import MAX_SHEETS

if TYPE_CHECKING:
    from lxml import etree

CONTENT_PART = "content.xml"
MANIFEST_PART = "META-INF/manifest.xml"
MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_ROW_GROUPS = frozenset({"table-row-group", "table-header-rows", "table-rows"})


def open_open_document(archive: Archive, file: str) -> SourceDocument:
    """Return the sheets of an OpenDocument spreadsheet; InputError when it is damaged or encrypted."""
    if MANIFEST_PART in archive and b"encryption-data" in archive.read(MANIFEST_PART):
        raise encrypted()
    root = parse_tree(archive.read(CONTENT_PART))
    tables = [element for element in root.iter("{*}table") if local_name(_parent(element)) == "spreadsheet"]
    return document_of(file, [_read_table(table, file) for table in tables[:MAX_SHEETS]])


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _read_table(table: etree._Element, file: str) -> SourceTable:
    cells: dict[Position, RawCell] = {}
    spans: dict[Position, tuple[int, int]] = {}
    for row, element in _rows(table):
        if len(cells) > MAX_CELLS:
            break
        for column, cell in _cells(element):
            content = _content(cell)
            if content != "":
                cells[row, column] = content
            if _span(cell) != (1, 1):
                spans[row, column] = _span(cell)
    return SourceTable(file, local_attribute(table, "name"), cells, spans)


def _rows(table: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Give (number, element) of every row within the bounds; an element that stands for many blank rows comes once."""
    number = 0
    for element in table.iter("{*}table-row"):
        if _parent(element) is not table and local_name(_parent(element)) not in _ROW_GROUPS:
            continue
        repeats = _count(element, "number-rows-repeated")
        matters = any(_matters(cell) for cell in element)
        for repeat in range(min(repeats, MAX_ROWS - number) if matters else 0):
            yield number + repeat, element
        number += repeats
        if number >= MAX_ROWS:
            return


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for element in children(row, "table-cell", "covered-table-cell"):
        repeats = _count(element, "number-columns-repeated")
        for repeat in range(min(repeats, MAX_COLUMNS - number) if _matters(element) else 0):
            yield number + repeat, element
        number += repeats
        if number >= MAX_COLUMNS:
            return


def _matters(cell: etree._Element) -> bool:
    """Tell whether a cell holds anything or is merged with others."""
    return len(cell) > 0 or _span(cell) != (1, 1)


def _span(cell: etree._Element) -> tuple[int, int]:
    return _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")


def _count(element: etree._Element, name: str) -> int:
    return max(1, whole_number(local_attribute(element, name)) or 1)


def _content(cell: etree._Element) -> RawCell:
    """Return what a cell holds; a formula without a value gave blank text, for LibreOffice writes no value then."""
    text = "\n".join(_text(paragraph) for paragraph in children(cell, "p"))
    kinds = {str(value) for key, value in cell.attrib.items() if str(key).endswith("}value-type")}
    if "error" in kinds:
        return OddCell(OddKind.ERROR, text)
    if kinds & {"date", "time"}:
        return OddCell(OddKind.DATE, text)
    if kinds & {"float", "percentage", "currency"}:
        try:
            return number_from_text(local_attribute(cell, "value"))
        except DecimalException as error:
            raise damaged() from error
    return text


def _text(element: etree._Element) -> str:
    """Return an element's text; runs of spaces are written as elements that count them."""
    pieces = [element.text or ""]
    for child in element:
        pieces.append(" " * _count(child, "c") if local_name(child) == "s" else _text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)

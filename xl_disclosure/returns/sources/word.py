"""Word documents: the tables with their merged and nested cells, and the prose, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xl_disclosure.errors import Place
from xl_disclosure.returns.model import TextParagraph
from xl_disclosure.returns.sources.archive import Archive
from xl_disclosure.returns.sources.document import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PARAGRAPHS,
    MAX_ROWS,
    MAX_TABLES,
    Position,
    RawCell,
    SourceDocument,
    SourceTable,
    document_of,
    row_and_column,
)
from xl_disclosure.returns.sources.markup import children, local_attribute, local_name, parse_tree, whole_number

if TYPE_CHECKING:
    from lxml import etree

DEFAULT_MAIN_PART = "word/document.xml"

_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"})
"""What may stand around paragraphs, tables, rows and cells without being any of them."""

_NOT_SHOWN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "txbxContent"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def open_word(archive: Archive, file: str, part: str = DEFAULT_MAIN_PART) -> SourceDocument:
    """Return a Word document's tables and paragraphs; InputError when it is damaged."""
    reader = _Document(file)
    body = next(parse_tree(archive.read(part)).iter("{*}body"), None)
    if body is not None:
        reader.read(body)
    return document_of(file, reader.tables, reader.paragraphs)


class _Document:
    """Collect tables and paragraphs in order, the tables within a cell after the table they stand in."""

    def __init__(self, file: str) -> None:
        self.tables: list[SourceTable] = []
        self.paragraphs: list[TextParagraph] = []
        self._file = file

    def read(self, body: etree._Element) -> None:
        for block in _unwrapped(body, "p", "tbl"):
            if len(self.tables) > MAX_TABLES or len(self.paragraphs) > MAX_PARAGRAPHS:
                return
            if local_name(block) == "tbl":
                self._read_table(block)
                continue
            self._add_paragraph(_text(block))
            for box in block.iter("{*}txbxContent"):
                if not _is_fallback(box):
                    self.read(box)

    def _add_paragraph(self, text: str) -> None:
        lines = [line for line in text.split("\n") if line.strip()]
        place = Place(file=self._file, cell=f"第{len(self.paragraphs) + 1}段")
        self.paragraphs.extend(TextParagraph(line, place) for line in lines)

    def _read_table(self, table: etree._Element) -> None:
        reader = _Table(table)
        name = f"第{len(self.tables) + 1}个表"
        table_read = SourceTable(self._file, name, reader.cells, reader.spans, row_and_column, reader.row_widths)
        self.tables.append(table_read)
        for nested in reader.nested:
            self._read_table(nested)


class _Table:
    """Lay the cells of one table out on its grid."""

    def __init__(self, table: etree._Element) -> None:
        self.cells: dict[Position, RawCell] = {}
        self.spans: dict[Position, tuple[int, int]] = {}
        self.row_widths: dict[int, int] = {}
        self.nested: list[etree._Element] = []
        self._merging: dict[int, Position] = {}
        """The cell above that a column's vertically merged cells belong to."""
        for number, row in enumerate(_shown_rows(table)):
            if number < MAX_ROWS and len(self.cells) < MAX_CELLS:
                self._read_row(number, row)

    def _read_row(self, number: int, row: etree._Element) -> None:
        column = _number(row, "trPr", "gridBefore", 0)
        for cell in _unwrapped(row, "tc"):
            width = _number(cell, "tcPr", "gridSpan", 1)
            if column + width <= MAX_COLUMNS:
                self._place(cell, (number, column), width)
            column += width
        self.row_widths[number] = column

    def _place(self, cell: etree._Element, position: Position, width: int) -> None:
        row, column = position
        merge = _property(cell, "tcPr", "vMerge")
        if merge is not None and local_attribute(merge, "val") != "restart" and column in self._merging:
            top = self._merging[column]
            self.spans[top] = (row - top[0] + 1, self.spans.get(top, (1, width))[1])
            return
        self._merging.pop(column, None)
        if merge is not None:
            self._merging[column] = position
        if width > 1:
            self.spans[position] = (1, width)
        paragraphs = [_text(paragraph) for paragraph in _unwrapped(cell, "p")]
        text = "\n".join(paragraphs).strip()
        if text:
            self.cells[position] = text
        self.nested.extend(_unwrapped(cell, "tbl"))


def _shown_rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _unwrapped(table, "tr"):
        if _property(row, "trPr", "del") is None:
            yield row


def _unwrapped(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Give the elements of those names under a parent, whatever is wrapped around them."""
    for child in parent:
        name = local_name(child)
        if name in names:
            yield child
        elif name in _WRAPPERS:
            yield from _unwrapped(child, *names)


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for element in _shown(paragraph):
        name = local_name(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
    return "".join(pieces)


def _shown(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if local_name(child) in _NOT_SHOWN:
            continue
        yield child
        yield from _shown(child)


def _is_fallback(element: etree._Element) -> bool:
    """Tell whether an element repeats, for older programs, what stands beside it."""
    return any(local_name(above) == "Fallback" for above in element.iterancestors())


def _property(element: etree._Element, properties: str, name: str) -> etree._Element | None:
    for group in children(element, properties):
        for found in children(group, name):
            return found
    return None


def _number(element: etree._Element, properties: str, name: str, default: int) -> int:
    found = _property(element, properties, name)
    number = None if found is None else whole_number(local_attribute(found, "val"))
    return default if number is None else min(number, MAX_COLUMNS)

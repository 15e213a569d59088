"""Web pages: the tables with their row and column spans, and the prose, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from xl_disclosure.errors import Place
from xl_disclosure.returns.model import TextParagraph
from xl_disclosure.returns.sources.archive import damaged
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
from xl_disclosure.returns.sources.encoding import decode_text
from xl_disclosure.returns.sources.markup import whole_number

if TYPE_CHECKING:
    from lxml import etree

_NOT_SHOWN = frozenset({"head", "script", "style", "template", "noscript", "textarea", "select", "object", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "o:p", "q", "s"}
    | {"small", "span", "strike", "strong", "sub", "sup", "tt", "u"}
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")


def open_html(content: bytes, file: str) -> SourceDocument:
    """Return a web page's tables and paragraphs; tables that only lay out the page are taken for prose."""
    from lxml import etree

    declared = _DECLARED.search(content[:4096])
    text = decode_text(content, declared[1].decode("ascii") if declared else "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root is None:
        raise damaged()
    reader = _Page(file)
    reader.read(root)
    return document_of(file, reader.tables, reader.paragraphs)


class _Page:
    """Collect the tables and the paragraphs of a page in order."""

    def __init__(self, file: str) -> None:
        self.tables: list[SourceTable] = []
        self.paragraphs: list[TextParagraph] = []
        self._file = file
        self._pieces: list[str] = []

    def read(self, root: etree._Element) -> None:
        for element, is_end in _steps(root):
            if len(self.tables) > MAX_TABLES or len(self.paragraphs) > MAX_PARAGRAPHS:
                return
            if _name(element) not in _INLINE:
                self._end_paragraph()
            if is_end:
                self._pieces.append(element.tail or "")
            elif _holds_data(element):
                self._add_table(element)
            elif _is_shown(element):
                self._pieces.append(element.text or "")
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = _one_line("".join(self._pieces))
        self._pieces.clear()
        if text:
            place = Place(file=self._file, cell=f"第{len(self.paragraphs) + 1}段")
            self.paragraphs.append(TextParagraph(text, place))

    def _add_table(self, table: etree._Element) -> None:
        layout = _lay_out(table)
        name = f"第{len(self.tables) + 1}个表"
        widths = layout.row_widths()
        self.tables.append(SourceTable(self._file, name, layout.cells, layout.spans, row_and_column, widths))


def _steps(root: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Give each element when it begins and when it ends; what is in a data table or not shown is left out.

    A page may be nested deeper than Python may call itself.
    """
    waiting = [(root, False)]
    while waiting:
        element, is_end = waiting.pop()
        yield element, is_end
        if is_end:
            continue
        waiting.append((element, True))
        if _is_shown(element) and not _holds_data(element):
            waiting.extend((child, False) for child in reversed(element))


@dataclass
class _Layout:
    """Hold the cells of a table on its grid, the spans of those merged, and every place taken."""

    cells: dict[Position, RawCell] = field(default_factory=dict)
    spans: dict[Position, tuple[int, int]] = field(default_factory=dict)
    taken: set[Position] = field(default_factory=set)

    def row_widths(self) -> dict[int, int]:
        """Return how many columns each row fills."""
        widths: dict[int, int] = {}
        for row, column in self.taken:
            widths[row] = max(widths.get(row, 0), column + 1)
        return widths


def _lay_out(table: etree._Element) -> _Layout:
    layout = _Layout()
    lines = list(islice(table.iter("tr"), MAX_ROWS))
    for row, line in enumerate(lines):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in layout.taken:
                column += 1
            if len(layout.taken) > MAX_CELLS:
                return layout
            rows = _span(cell, "rowspan", len(lines) - row)
            columns = _span(cell, "colspan", max(1, MAX_COLUMNS - column))
            layout.taken.update((row + down, column + right) for down in range(rows) for right in range(columns))
            if (rows, columns) != (1, 1):
                layout.spans[row, column] = (rows, columns)
            text = _cell_text(cell)
            if text and column < MAX_COLUMNS:
                layout.cells[row, column] = text
            column += columns
    return layout


def _span(cell: etree._Element, name: str, most: int) -> int:
    return min(max(1, whole_number(cell.get(name) or "") or 1), most)


def _cell_text(cell: etree._Element) -> str:
    pieces: list[str] = []
    for element, is_end in _steps(cell):
        if _name(element) not in _INLINE:
            pieces.append("\n")
        if not is_end:
            pieces.append((element.text or "") if _is_shown(element) else "")
        elif element is not cell:
            pieces.append(element.tail or "")
    return _one_line("".join(pieces))


def _holds_data(element: etree._Element) -> bool:
    """Tell whether an element is a table of data: one with several cells and no table within."""
    if _name(element) != "table" or next(element.iterdescendants("table"), None) is not None:
        return False
    cells = element.iter("td", "th")
    return next(cells, None) is not None and next(cells, None) is not None


def _is_shown(element: etree._Element) -> bool:
    return _name(element) not in _NOT_SHOWN


def _name(element: etree._Element) -> str:
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())

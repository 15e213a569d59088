"""The cells of one worksheet part of an .xlsx workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import DecimalException
from functools import lru_cache

from xl_disclosure.cell_names import parse_column
from xl_disclosure.returns.sources.archive import damaged
from xl_disclosure.returns.sources.document import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    OddCell,
    OddKind,
    Position,
    RawCell,
    number_from_text,
)
from xl_disclosure.returns.sources.markup import Attributes, Enough, parse_events
from xl_disclosure.returns.sources.number_formats import shown_date

Span = tuple[int, int]

_ODD_KINDS = {"e": OddKind.ERROR, "d": OddKind.DATE}

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def read_sheet(
    chunks: Iterable[bytes], strings: Sequence[str], date_styles: frozenset[str]
) -> tuple[dict[Position, RawCell], dict[Position, Span]]:
    """Return a worksheet's cells and merged areas within the bounds; what lies beyond them is not looked at.

    ``date_styles`` are the numbers of the cell styles that show a number as a date. Raises InputError for damaged XML.
    """
    reader = _SheetReader(strings, date_styles)
    parse_events(chunks, reader.start, reader.text)
    reader.finish_cell()
    return reader.cells, reader.spans


def read_strings(content: bytes) -> list[str]:
    """Return the shared strings of a workbook, without their phonetic guides."""
    strings: list[str] = []
    pieces: list[str] = []
    is_text = False
    is_guide = False

    def start(name: str, attributes: Attributes) -> None:  # noqa: ARG001 - the parser gives both
        nonlocal is_text, is_guide
        is_text = name == "t" and not is_guide
        if name == "rPh":
            is_guide = True
        elif name == "si":
            strings.append("".join(pieces))
            pieces.clear()
            is_guide = False

    def text(piece: str) -> None:
        if is_text:
            pieces.append(piece)

    parse_events((content,), start, text)
    strings.append("".join(pieces))
    return [unescape(string) if "_x" in string else string for string in strings[1:]]


def unescape(text: str) -> str:
    """Return the text with the characters that Excel writes as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class _SheetReader:
    """Take up the parser's events; a cell is finished when the next element begins."""

    def __init__(self, strings: Sequence[str], date_styles: frozenset[str]) -> None:
        self.cells: dict[Position, RawCell] = {}
        self.spans: dict[Position, Span] = {}
        self._strings = strings
        self._date_styles = date_styles
        self._row = -1
        self._column = -1
        self._cell: Attributes | None = None
        self._element = ""
        self._value = ""
        self._has_formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._element = name
        if name == "c":
            if self._value or self._has_formula:
                self.finish_cell()
            self._cell = attributes
            self._column += 1
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self.finish_cell()
            self._start_row(attributes)
        elif name == "mergeCell":
            self.finish_cell()
            self._add_span(attributes.get("ref", ""))
        elif name == "conditionalFormatting":
            raise Enough  # It follows the cells and merged areas (ECMA-376 part 1, 18.3.1.99), and can be long.

    def text(self, piece: str) -> None:
        if self._element in {"v", "t"}:
            self._value += piece

    def finish_cell(self) -> None:
        if self._cell is None:
            return
        if self._value or self._has_formula:
            self._keep(self._cell)
        self._cell = None
        self._value = ""
        self._has_formula = False

    def _keep(self, cell: Attributes) -> None:
        reference = cell.get("r")
        if reference is not None:
            self._column = column_number(reference.rstrip("0123456789"))
        content = self._content(cell)
        if content != "" and self._column < MAX_COLUMNS:
            self.cells[self._row, self._column] = content
        if len(self.cells) > MAX_CELLS:
            raise Enough

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        if self._row >= MAX_ROWS:
            raise Enough

    def _content(self, cell: Attributes) -> RawCell:
        kind = cell.get("t", "n")
        if kind == "n":
            return self._number(self._value.strip(), cell.get("s", "0"))
        if kind == "s":
            return self._shared_string(self._value)
        if kind == "b":
            return "TRUE" if self._value.strip() == "1" else "FALSE"
        odd = _ODD_KINDS.get(kind)
        return unescape(self._value) if odd is None else OddCell(odd, self._value.strip())

    def _number(self, value: str, style: str) -> RawCell:
        if not value:
            return OddCell(OddKind.UNCALCULATED, "") if self._has_formula else ""
        try:
            number = number_from_text(value)
        except DecimalException as error:
            raise damaged() from error
        return OddCell(OddKind.DATE, shown_date(number)) if style in self._date_styles else number

    def _shared_string(self, number: str) -> str:
        position = int(number) if number.strip().isdecimal() else len(self._strings)
        if position >= len(self._strings):
            raise damaged()
        return self._strings[position]

    def _add_span(self, area: str) -> None:
        corners = _REFERENCE.findall(area)
        if len(corners) != 2:  # noqa: PLR2004 - an area has two corners
            return
        (left, top), (right, bottom) = corners
        row, column = int(top) - 1, column_number(left)
        self.spans[row, column] = (int(bottom) - row, column_number(right) - column + 1)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the column of those letters, counted from 0; one beyond every bound when they are none."""
    if not letters or len(letters) > 3 or not letters.isascii() or not letters.isupper():  # noqa: PLR2004 - XFD is last
        return MAX_COLUMNS
    return parse_column(letters)

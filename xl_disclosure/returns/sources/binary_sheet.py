"""The cells of one sheet of a binary workbook ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from xl_disclosure.returns.sources.archive import damaged
from xl_disclosure.returns.sources.binary_records import Record, packed_number, short_string
from xl_disclosure.returns.sources.document import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    OddCell,
    OddKind,
    Position,
    RawCell,
    SheetContent,
    number_from_float,
)
from xl_disclosure.returns.sources.number_formats import shown_date

Span = tuple[int, int]

ERROR_VALUES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_NO_NUMBER = 0xFFFF
"""The mark of a formula whose result is no number."""

_TEXT_RESULT, _TRUTH_RESULT, _ERROR_RESULT = 0, 1, 2


def read_binary_sheet(
    stream: Iterable[tuple[int, bytes]], strings: Sequence[str], date_styles: frozenset[int]
) -> SheetContent:
    """Return a sheet's cells and merged areas within the bounds, from its records.

    ``date_styles`` are the numbers of the cell styles that show a number as a date. Raises InputError when a record is
    damaged.
    """
    sheet = _Sheet(strings, date_styles)
    try:
        _take_up_all(sheet, stream)
    except (struct.error, IndexError) as error:
        raise damaged() from error
    return SheetContent(sheet.cells, sheet.spans, sheet.is_cut)


def _take_up_all(sheet: _Sheet, stream: Iterable[tuple[int, bytes]]) -> None:
    depth = 0
    for kind, data in stream:
        take_up = _TAKEN_UP.get(kind)
        if take_up is not None and depth == 1:
            take_up(sheet, data)
            if len(sheet.cells) > MAX_CELLS:
                sheet.is_cut = True
                return
        elif kind == _BEGIN:
            depth += 1
        elif depth == 0:
            raise damaged()
        elif kind == _END:
            depth -= 1
            if depth == 0:
                return


class _Sheet:
    """Collect the cells of one sheet. The records of an embedded chart lie one level deeper and hold none."""

    def __init__(self, strings: Sequence[str], date_styles: frozenset[int]) -> None:
        self.cells: dict[Position, RawCell] = {}
        self.spans: dict[Position, Span] = {}
        self.is_cut = False
        self._strings = strings
        self._date_styles = date_styles
        self._awaits_text: Position | None = None

    def take_up_shared_text(self, data: bytes) -> None:
        row, column, _, number = _read_shared(data)
        text = self._strings[number]
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            self.is_cut = self.is_cut or text != ""
        elif text:
            self.cells[row, column] = text

    def take_up_text(self, data: bytes) -> None:
        row, column = struct.unpack_from("<2H", data)
        self._put(row, column, short_string(data, 6, 2))

    def take_up_number(self, data: bytes) -> None:
        row, column, style, value = struct.unpack_from("<3Hd", data)
        self._put_number(row, column, style, number_from_float(value))

    def take_up_packed(self, data: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<3HL", data)
        self._put_number(row, column, style, packed_number(packed))

    def take_up_formula_text(self, data: bytes) -> None:
        if self._awaits_text is not None:
            self._put(*self._awaits_text, short_string(data, 0, 2))
            self._awaits_text = None

    def take_up_truth_or_error(self, data: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<3HBB", data)
        self._put(row, column, _error(value) if is_error else _truth(value))

    def take_up_several(self, data: bytes) -> None:
        row, first = struct.unpack_from("<2H", data)
        for number in range((len(data) - 6) // 6):
            style, packed = struct.unpack_from("<HL", data, 4 + 6 * number)
            self._put_number(row, first + number, style, packed_number(packed))

    def take_up_formula(self, data: bytes) -> None:
        row, column, style, kind, value, mark = struct.unpack_from("<3HBxBxxxH", data)
        if mark != _NO_NUMBER:
            (number,) = struct.unpack_from("<d", data, 6)
            self._put_number(row, column, style, number_from_float(number))
        elif kind == _TEXT_RESULT:
            self._awaits_text = (row, column)
        elif kind == _TRUTH_RESULT:
            self._put(row, column, _truth(value))
        elif kind == _ERROR_RESULT:
            self._put(row, column, _error(value))

    def take_up_merged(self, data: bytes) -> None:
        (count,) = struct.unpack_from("<H", data)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * number)
            self.spans[top, left] = (bottom - top + 1, right - left + 1)

    def _put(self, row: int, column: int, cell: RawCell) -> None:
        if cell == "":
            return
        if row < MAX_ROWS and column < MAX_COLUMNS:
            self.cells[row, column] = cell
        else:
            self.is_cut = True

    def _put_number(self, row: int, column: int, style: int, number: int | Decimal) -> None:
        is_date = style in self._date_styles
        self._put(row, column, OddCell(OddKind.DATE, shown_date(number), number) if is_date else number)


_BEGIN, _END = int(Record.BEGIN), int(Record.END)  # Those of an enumeration take longer to compare.
_read_shared = struct.Struct("<3HL").unpack_from

_TAKEN_UP: Mapping[int, Callable[[_Sheet, bytes], None]] = {
    Record.SHARED_TEXT: _Sheet.take_up_shared_text,
    Record.TEXT: _Sheet.take_up_text,
    Record.RICH_TEXT: _Sheet.take_up_text,
    Record.NUMBER: _Sheet.take_up_number,
    Record.PACKED: _Sheet.take_up_packed,
    Record.SEVERAL_PACKED: _Sheet.take_up_several,
    Record.FORMULA: _Sheet.take_up_formula,
    Record.FORMULA_TEXT: _Sheet.take_up_formula_text,
    Record.TRUTH_OR_ERROR: _Sheet.take_up_truth_or_error,
    Record.MERGED: _Sheet.take_up_merged,
}
"""Most records are none of these: they say how the sheet looks."""


def _truth(value: int) -> str:
    return "TRUE" if value else "FALSE"


def _error(code: int) -> OddCell:
    return OddCell(OddKind.ERROR, ERROR_VALUES.get(code, "#VALUE!"))

"""Workbooks in the binary format of Excel 97-2003 and WPS ([MS-XLS]): .xls and .et.

Common readers take whatever size such a file claims on trust, and one damaged count ends the process; this one keeps
what records there are and tells an error from a blank.
"""

from __future__ import annotations

import struct

from xl_disclosure.errors import InputError
from xl_disclosure.returns.sources.archive import damaged, encrypted
from xl_disclosure.returns.sources.binary_records import Record, SharedStrings, records, short_string
from xl_disclosure.returns.sources.binary_sheet import read_binary_sheet
from xl_disclosure.returns.sources.compound import CompoundFile
from xl_disclosure.returns.sources.document import SourceDocument, SourceTable
from xl_disclosure.returns.sources.number_formats import is_date_format
from xl_disclosure.returns.sources.workbook import MAX_SHEETS

STREAM = "Workbook"
OLD_STREAM = "Book"
"""The stream of Excel 5.0 and 95."""

_VERSION_8 = 0x0600
_WORKSHEET = 0


def open_binary_workbook(compound: CompoundFile, file: str) -> SourceDocument:
    """Return a workbook whose sheets are read when asked for.

    Raises InputError when it is damaged, encrypted, or of a version before Excel 97.
    """
    if STREAM not in compound:
        raise InputError("这是很旧的 Excel 95 格式，读不了", "请用 Excel、WPS 打开后另存为 .xlsx 再报")
    content = compound.read(STREAM)
    book = _BinaryWorkbook(content, file)
    return SourceDocument(file, tuple(book.sheets), book.load)


class _BinaryWorkbook:
    """Hold what the sheets of one workbook share."""

    def __init__(self, content: bytes, file: str) -> None:
        self._content = content
        self._file = file
        self.sheets: dict[str, int] = {}
        self._formats: dict[int, str] = {}
        self._style_formats: list[int] = []
        pieces: list[bytes] = []
        try:
            self._read_globals(pieces)
            self._strings = SharedStrings(pieces).read() if pieces else []
        except (struct.error, IndexError) as error:
            raise damaged() from error
        self._date_styles = frozenset(
            style
            for style, number in enumerate(self._style_formats)
            if is_date_format(number, self._formats.get(number, ""))
        )
        self._loaded: dict[str, SourceTable] = {}

    def load(self, name: str) -> SourceTable:
        """Read one sheet, or return it when it has been read."""
        if name not in self._loaded:
            stream = records(self._content, self.sheets[name])
            sheet = read_binary_sheet(stream, self._strings, self._date_styles)
            self._loaded[name] = SourceTable(self._file, name, sheet.cells, sheet.spans, is_cut=sheet.is_cut)
        return self._loaded[name]

    def _read_globals(self, string_pieces: list[bytes]) -> None:
        in_strings = False
        for number, (kind, data) in enumerate(records(self._content)):
            if number == 0 and (kind != Record.BEGIN or data[:2] != struct.pack("<H", _VERSION_8)):
                raise damaged()
            if kind == Record.END:
                return
            in_strings = kind == Record.STRINGS or (in_strings and kind == Record.CONTINUE)
            if in_strings:
                string_pieces.append(data)
            self._take_up(kind, data)

    def _take_up(self, kind: int, data: bytes) -> None:
        match kind:
            case Record.PASSWORD:
                raise encrypted()
            case Record.SHEET if len(self.sheets) < MAX_SHEETS:
                start, _, sheet_kind = struct.unpack_from("<LBB", data)
                if sheet_kind == _WORKSHEET:
                    self.sheets[short_string(data, 6, 1)] = start
            case Record.FORMAT:
                self._formats[int.from_bytes(data[:2], "little")] = short_string(data, 2, 2)
            case Record.STYLE:
                self._style_formats.append(int.from_bytes(data[2:4], "little"))

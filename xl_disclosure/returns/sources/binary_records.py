"""The records of a binary workbook ([MS-XLS]): their bounds, numbers and strings."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum

from xl_disclosure.returns.sources.document import number_from_float


class Record(IntEnum):
    """Name the records that are read ([MS-XLS] 2.3)."""

    FORMULA = 0x0006
    END = 0x000A
    PASSWORD = 0x002F
    CONTINUE = 0x003C
    SHEET = 0x0085
    SEVERAL_PACKED = 0x00BD
    RICH_TEXT = 0x00D6
    STYLE = 0x00E0
    MERGED = 0x00E5
    STRINGS = 0x00FC
    SHARED_TEXT = 0x00FD
    NUMBER = 0x0203
    TEXT = 0x0204
    TRUTH_OR_ERROR = 0x0205
    FORMULA_TEXT = 0x0207
    PACKED = 0x027E
    FORMAT = 0x041E
    BEGIN = 0x0809


_HEADER = struct.Struct("<2H")
_STRING = struct.Struct("<HB")
_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_HUNDREDTHS, _WHOLE = 0x1, 0x2


def records(content: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Give (kind, data) of each record from a position on; a record cut short ends them."""
    read_header, header_size, end = _HEADER.unpack_from, _HEADER.size, len(content)
    while at + header_size <= end:
        kind, size = read_header(content, at)
        start, at = at + header_size, at + header_size + size
        if at > end:
            return
        yield kind, content[start:at]


def packed_number(packed: int) -> int | Decimal:
    """Return the number of an RK value: 30 bits of a whole number or of a binary fraction, perhaps in hundredths."""
    if packed & _WHOLE:
        whole = packed >> 2
        number: float = whole - (1 << 30) if whole >= 1 << 29 else whole
        if not packed & _HUNDREDTHS:
            return int(number)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & ~0x3) << 32))
    return number_from_float(number / 100 if packed & _HUNDREDTHS else float(number))


def short_string(data: bytes, at: int, length_size: int) -> str:
    """Return a string that lies whole within one record, its length stated in one byte or two."""
    length = int.from_bytes(data[at : at + length_size], "little")
    start = at + length_size + 1
    if data[at + length_size] & _WIDE:
        return data[start : start + 2 * length].decode("utf-16-le", "replace")
    return data[start : start + length].decode("latin-1")


class SharedStrings:
    """Read the shared strings, which run on over several records; each piece of text states its width anew."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 8

    def read(self) -> list[str]:
        """Return the strings there are, no more than the first record states; struct.error when one is cut short."""
        _, count = struct.unpack_from("<2L", self._pieces[0])
        strings: list[str] = []
        while len(strings) < count and self._has_more():
            strings.append(self._read_string())
        return strings

    def _has_more(self) -> bool:
        while self._piece < len(self._pieces) and self._at >= len(self._pieces[self._piece]):
            self._piece += 1
            self._at = 0
        return self._piece < len(self._pieces)

    def _read_string(self) -> str:
        whole = self._read_whole_string()
        return self._read_string_over_records() if whole is None else whole

    def _read_whole_string(self) -> str | None:
        """Return the next string where it lies within one record, as nearly all do; None otherwise."""
        piece, start = self._pieces[self._piece], self._at + _STRING.size
        if start > len(piece):
            return None
        length, flags = _STRING.unpack_from(piece, self._at)
        if flags & _PHONETIC:
            return None
        end = start + (2 * length if flags & _WIDE else length)
        following = end
        if flags & _RICH:
            runs = int.from_bytes(piece[start : start + 2], "little")
            start, end, following = start + 2, end + 2, end + 2 + 4 * runs
        text = piece[start:end].decode("utf-16-le" if flags & _WIDE else "latin-1", "replace")
        if following > len(piece) or len(text) != length:
            return None
        self._at = following
        return text

    def _read_string_over_records(self) -> str:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & _RICH else 0
        phonetic = struct.unpack("<L", self._take(4))[0] if flags & _PHONETIC else 0
        text = self._read_text(length, is_wide=bool(flags & _WIDE))
        self._take(4 * runs + phonetic)
        return text

    def _read_text(self, length: int, *, is_wide: bool) -> str:
        text = ""
        while len(text) < length and self._piece < len(self._pieces):
            piece = self._pieces[self._piece]
            if self._at >= len(piece):
                self._piece += 1
                self._at = 1
                is_wide = self._piece < len(self._pieces) and bool(self._pieces[self._piece][:1][0] & _WIDE)
                continue
            wanted = (length - len(text)) * (2 if is_wide else 1)
            found = piece[self._at : self._at + wanted]
            self._at += len(found)
            text += found.decode("utf-16-le" if is_wide else "latin-1", "replace")
            if not found:
                break
        return text

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size and self._has_more():
            piece = self._pieces[self._piece]
            found = piece[self._at : self._at + size - len(taken)]
            taken += found
            self._at += len(found)
        return taken

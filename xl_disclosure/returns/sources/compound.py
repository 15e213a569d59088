"""The streams of an OLE compound file ([MS-CFB]): .xls, .et, .doc, .wps, and encrypted workbooks."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from xl_disclosure.returns.sources.archive import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SectorReader = Callable[[int], bytes]

_LAST_SECTOR = 0xFFFFFFFA
"""Sector numbers from here on mark an end, a free sector or a part of the table itself."""

_HEADER = struct.Struct("<8s16s6H10L")
_HEADER_TABLE_SECTORS = 109
_ENTRY_SIZE = 128
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """Give the streams of a compound file held in memory by their names, of whatever folder."""

    def __init__(self, content: bytes) -> None:
        """Read the tables and the directory; InputError when they are damaged."""
        self._content = content
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise damaged() from error

    def __contains__(self, name: str) -> bool:
        return name in self._streams

    def read(self, name: str) -> bytes:
        """Return a stream's content; InputError when there is none or its sectors are damaged."""
        if name not in self._streams:
            raise damaged()
        start, size = self._streams[name]
        if size > len(self._content):
            raise damaged()
        if size >= self._mini_cutoff:
            return self._join(start, self._table, self._sector)[:size]
        return self._join(start, self._mini_table, self._mini_sector)[:size]

    def _open(self) -> None:
        header = _HEADER.unpack_from(self._content)
        sector_shift, mini_shift = header[5], header[6]
        if header[0] != SIGNATURE or sector_shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004 - sizes as powers of 2
            raise damaged()
        self._sector_size = 1 << sector_shift
        self._mini_size = 1 << mini_shift
        directory, self._mini_cutoff, mini_table = header[11], header[13], header[14]
        listed = list(struct.unpack_from(f"<{_HEADER_TABLE_SECTORS}L", self._content, _HEADER.size))
        self._table = self._read_table(listed, further=header[16])
        self._mini_table = _numbers(self._join(mini_table, self._table, self._sector))
        self._streams: dict[str, tuple[int, int]] = {}
        self._mini_content = b""
        for name, kind, start, size in _entries(self._join(directory, self._table, self._sector)):
            if kind == _ROOT:
                self._mini_content = self._join(start, self._table, self._sector)[:size]
            elif kind == _STREAM:
                self._streams.setdefault(name, (start, size))

    def _read_table(self, sectors: list[int], further: int) -> list[int]:
        """Return the sector table, whose own sectors are listed in the header and in the sectors chained from it."""
        per_sector = self._sector_size // 4 - 1
        most = _HEADER_TABLE_SECTORS + per_sector + len(self._content) // self._sector_size // per_sector
        seen: set[int] = set()
        while further < _LAST_SECTOR and further not in seen:
            seen.add(further)
            numbers = _numbers(self._sector(further))
            sectors.extend(numbers[:per_sector])
            further = numbers[per_sector]
            if len(sectors) > most:
                raise damaged()
        return _numbers(b"".join(self._sector(sector) for sector in sectors if sector < _LAST_SECTOR))

    def _join(self, start: int, table: list[int], sector: SectorReader) -> bytes:
        pieces: list[bytes] = []
        number = start
        while number < _LAST_SECTOR:
            if len(pieces) > len(table):
                raise damaged()
            pieces.append(sector(number))
            number = table[number]
        return b"".join(pieces)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._sector_size
        if at >= len(self._content):
            raise damaged()
        return self._content[at : at + self._sector_size]

    def _mini_sector(self, number: int) -> bytes:
        at = number * self._mini_size
        if at >= len(self._mini_content):
            raise damaged()
        return self._mini_content[at : at + self._mini_size]


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(content) // 4}L", content))


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Give (name, kind, first sector, size) of every entry of the directory."""
    for at in range(0, len(directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<2L", directory, at + 116)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        yield name, kind, start, size

"""The container a VBA project lives in: a compound file of version 3 (MS-CFB), written in one go."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from xl_disclosure.errors import SetupError
from xl_disclosure.workbook.vba.compound_directory import (
    DirectoryEntry,
    EntryKind,
    Storage,
    encode_entry,
    encode_unused_entry,
    list_entries,
)

_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_SECTOR_BYTES = 512
_MINI_SECTOR_BYTES = 64
_SMALLEST_LARGE_STREAM = 4096
_NUMBERS_IN_A_SECTOR = _SECTOR_BYTES // 4
_ENTRIES_IN_A_SECTOR = 4
_FAT_SECTORS_IN_HEADER = 109
_FREE = 0xFFFFFFFF
_END_OF_CHAIN = 0xFFFFFFFE
_FAT_SECTOR = 0xFFFFFFFD
_HEADER = struct.Struct(f"<8s16sHHHHH6sIIIIIIIII{_FAT_SECTORS_IN_HEADER}I")


def write_compound_file(root: Storage) -> bytes:
    """Write the storages and streams below the root as a compound file: the same tree gives the same bytes.

    Raises:
        SetupError: a name is longer than 31 characters, or the whole is larger than 6.8 MB (the most that fits without
            a second-level table, MS-CFB 2.5).
    """
    entries = list_entries(root)
    sectors = _SectorChains(_SECTOR_BYTES)
    small_sectors = _SectorChains(_MINI_SECTOR_BYTES)
    starts = [_append_content(entry, sectors, small_sectors) for entry in entries]

    starts[0] = sectors.append(small_sectors.content)
    sizes = [len(entry.content) for entry in entries]
    sizes[0] = len(small_sectors.content)
    small_table = _encode_numbers(small_sectors.following)
    small_table_start = sectors.append(small_table)
    directory_start = sectors.append(_encode_directory(entries, starts, sizes))
    table_start, table_sectors = _append_table(sectors)

    header = _HEADER.pack(
        _SIGNATURE,
        bytes(16),
        0x003E,  # minor version
        3,  # major version
        0xFFFE,  # little-endian
        _SECTOR_BYTES.bit_length() - 1,
        _MINI_SECTOR_BYTES.bit_length() - 1,
        bytes(6),
        0,  # version 3 does not count the directory's sectors
        table_sectors,
        directory_start,
        0,  # no transactions
        _SMALLEST_LARGE_STREAM,
        small_table_start,
        len(small_table) // _SECTOR_BYTES,
        _END_OF_CHAIN,  # no second-level table
        0,
        *range(table_start, table_start + table_sectors),
        *[_FREE] * (_FAT_SECTORS_IN_HEADER - table_sectors),
    )
    return header + bytes(sectors.content)


class _SectorChains:
    """Gather contents in sectors of one size, each content a chain: `following[n]` is the sector after sector n."""

    def __init__(self, sector_bytes: int) -> None:
        self.sector_bytes = sector_bytes
        self.content = bytearray()
        self.following: list[int] = []

    def append(self, content: bytes | bytearray) -> int:
        """Append the content and return its first sector."""
        if not content:
            return _END_OF_CHAIN
        first = len(self.following)
        count = -(-len(content) // self.sector_bytes)
        self.content += content.ljust(count * self.sector_bytes, b"\0")
        self.following += [*range(first + 1, first + count), _END_OF_CHAIN]
        return first


def _append_content(entry: DirectoryEntry, sectors: _SectorChains, small_sectors: _SectorChains) -> int:
    if entry.kind is EntryKind.STORAGE:
        return 0
    if len(entry.content) < _SMALLEST_LARGE_STREAM:
        return small_sectors.append(entry.content)
    return sectors.append(entry.content)


def _encode_directory(entries: Sequence[DirectoryEntry], starts: Sequence[int], sizes: Sequence[int]) -> bytes:
    encoded = [encode_entry(*entry) for entry in zip(entries, starts, sizes, strict=True)]
    encoded += [encode_unused_entry()] * (-len(encoded) % _ENTRIES_IN_A_SECTOR)
    return b"".join(encoded)


def _append_table(sectors: _SectorChains) -> tuple[int, int]:
    """Append the table of all chains, which lists its own sectors too; return its first sector and its length."""
    first = len(sectors.following)
    count = -(-first // (_NUMBERS_IN_A_SECTOR - 1))
    if count > _FAT_SECTORS_IN_HEADER:
        raise SetupError("VBA 工程超过 6.8 MB，无法写入工作簿", "精简 macros 目录中的模块")
    sectors.following += [_FAT_SECTOR] * count
    sectors.content += _encode_numbers(sectors.following)
    return first, count


def _encode_numbers(numbers: Sequence[int]) -> bytes:
    unused = -len(numbers) % _NUMBERS_IN_A_SECTOR
    return struct.pack(f"<{len(numbers) + unused}I", *numbers, *[_FREE] * unused)

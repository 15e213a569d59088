"""The members of a zip file, never inflated beyond a bound.

Sources do not know the name of the file they read: the errors they raise are given it by ``read_file``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from xl_disclosure.errors import InputError

MAX_MEMBER = 64 * 1024 * 1024
"""Bytes of one inflated member. A form's largest part is under one megabyte; a zip bomb has gigabytes."""

CHUNK = 1024 * 1024

_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_DIRECTORY_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_UTF8 = 0x800
_IN_ZIP64 = 0xFFFFFFFF
_ZIP64_FIELD = 0x0001
_LONGEST_COMMENT = 0xFFFF
_MOST_MEMBERS = 10_000

_Entry = tuple[int, int, int, int, int]
"""Method, stored size, offset, checksum, and the size that the content is said to have."""

LARGEST_STORED_KEPT = 16 * 1024
LARGEST_KEPT = 64 * 1024
"""Bytes of a member, as stored and inflated, that is kept for the next file: units fill copies of one workbook."""


class Member(NamedTuple):
    """Hold a member as it is stored: from the same bytes comes the same content."""

    method: int
    stored: bytes
    checksum: int
    inflated: int
    """The size that the content is said to have."""

    @property
    def is_small(self) -> bool:
        """Tell whether the member is small enough to be kept, if it is what it is said to be."""
        return self.is_within(LARGEST_KEPT)

    def is_within(self, largest: int) -> bool:
        """Tell whether the member is small as stored and has at most so many bytes, if it is what it is said to be."""
        return len(self.stored) <= LARGEST_STORED_KEPT and self.inflated <= largest

    def chunks(self) -> Iterator[bytes]:
        """Give the content piece by piece, so that a reader may stop early.

        The checksum is held before the last piece is given: a small member is never given damaged. Raises InputError
        when it is damaged or larger than any form.
        """
        given = checksum = 0
        last = b""
        for piece in (self.stored,) if self.method == _STORED else _inflate(self.stored):
            yield last
            last = piece
            given += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if given > MAX_MEMBER:
                raise too_large()
        if checksum != self.checksum:
            raise damaged()
        yield last

    def content_up_to(self, largest: int) -> bytes | None:
        """Return the content; None when it has more bytes than that. Raises as ``chunks`` does."""
        content = b""
        for chunk in self.chunks():
            content += chunk
            if len(content) > largest:
                return None
        return content


@lru_cache(maxsize=64)
def small_content(member: Member) -> bytes | None:
    """Return the content of a member that ``is_small``; None when it is larger than it is said to be."""
    return member.content_up_to(LARGEST_KEPT)


class Archive:
    """Give the members of a zip file held in memory.

    The directory at the end alone says what there is, so what hides between members is never looked at.
    """

    def __init__(self, content: bytes) -> None:
        """Read the directory; InputError when the file is cut short or damaged."""
        self._content = content
        try:
            self._entries = dict(self._directory())
        except (struct.error, IndexError) as error:
            raise damaged() from error

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return a member's content; InputError when it is damaged or larger than any form."""
        member = self.member(name)
        kept = small_content(member) if member.is_small else None
        return b"".join(filter(None, member.chunks())) if kept is None else kept

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a member's content piece by piece; see ``Member``."""
        return self.member(name).chunks()

    def member(self, name: str) -> Member:
        """Return a member as it is stored; InputError when there is none or the file is damaged."""
        method, size, offset, checksum, inflated = self._entry(name)
        return Member(method, self._stored(method, size, offset), checksum, inflated)

    def _stored(self, method: int, size: int, offset: int) -> bytes:
        try:
            header = _LOCAL_HEADER.unpack_from(self._content, offset)
        except struct.error as error:
            raise damaged() from error
        start = offset + _LOCAL_HEADER.size + header[9] + header[10]
        stored = self._content[start : start + size]
        if header[0] != b"PK\x03\x04" or len(stored) != size or method not in (_STORED, _DEFLATED):
            raise damaged()
        return stored

    def _entry(self, name: str) -> _Entry:
        entry = self._entries.get(name)
        if entry is None:
            raise damaged()
        return entry

    def _directory(self) -> Iterator[tuple[str, _Entry]]:
        end = self._content.rfind(b"PK\x05\x06", max(0, len(self._content) - _END_OF_DIRECTORY.size - _LONGEST_COMMENT))
        if end < 0:
            raise damaged()
        _, _, _, _, count, _, at, _ = _END_OF_DIRECTORY.unpack_from(self._content, end)
        for _ in range(min(count, _MOST_MEMBERS)):
            entry = _DIRECTORY_ENTRY.unpack_from(self._content, at)
            if entry[0] != b"PK\x01\x02":
                raise damaged()
            flags, method, checksum = entry[3], entry[4], entry[7]
            start = at + _DIRECTORY_ENTRY.size
            extra_start = start + entry[10]
            at = extra_start + entry[11] + entry[12]
            if flags & _ENCRYPTED:
                raise encrypted()
            name = self._content[start:extra_start]
            encoding = "utf-8" if flags & _UTF8 or name.isascii() else "cp437"
            inflated, size, offset = sizes = entry[9], entry[8], entry[16]
            if _IN_ZIP64 in sizes:
                inflated, size, offset = _sizes(self._content[extra_start : extra_start + entry[11]], sizes)
            yield name.decode(encoding, "replace"), (method, size, offset, checksum, inflated)


def _inflate(stored: bytes) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while stored and not inflater.eof:
        try:
            yield inflater.decompress(stored, CHUNK)
        except zlib.error as error:
            raise damaged() from error
        stored = inflater.unconsumed_tail
    if not inflater.eof:
        raise damaged()


def damaged() -> InputError:
    """Return the error for a file that is cut short or not what it seems."""
    what = "文件不完整或已损坏，读不出来（可能没有传完，或还在保存）"
    return InputError(what, "请报送单位重新发送，收到后先用 Excel、WPS 打开看看")


def too_large() -> InputError:
    """Return the error for a file whose content is larger than any report's."""
    what = "内容展开后异常庞大（可能是压缩炸弹），没有读取"
    return InputError(what, "请报送单位删去无关内容，用 Excel、WPS 重新保存后再报")


def encrypted() -> InputError:
    """Return the error for a file that opens with a password only."""
    return InputError("文件已加密，没有密码读不出来", "请报送单位取消密码（另存为时清空“打开权限密码”）后重新报送")


def _sizes(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, ...]:
    """Return the full and the stored size and the offset, each taken from the Zip64 field where it is said to be."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == _ZIP64_FIELD:
            long_sizes = iter(struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8]))
            return tuple(next(long_sizes, (_IN_ZIP64,))[0] if size == _IN_ZIP64 else size for size in sizes)
        at += 4 + length
    return sizes

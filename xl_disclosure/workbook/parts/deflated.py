"""Content compressed in pieces, so that a piece that was compressed before is taken over as it is (RFC 1951)."""

from __future__ import annotations

import copy
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

FAST = 2
"""How hard what is large is compressed: in half the time, to a fifth more than usual."""

_POLYNOMIAL = 0xEDB88320
"""That of the CRC-32 of zip archives (ISO 3309), its lowest power in the highest bit."""

_ONE = 1 << 31
_NOTHING_MORE = b"\x03\x00"
"""An empty last block."""

_HEAD = struct.Struct("<LLL")


@dataclass(frozen=True, slots=True)
class Deflated:
    """Hold a piece: its compressed bytes, which end at a whole byte and lean on nothing before them, and its length.

    ``shift`` is the power of the CRC's polynomial by which what follows the piece moves a checksum.
    """

    content: bytes
    size: int
    checksum: int
    shift: int

    def to_bytes(self) -> bytes:
        """Return the piece as bytes to keep."""
        return _HEAD.pack(self.size, self.checksum, self.shift) + self.content

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        """Return the piece that bytes of ``to_bytes`` say; ValueError for what is too short to be one."""
        if len(kept) < _HEAD.size:
            raise ValueError("no piece")
        size, checksum, shift = _HEAD.unpack_from(kept)
        return cls(kept[_HEAD.size :], size, checksum, shift)

    def inflate(self) -> bytes:
        """Return what was compressed."""
        return zlib.decompress(self.content + _NOTHING_MORE, -zlib.MAX_WBITS)


def deflate(content: bytes, level: int) -> Deflated:
    """Compress a piece by itself."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    compressed = compressor.compress(content) + compressor.flush(zlib.Z_FULL_FLUSH)
    return Deflated(compressed, len(content), zlib.crc32(content), _power(8 * len(content)))


def write_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, pieces: Iterable[Deflated]) -> None:
    """Write a member of an archive, new, that consists of pieces."""
    size = checksum = 0
    contents: list[bytes] = []
    for piece in pieces:
        contents.append(piece.content)
        size += piece.size
        checksum = _times(checksum, piece.shift) ^ piece.checksum
    _write(archive, member, b"".join([*contents, _NOTHING_MORE]), size, checksum)


def copy_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, compressed: bytes) -> None:
    """Write a member of another archive as it is; ``compressed`` are its bytes there."""
    taken = copy.copy(member)
    _write(archive, taken, compressed, member.file_size, member.CRC)


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, compressed: bytes, size: int, checksum: int) -> None:
    """Write compressed bytes as if they were to be stored, then say in the member's header what they are."""
    way = member.compress_type
    member.compress_type = zipfile.ZIP_STORED
    archive.writestr(member, compressed)
    member.compress_type, member.file_size, member.CRC = way, size, checksum
    file = archive.fp
    if file is None:
        raise ValueError("a closed archive")
    file.seek(member.header_offset)
    file.write(member.FileHeader())
    file.seek(archive.start_dir)


# The checksum of two pieces one after the other follows from theirs: that of the first, as a polynomial over two
# elements, times the power of x that is the number of the second's bits, plus that of the second.


def _times(one: int, other: int) -> int:
    """Return the product of two polynomials, taken modulo that of the checksum."""
    product = 0
    while one:
        if one & _ONE:
            product ^= other
        one = one << 1 & 0xFFFFFFFF
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return product


def _power(exponent: int) -> int:
    """Return that power of x, taken modulo the polynomial of the checksum."""
    result, square = _ONE, _ONE >> 1
    while exponent:
        if exponent & 1:
            result = _times(result, square)
        square = _times(square, square)
        exponent >>= 1
    return result

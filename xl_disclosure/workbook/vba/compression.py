"""The run-length compression VBA projects store their text in (MS-OVBA 2.4.1)."""

from __future__ import annotations

_CONTAINER_SIGNATURE = b"\x01"
_CHUNK_BYTES = 4096
_RAW_CHUNK_HEADER = 0x3000
_COMPRESSED_CHUNK_HEADER = 0xB000
_SHORTEST_COPY = 3
_COPY_TOKEN_BYTES = 2
_TOKENS_IN_A_GROUP = 8


def compress(content: bytes) -> bytes:
    """Compress the content into one MS-OVBA container."""
    container = bytearray(_CONTAINER_SIGNATURE)
    for start in range(0, len(content), _CHUNK_BYTES):
        container += _chunk(content[start : start + _CHUNK_BYTES])
    return bytes(container)


def _chunk(content: bytes) -> bytes:
    body = _token_groups(content)
    if len(body) <= _CHUNK_BYTES:
        return _header(_COMPRESSED_CHUNK_HEADER, len(body)) + body
    if len(content) == _CHUNK_BYTES:
        return _header(_RAW_CHUNK_HEADER, _CHUNK_BYTES) + content
    # A raw chunk always stands for 4,096 bytes, so that a short last one would come back padded with zeros.
    middle = len(content) // 2
    return _chunk(content[:middle]) + _chunk(content[middle:])


def _header(kind: int, body_bytes: int) -> bytes:
    return (kind | (body_bytes - 1)).to_bytes(2, "little")


def _token_groups(content: bytes) -> bytes:
    tokens = _tokens(content)
    groups = bytearray()
    for start in range(0, len(tokens), _TOKENS_IN_A_GROUP):
        group = tokens[start : start + _TOKENS_IN_A_GROUP]
        groups.append(sum(1 << place for place, token in enumerate(group) if len(token) == _COPY_TOKEN_BYTES))
        groups += b"".join(group)
    return bytes(groups)


def _tokens(content: bytes) -> list[bytes]:
    """Write the content as single bytes and, two bytes each, copies of what stood before."""
    tokens = []
    position = 0
    while position < len(content):
        source, length = _earlier_copy(content, position)
        if length:
            tokens.append(_copy_token(position, position - source, length))
        else:
            length = 1
            tokens.append(content[position : position + length])
        position += length
    return tokens


def _earlier_copy(content: bytes, position: int) -> tuple[int, int]:
    """Find where the longest run standing at the position stood before, and its length (0: nowhere)."""
    limit = min(len(content) - position, _longest_copy(position))
    source, length = 0, 0
    for wanted in range(_SHORTEST_COPY, limit + 1):
        found = content.find(content[position : position + wanted], source, position + wanted - 1)
        if found < 0:
            break
        source, length = found, wanted
    return source, length


def _copy_token(position: int, offset: int, length: int) -> bytes:
    length_bits = _length_bits(position)
    return ((offset - 1) << length_bits | (length - _SHORTEST_COPY)).to_bytes(2, "little")


def _longest_copy(position: int) -> int:
    return (1 << _length_bits(position)) - 1 + _SHORTEST_COPY


def _length_bits(position: int) -> int:
    """Divide a token's 16 bits: the further into the chunk, the more the offset takes and the fewer are left."""
    return 16 - max(4, (position - 1).bit_length())

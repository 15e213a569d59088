"""The lines of a long list in compressed blocks, of which those are taken from a shelf that were written before."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import repeat

from xl_disclosure.workbook.book import ListLine
from xl_disclosure.workbook.parts.deflated import FAST, Deflated, deflate
from xl_disclosure.workbook.parts.list_rows import ListRows
from xl_disclosure.workbook.parts.shelf import PLAIN_MARSHAL, Shelf, kept_piece, shelf_key

LONG = 1_000
"""Lines from which on a list is written in blocks."""

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class WrittenLines:
    """Hold the lines of a list: the elements of rows by number, empty ones included, and blocks of further rows."""

    rows: dict[int, str] = field(default_factory=dict)
    blocks: dict[range, Deflated] = field(default_factory=dict)


def write_lines(
    list_rows: ListRows,
    first_row: int,
    lines: Sequence[ListLine],
    heights: Sequence[float],
    beyond: Mapping[int, str],
    shelf: Shelf,
) -> WrittenLines:
    """Return the lines written; ``beyond`` are by row the cells to the list's right.

    Raises what ``ListRows.to_text`` does.
    """
    written = WrittenLines()
    for start in range(0, len(lines), _BLOCK):
        some, their_heights = lines[start : start + _BLOCK], heights[start : start + _BLOCK]
        block = range(first_row + start, first_row + start + len(some))
        is_long = len(lines) >= LONG and not any(number in beyond for number in block)
        key = _key(list_rows, block.start, some, their_heights) if is_long else b""
        piece = kept_piece(shelf, key) if key else None
        if piece is None:
            numbered = zip(block, some, their_heights or repeat(None), strict=False)
            rows = {
                number: list_rows.to_text(number, line, height, beyond.get(number, ""))
                for number, line, height in numbered
            }
            if not key or not all(rows.values()):
                written.rows.update(rows)
                continue
            piece = deflate("".join(rows.values()).encode(), FAST)
            shelf.put(key, piece.to_bytes())
        written.blocks[block] = piece
    return written


def _key(list_rows: ListRows, first_row: int, lines: Sequence[ListLine], heights: Sequence[float]) -> bytes:
    """Return what stands for all that a block depends on; empty where a line holds other than bare values."""
    for some in (lines, map(_without_decimals, lines)):
        with suppress(ValueError):  # what marshal does not know
            return shelf_key(
                "list", marshal.dumps((first_row, list(some), list(heights), list_rows.looks), PLAIN_MARSHAL)
            )
    return b""


def _without_decimals(line: ListLine) -> list[object]:
    plain: list[object] = [*line]
    for column in _decimal_columns(tuple(map(type, line))):
        plain[column] = ("decimal", str(plain[column]))
    return plain


@lru_cache(maxsize=64)
def _decimal_columns(kinds: Sequence[type]) -> Sequence[int]:
    return [column for column, kind in enumerate(kinds) if issubclass(kind, Decimal)]

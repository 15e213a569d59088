"""The sum of many units' figures, fact by fact."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.figures import WIDTH, Figures, pack

_BITS = 8 * WIDTH
_HALF = 2 ** (_BITS - 1)


def add_up(rows: Sequence[Figures], width: int) -> Figures:
    """Return the sum of each of so many columns; None where no row has a figure.

    Totals printed in the form are added up as the units reported them, so that a unit's own slip shows in the sum.
    """
    if not rows:
        return pack([None] * width)
    sums: list[Number] = [*_add_packed([row.packed for row in rows], width)]
    blanks = [0] * width
    for row in rows:
        for place, figure in row.odd:
            if figure is None:
                blanks[place] += 1
            else:
                sums[place] += figure
    return pack([None if blank == len(rows) else figure for figure, blank in zip(sums, blanks, strict=True)])


def _add_packed(rows: Sequence[bytes], width: int) -> list[int]:
    """Return the sum of each of so many columns of packed figures; ValueError where a row is not so wide.

    A row is read as one long number, in which each figure is a digit: one addition adds them all. Each is raised by
    half its range, so that none is negative, and every other one is set aside, so that a sum has twice the space.
    """
    if {WIDTH * width} != set(map(len, rows)):
        raise ValueError(width)
    pairs = (width + 1) // 2
    raised = int.from_bytes(_HALF.to_bytes(WIDTH, "little") * width, "little")
    lower = int.from_bytes((b"\xff" * WIDTH + b"\0" * WIDTH) * pairs, "little")
    lower_sum = upper_sum = 0
    for row in rows:
        digits = int.from_bytes(row, "little") ^ raised
        low = digits & lower
        lower_sum += low
        upper_sum += digits ^ low
    sums = [0] * (2 * pairs)
    sums[::2] = _digits(lower_sum, pairs)
    sums[1::2] = _digits(upper_sum >> _BITS, pairs)
    return [figure - len(rows) * _HALF for figure in sums[:width]]


def _digits(number: int, count: int) -> Sequence[int]:
    """Return the digits of eight bytes that a number has, the lowest first."""
    return struct.unpack(f"<{count}Q", number.to_bytes(2 * WIDTH * count, "little"))

"""The lines of 分户表 as a table for programs (Apache Parquet), where pyarrow is installed."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import WIDTH

_HEADS = ("unit", "code", "parent", "category", "file")
_DIGITS, _PLACES = 38, 10
"""Of a column with decimals; the most that Parquet keeps in 128 bits."""


def has_parquet() -> bool:
    """Tell whether such a table can be written on this machine."""
    return find_spec("pyarrow") is not None


def do_without_numpy() -> None:
    """Keep this process from loading numpy, should it not have done so, for pyarrow to load in a third of the time.

    Only for a process that does nothing but write such a table: it has no numpy from then on.
    """
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type] # how Python says that a module cannot be had


def write_parquet(path: Path, edition: Edition, lines: Sequence[BreakdownLine]) -> None:
    """Write the lines, their facts in columns called by their addresses, where pyarrow is installed.

    The same lines give the same bytes. Raises OSError when the file cannot be written.
    """
    if not has_parquet():
        return
    import pyarrow as pa
    from pyarrow import parquet

    columns: dict[str, Any] = {head: _texts([getattr(line, head) for line in lines]) for head in _HEADS}
    corrections = _bits(b"\0", len(lines), [row for row, line in enumerate(lines) if line.is_correction])
    columns["is_correction"] = pa.Array.from_buffers(pa.bool_(), len(lines), [None, pa.py_buffer(corrections)])
    whole = memoryview(b"".join([line.figures.packed for line in lines])).cast("i")
    odd: list[list[tuple[int, Number | None]]] = [[] for _ in edition.facts]
    for row, line in enumerate(lines):
        for place, figure in line.figures.odd:
            odd[place].append((row, figure))
    for place, address in enumerate(edition.facts):
        columns[address] = _numbers(whole[place :: len(edition.facts)].tobytes(), odd[place])
    table = pa.Table.from_arrays(list(columns.values()), names=list(columns))
    # A column holds few different figures, of which zstd makes more than the format's own dictionary in less time.
    parquet.write_table(table, path, compression="zstd", use_dictionary=False)


# Columns are built from their bytes: pyarrow.array loads pandas, and pyarrow.compute takes as long as all the rest.


def _texts(texts: Sequence[str]) -> Any:
    """Return a column of texts; bytes in the name of a file that are no text become question marks."""
    import pyarrow as pa

    encoded = [text.encode("utf-8", "replace") for text in texts]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    buffers = [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers)


def _numbers(whole: bytes, odd: Sequence[tuple[int, Number | None]]) -> Any:
    """Return a column of whole numbers or, where one has decimals, of decimals; None is null.

    ``whole`` are numbers of four bytes, ``odd`` those that are not among them, by their place.
    """
    import pyarrow as pa

    count = len(whole) // WIDTH
    blanks = [row for row, figure in odd if figure is None]
    validity = pa.py_buffer(_bits(b"\xff", count, blanks)) if blanks else None
    if any(isinstance(figure, Decimal) for _, figure in odd):
        kind, content = pa.decimal128(_DIGITS, _PLACES), _as_decimals(whole, odd)
    else:
        kind, content = pa.int64(), _widen(whole, [(row, figure) for row, figure in odd if isinstance(figure, int)])
    return pa.Array.from_buffers(kind, count, [validity, pa.py_buffer(content)])


def _bits(ground: bytes, count: int, others: Iterable[int]) -> bytes:
    """Return so many bits as they are in a byte, but for others, by their places, the lowest of each byte first."""
    bits = bytearray(ground * -(-count // 8))
    for place in others:
        bits[place // 8] ^= 1 << place % 8
    return bytes(bits)


def _widen(whole: bytes, odd: Iterable[tuple[int, int]]) -> bytes:
    """Return whole numbers in eight bytes each."""
    narrow, content = memoryview(whole).cast("i"), bytearray(2 * len(whole))
    halves = memoryview(content).cast("i")
    halves[::2] = narrow
    if not whole[WIDTH - 1 :: WIDTH].isascii():  # The highest bit of one says that it is negative.
        halves[1::2] = memoryview(array("i", [-(figure < 0) for figure in narrow]))
    numbers = memoryview(content).cast("q")
    for row, figure in odd:
        numbers[row] = figure
    return bytes(content)


def _as_decimals(whole: bytes, odd: Iterable[tuple[int, Number | None]]) -> bytes:
    """Return numbers as whole numbers of their smallest decimal place, in 16 bytes each."""
    numbers: list[Number] = [*memoryview(whole).cast("i")]
    for row, figure in odd:
        numbers[row] = figure or 0
    return b"".join([int(number * 10**_PLACES).to_bytes(16, "little", signed=True) for number in numbers])

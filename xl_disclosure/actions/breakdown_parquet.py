"""The lines of 分户表 as a table for programs (Apache Parquet), where pyarrow is installed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine

_HEADS = ("unit", "code", "parent", "category", "file")
_DIGITS, _PLACES = 38, 10
"""Of a column with decimals; the most that Parquet keeps in 128 bits."""


def has_parquet() -> bool:
    """Tell whether such a table can be written on this machine."""
    return find_spec("pyarrow") is not None


def write_parquet(path: Path, edition: Edition, lines: Sequence[BreakdownLine]) -> None:
    """Write the lines, their facts in columns called by their addresses, where pyarrow is installed.

    The same lines give the same bytes. Raises OSError when the file cannot be written.
    """
    if not has_parquet():
        return
    import pyarrow as pa
    from pyarrow import parquet

    columns: dict[str, Any] = {head: _texts([getattr(line, head) for line in lines]) for head in _HEADS}
    columns["is_correction"] = _numbers([int(line.is_correction) for line in lines]).cast(pa.bool_())
    for address, figures in zip(edition.facts, zip(*(line.figures for line in lines), strict=True), strict=True):
        columns[address] = _numbers(figures)
    table = pa.Table.from_arrays(list(columns.values()), names=list(columns))
    parquet.write_table(table, path, compression="zstd")


# Columns are built from their bytes: pyarrow.array loads pandas, which takes longer than all the rest.


def _texts(texts: Sequence[str]) -> Any:
    """Return a column of texts; bytes in the name of a file that are no text become question marks."""
    import numpy as np
    import pyarrow as pa

    encoded = [text.encode("utf-8", "replace") for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), len(texts), [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(b"".join(encoded))]
    )


def _numbers(figures: Sequence[Number | None]) -> Any:
    """Return a column of whole numbers or, where one has decimals, of decimals; None is null."""
    import numpy as np
    import pyarrow as pa

    kinds = set(map(type, figures))
    known = [0 if figure is None else figure for figure in figures] if type(None) in kinds else figures
    validity = None
    if type(None) in kinds:
        is_known = np.array([figure is not None for figure in figures])
        validity = pa.py_buffer(np.packbits(is_known, bitorder="little").tobytes())
    if Decimal in kinds:
        kind, content = pa.decimal128(_DIGITS, _PLACES), b"".join(map(_as_decimal128, known))
    else:
        kind, content = pa.int64(), np.fromiter(known, np.int64, len(figures)).tobytes()
    return pa.Array.from_buffers(kind, len(figures), [validity, pa.py_buffer(content)])


def _as_decimal128(figure: Number | None) -> bytes:
    """Return a number as a whole number of its smallest decimal place, in 16 bytes."""
    return int(Decimal(figure or 0).scaleb(_PLACES)).to_bytes(16, "little", signed=True)

"""The lines of 分户表 as a table for programs (Apache Parquet), where pyarrow is installed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
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
    """Write the lines, their facts in columns called by their addresses; without pyarrow an older file is deleted.

    The same lines give the same bytes. Raises OSError when the file cannot be written.
    """
    if not has_parquet():
        path.unlink(missing_ok=True)
        return
    import pyarrow as pa
    from pyarrow import parquet

    arrays: dict[str, Any] = {head: pa.array([_text(getattr(line, head)) for line in lines]) for head in _HEADS}
    arrays["is_correction"] = pa.array([line.is_correction for line in lines])
    for address, figures in zip(edition.facts, zip(*(line.figures for line in lines), strict=True), strict=True):
        arrays[address] = pa.array(figures, pa.decimal128(_DIGITS, _PLACES) if _has_decimals(figures) else pa.int64())
    waiting = path.with_name(f".xl-disclosure-{os.getpid()}.parquet.tmp")
    try:
        parquet.write_table(pa.table(arrays), waiting, compression="zstd")
        waiting.replace(path)
    finally:
        with suppress(OSError):
            waiting.unlink()


def _text(text: str) -> str:
    """Return a text that UTF-8 can hold: the name of a file may have bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def _has_decimals(figures: Sequence[Number | None]) -> bool:
    return any(isinstance(figure, Decimal) for figure in figures)

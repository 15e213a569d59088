"""The lines of 分户表 as a table for programs: every figure in its column, whatever its kind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from xl_disclosure.actions.breakdown_parquet import write_parquet
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import pack

EDITION = load_edition("2014")
FIRST, SECOND, *REST = EDITION.facts

DECIMAL = pa.decimal128(38, 10)


def line(first: Number | None, second: Number | None = 0, unit: str = "甲局", file: str = "甲.xlsx") -> BreakdownLine:
    """Return a line with two figures, all others being 0."""
    return BreakdownLine(unit, pack([first, second, *[0] * len(REST)]), file, "1", "某市", "局")


def write(path: Path, lines: Sequence[BreakdownLine]) -> Any:
    """Return the table written of lines as programs read it."""
    write_parquet(path, EDITION, lines)
    table = parquet.read_table(path)
    table.validate(full=True)
    return table


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        ([0, 1, 255, 256, 2**31 - 1], pa.int64()),
        ([5, -1, -(2**31), 0], pa.int64()),
        ([None, 5, None, -5, *[7] * 7, None], pa.int64()),
        ([2**31, -(2**31) - 1, 2**63 - 1, -(2**63), None], pa.int64()),
        ([Decimal("0.1"), 3, None, -4, 2**40, Decimal("-1.25")], DECIMAL),
        ([None], pa.int64()),
    ],
    ids=["counts", "negative", "blank", "very large", "decimals", "nothing but blank"],
)
def test_a_column_has_the_figures_of_its_fact(figures: list[Number | None], kind: object, tmp_path: Path) -> None:
    table = write(tmp_path / "表.parquet", [line(figure, second=7) for figure in figures])
    assert table.schema.field(FIRST).type == kind
    assert table[FIRST].to_pylist() == figures
    assert table[SECOND].to_pylist() == [7] * len(figures)
    assert all(table[address].to_pylist() == [0] * len(figures) for address in REST)


def test_the_heads_say_whose_figures_they_are_and_which_lines_are_corrections(tmp_path: Path) -> None:
    lines = [line(n, unit=f"第{n}局" * n, file="" if n in (3, 9) else f"{n}\udcff.xlsx") for n in range(10)]
    table = write(tmp_path / "表.parquet", lines)
    assert table["unit"].to_pylist() == [one.unit for one in lines]
    assert table["file"].to_pylist() == [one.file.replace("\udcff", "?") for one in lines]
    assert [row for row, is_correction in enumerate(table["is_correction"].to_pylist()) if is_correction] == [3, 9]
    assert {head: set(table[head].to_pylist()) for head in ("code", "parent", "category")} == {
        "code": {"1"},
        "parent": {"某市"},
        "category": {"局"},
    }


def test_the_same_table_is_written_where_numpy_is_done_without(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_NUMPY, tmp_path / "二.parquet"], check=True)
    write(tmp_path / "一.parquet", [line(1), line(None), line(-1)])
    assert (tmp_path / "一.parquet").read_bytes() == (tmp_path / "二.parquet").read_bytes()


WITHOUT_NUMPY = """
import sys
from pathlib import Path
from xl_disclosure.actions.breakdown_parquet import do_without_numpy, write_parquet
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import pack

edition = load_edition("2014")
rows = [[first, *[0] * (len(edition.facts) - 1)] for first in (1, None, -1)]
do_without_numpy()
lines = [BreakdownLine("甲局", pack(row), "甲.xlsx", "1", "某市", "局") for row in rows]
write_parquet(Path(sys.argv[1]), edition, lines)
assert not [name for name, module in sys.modules.items() if name.partition(".")[0] == "numpy" and module is not None]
"""

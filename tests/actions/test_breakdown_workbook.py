"""分户表 as a workbook of its own: its lines read back as they were written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.actions.breakdown_file import BreakdownFile, digest_of, read_breakdown_file
from xl_disclosure.actions.breakdown_workbook import write_breakdown_workbook
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import pack
from xl_disclosure.workbook.parts.shelf import EMPTY

EDITION = load_edition("2021")
WIDTH = len(EDITION.facts)
MOST_DIGITS = 15
"""Of a figure that a spreadsheet keeps exactly."""

decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**9), 10**9), st.integers(1, 6)
).filter(lambda number: number != number.to_integral_value())
figures: st.SearchStrategy[Number | None] = st.one_of(
    st.none(), st.integers(-(10**MOST_DIGITS - 1), 10**MOST_DIGITS - 1), st.integers(0, 300), decimals
)
names = st.text("市县局乡1a-/<&\"'“ ", min_size=1, max_size=20)
heads = st.one_of(st.just(""), names)


@st.composite
def breakdown_lines(draw: st.DrawFn) -> BreakdownLine:
    """Draw a line of any unit, or of a correction, which names no file."""
    some = draw(st.dictionaries(st.integers(0, WIDTH - 1), figures, max_size=12))
    return BreakdownLine(
        draw(names), pack([some.get(place) for place in range(WIDTH)]), *[draw(heads) for _ in range(4)]
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a place for the file."""
    return tmp_path_factory.mktemp("beside") / "汇总.分户表.xlsx"


@given(st.lists(breakdown_lines(), min_size=1, max_size=8))
def test_lines_read_back_as_they_were_written(path: Path, lines: list[BreakdownLine]) -> None:
    with path.open("wb") as file:
        write_breakdown_workbook(file, EDITION, lines, EMPTY)
    read = read_breakdown_file(BreakdownFile(path, digest_of(path)), EDITION)
    assert list(read) == lines
    kinds = [[type(figure) for figure in line.figures] for line in lines]
    assert [[type(figure) for figure in line.figures] for line in read] == kinds

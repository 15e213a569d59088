"""The sum of many units' figures, fact by fact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.totals import add_up

NUMBERS: st.SearchStrategy[Number | None] = st.one_of(
    st.integers(-(2**31), 2**31 - 1),
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**9), 10**9, places=4),
    st.none(),
)


def test_a_sum_adds_what_is_there_and_is_blank_where_nothing_is() -> None:
    assert add_up([pack([3, None, Decimal("0.1")]), pack([None, None, Decimal("0.2")])], 3) == pack(
        [3, None, Decimal("0.3")]
    )


def test_without_any_unit_every_sum_is_blank() -> None:
    assert add_up([], 2) == pack([None, None])


def test_the_largest_and_the_least_figures_of_many_units_add_up() -> None:
    row = [2**31 - 1, -(2**31), 0, -1, 2**31 - 1]
    assert list(add_up([pack(row)] * 5000, 5)) == [5000 * figure for figure in row]


@given(st.data(), st.integers(0, 5))
def test_each_column_comes_to_its_plain_sum(data: st.DataObject, width: int) -> None:
    rows = data.draw(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), max_size=8))
    found = add_up([pack(row) for row in rows], width)
    assert list(found) == [plain_sum([row[place] for row in rows]) for place in range(width)]


def plain_sum(column: list[Number | None]) -> Number | None:
    known = [figure for figure in column if figure is not None]
    return sum(known) if known else None


def test_rows_of_different_width_are_no_columns() -> None:
    with pytest.raises(ValueError, match="2"):
        add_up([pack([1, 2]), pack([1])], 2)

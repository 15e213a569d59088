"""The figures of a return packed into bytes are those of the return."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.figures import Figures, pack

NUMBERS: st.SearchStrategy[Number | None] = st.one_of(
    st.integers(-10, 10),
    st.integers(),
    st.sampled_from([2**31 - 1, 2**31, -(2**31), -(2**31) - 1]),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.none(),
)


@given(st.lists(NUMBERS, max_size=20))
def test_what_was_packed_comes_out_again(figures: list[Number | None]) -> None:
    packed = pack(figures)
    assert [repr(figure) for figure in packed] == [repr(figure) for figure in figures]
    assert [packed[place] for place in range(len(packed))] == figures
    assert pickle.loads(pickle.dumps(packed)) == packed


def test_whole_numbers_of_four_bytes_stand_in_the_bytes_and_all_others_beside_them() -> None:
    figures = pack([1, None, -2, Decimal("0.5"), 2**31])
    assert figures.packed.hex() == "0100000000000000feffffff0000000000000000"
    assert figures.odd == ((1, None), (3, Decimal("0.5")), (4, 2**31))


def test_figures_are_the_same_when_their_numbers_are() -> None:
    assert pack([1, Decimal("2.50")]) == pack([Decimal("1.0"), Decimal("2.5")])
    assert len({pack([1, Decimal("2.50")]), pack([Decimal("1.0"), Decimal("2.5")])}) == 1
    assert pack([0]) != pack([None])
    assert pack([0]) != (0,)


def test_figures_are_a_sequence_that_nothing_changes() -> None:
    figures: Sequence[Number | None] = pack([3, None, 5])
    assert (len(figures), figures[-1], list(figures[1:]), 5 in figures, figures.index(None)) == (
        3,
        5,
        [None, 5],
        True,
        1,
    )
    with pytest.raises(IndexError):
        figures[3]
    with pytest.raises(AttributeError):
        figures.packed = b""  # type: ignore[attr-defined]
    assert list(Figures(b"")) == []

"""The sum of many units' figures, fact by fact."""

from __future__ import annotations

from decimal import Decimal

from xl_disclosure.rollup.totals import add_up


def test_a_sum_adds_what_is_there_and_is_blank_where_nothing_is() -> None:
    assert add_up([(3, None, Decimal("0.1")), (None, None, Decimal("0.2"))], 3) == (3, None, Decimal("0.3"))


def test_without_any_unit_every_sum_is_blank() -> None:
    assert add_up([], 2) == (None, None)

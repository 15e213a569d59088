from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.checks.narrative.numerals import read_numeral
from xl_disclosure.narrative.figures import change_against, in_chinese, plain, share
from xl_disclosure.returns.model import Number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1808595, "1808595"),
        (-18, "-18"),
        (Decimal("2.00"), "2"),
        (Decimal("0.00"), "0"),
        (Decimal(200), "200"),
        (Decimal("59237.2449"), "59237.2449"),
    ],
)
def test_figures_are_printed_in_plain_digits(number: Number, text: str) -> None:
    assert plain(number) == text


@pytest.mark.parametrize(
    ("before", "now", "phrase"),
    [
        (200, 225, "同比增长12.5%"),
        (225, 200, "同比下降11.1%"),
        (3, 0, "同比下降100%"),
        (1, 16, "同比增长1500%"),
        (0, 0, "与上年持平"),
        (12, 12, "与上年持平"),
        (Decimal("2.50"), Decimal("2.5"), "与上年持平"),
        (0, 5, "比上年增加5件（上年为0件）"),
        (100000, 100001, "比上年增加1件"),
        (100001, 100000, "比上年减少1件"),
        (-18, 3, "比上年增加21件（上年为-18件）"),
        (3, -18, "比上年减少21件（上年为3件）"),
        (Decimal("1.5"), Decimal(3), "同比增长100%"),
        (2000, 2001, "同比增长0.1%"),
    ],
)
def test_a_change_is_told_as_official_reports_tell_it(before: Number, now: Number, phrase: str) -> None:
    assert change_against(before, now, "件") == phrase


@pytest.mark.parametrize(("part", "whole", "text"), [(1, 8, "12.5%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (8, 8, "100%")])
def test_a_share_is_in_per_cent_to_one_decimal(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (2, "二"), (10, "十"), (17, "十七"), (123, "一百二十三"), (110005, "十一万零五"), (-3, "负三")],
)
def test_a_figure_in_chinese_numerals_is_as_said(number: int, text: str) -> None:
    assert in_chinese(number) == text


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_read_back_as_the_same_figure(number: int) -> None:
    assert read_numeral(in_chinese(number)) == number

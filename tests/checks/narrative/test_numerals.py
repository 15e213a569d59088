from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.checks.narrative.numerals import read_numeral
from xl_disclosure.returns.model import Number

UP_TO_A_HUNDRED_MILLION = st.integers(min_value=0, max_value=10**8)
DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def in_chinese(number: int) -> str:
    """Return how a whole number up to 一亿 is read aloud, 零 where a place is skipped."""
    for name, worth in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= worth:
            above, below = divmod(number, worth)
            skipped = "零" if 0 < below < worth // 10 else ""
            head = "" if (name, above) == ("十", 1) else in_chinese(above)
            tail = in_chinese(below) if below else ""
            return head + name + skipped + ("一" if 10 <= below < 20 else "") + tail
    return DIGITS[number]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3646", 3646),
        ("3,646", 3646),
        ("３６４６", 3646),
        ("1690.9913", Decimal("1690.9913")),
        ("125.9万", 1259000),
        ("2亿", 200000000),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("一十", 10),
        ("十五", 15),
        ("一百零三", 103),
        ("一百〇三", 103),
        ("一百一十", 110),
        ("一百十", 110),
        ("一百二十三", 123),
        ("两千零五十", 2050),
        ("十二万零五", 120005),
        ("一万零五百", 10500),
        ("十万五千", 105000),
        ("一亿零三万", 100030000),
        ("二〇一六", 2016),
        ("二零一六", 2016),
    ],
)
def test_a_numeral_is_read(text: str, number: Number) -> None:
    assert read_numeral(text) == number


UNREADABLE = [
    "",
    "无",
    "百",
    "万",
    "一百二",
    "三万五",
    "十百",
    "一零百",
    "二十十",
    "九千九千九千亿",
    "12件",
    "3,64",
    "1.2.3",
    "-3",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_numeral_or_may_be_read_two_ways_is_left_alone(text: str) -> None:
    assert read_numeral(text) is None


@given(UP_TO_A_HUNDRED_MILLION)
def test_every_whole_number_is_read_back_from_its_chinese_writing(number: int) -> None:
    assert read_numeral(in_chinese(number)) == number


@given(UP_TO_A_HUNDRED_MILLION)
def test_every_whole_number_is_read_in_digits_of_either_width(number: int) -> None:
    for written in (str(number), f"{number:,}"):
        assert read_numeral(written) == number
        assert read_numeral(written.translate(FULL_WIDTH)) == number


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_an_amount_keeps_its_decimals_and_its_ten_thousands(amount: Decimal) -> None:
    assert read_numeral(f"{amount:f}") == amount
    assert read_numeral(f"{amount:f}万") == amount * 10000


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿", min_size=1, max_size=12))
def test_any_string_of_numerals_is_read_as_one_number_or_left_alone(text: str) -> None:
    number = read_numeral(text)
    assert number is None or (isinstance(number, int) and number >= 0)

"""Numerals as Chinese prose writes them, read as numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from xl_disclosure.forms.text import fold_width
from xl_disclosure.returns.model import Number

ARABIC_NUMERAL = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?[万亿]?"
CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]+"

_DIGITS = "零一二三四五六七八九"
_PLACES = ("千", 1000), ("百", 100), ("十", 10), ("", 1)
_SCALES = ("亿", 10**8), ("万", 10**4), ("", 1)
_LARGEST = 10**12 - 1
_ARABIC = re.compile(ARABIC_NUMERAL, re.ASCII)
_DIGIT_BY_DIGIT = re.compile(f"[{_DIGITS}]{{2,}}")
_USUAL_WRITING = str.maketrans("〇两", "零二")
_UNSPOKEN_ONE = re.compile("(?<![一二三四五六七八九])十")


@lru_cache(maxsize=2048)
def read_numeral(text: str) -> Number | None:
    """Return the number that a numeral stands for; None where it is no numeral or may be read two ways.

    Reads 3646, 3,646, ３６４６, 125.9万, 一百二十三, 十二万零五 and 二〇一六. 一百二 is left alone: it is said for 120.
    """
    numeral = fold_width(text.strip())
    if _ARABIC.fullmatch(numeral):
        return _read_arabic(numeral)
    chinese = numeral.translate(_USUAL_WRITING)
    if _DIGIT_BY_DIGIT.fullmatch(chinese):
        return int("".join(str(_DIGITS.index(digit)) for digit in chinese))
    spelt_out = _UNSPOKEN_ONE.sub("一十", chinese)
    number = _add_up(spelt_out)
    return number if number is not None and number <= _LARGEST and spell_out(number) == spelt_out else None


def _read_arabic(numeral: str) -> Number:
    scale = dict(_SCALES).get(numeral[-1], 1)
    amount = Decimal(numeral.rstrip("万亿").replace(",", "")) * scale
    return int(amount) if amount == amount.to_integral_value() else amount


def _add_up(chinese: str) -> int | None:
    """Return the sum of the places a numeral names, in whatever order it names them; None for a stray character."""
    total = group = digit = 0
    places, scales = dict(_PLACES), dict(_SCALES)
    for character in chinese:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in places:
            group, digit = group + digit * places[character], 0
        elif character in scales:
            total, group, digit = total + (group + digit) * scales[character], 0, 0
        else:
            return None
    return total + group + digit


def spell_out(number: int) -> str:
    """Return a number written with every 一 and 零 that the full form has: 一十二, 一万零五."""
    spelt_out, rest = "", number
    for name, worth in _SCALES:
        group, rest = divmod(rest, worth)
        if group:
            skipped = bool(spelt_out) and (group < _PLACES[0][1] or spelt_out.endswith("零"))
            spelt_out = spelt_out.rstrip("零") + ("零" if skipped else "") + _spell_group(group) + name
        elif spelt_out and rest:
            spelt_out = spelt_out.rstrip("零") + "零"
    return spelt_out or "零"


def _spell_group(number: int) -> str:
    spelt_out, rest = "", number
    for name, worth in _PLACES:
        digit, rest = divmod(rest, worth)
        if digit:
            spelt_out += _DIGITS[digit] + name
        elif spelt_out and rest and not spelt_out.endswith("零"):
            spelt_out += "零"
    return spelt_out

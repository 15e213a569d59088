"""Figures as a report prints them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from xl_disclosure.checks.narrative.numerals import spell_out
from xl_disclosure.narrative.printable import one_line
from xl_disclosure.returns.model import Entry, Number

_TENTH = Decimal("0.1")


def plain(number: Number) -> str:
    """Return the number in plain digits, a decimal without trailing zeros: 2.00 reads 2."""
    if isinstance(number, Decimal):
        return format(number.normalize(), "f") if number else "0"
    return str(number)


def printed(entry: Entry | None) -> str:
    """Return what the form shows for a fact: its number, or what the clerk wrote instead of one, or nothing."""
    if entry is None:
        return ""
    return one_line(entry.text) if entry.value is None else plain(entry.value)


def share(part: Number, whole: Number) -> str:
    """Return a share in per cent to one decimal, rounded half up: 12.5%; ZeroDivisionError for a whole of 0."""
    return f"{plain(_percent(part, whole))}%"


def change_against(before: Number, now: Number, unit: str) -> str:
    """Return how a figure changed against last year's, as official reports say it.

    In per cent; by the difference where last year's figure is not above 0, or the change rounds to 0.0%.
    """
    if now == before:
        return "与上年持平"
    difference: Number = now - before if now > before else before - now
    if before <= 0 or now < 0:
        direction = "增加" if now > before else "减少"
        return f"比上年{direction}{plain(difference)}{unit}（上年为{plain(before)}{unit}）"
    rate = _percent(difference, before)
    if not rate:
        return f"比上年{'增加' if now > before else '减少'}{plain(difference)}{unit}"
    return f"同比{'增长' if now > before else '下降'}{plain(rate)}%"


def in_chinese(number: int) -> str:
    """Return a whole number in Chinese numerals as they are said: 十七, 一百二十三."""
    sign = "负" if number < 0 else ""
    spelt_out = spell_out(abs(number))
    return sign + (spelt_out.removeprefix("一") if spelt_out.startswith("一十") else spelt_out)


def _percent(part: Number, whole: Number) -> Decimal:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)

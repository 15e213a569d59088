"""Figures as a report prints them."""

from __future__ import annotations

from decimal import Decimal

from xl_disclosure.narrative.printable import one_line
from xl_disclosure.returns.model import Entry, Number


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

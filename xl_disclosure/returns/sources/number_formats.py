"""Number formats of spreadsheet cells, as far as they tell a date from a number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in formats that show a date or time (ECMA-376 part 1, 18.8.30, with those of Chinese systems)."""

_DAY_ZERO = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was.
_LAST_SERIAL = (date.max - _DAY_ZERO).days

_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = frozenset("ymdhs")


def is_date_format(number: int, code: str) -> bool:
    """Tell whether a format shows numbers as dates or times, by its number or, for a custom one, its code."""
    if number in DATE_FORMATS:
        return True
    shown = _LITERAL.sub("", code).lower()
    return shown != "general" and not _DATE_LETTERS.isdisjoint(shown)


def shown_date(serial: int | Decimal) -> str:
    """Return the day a serial number is shown as, or the number itself when it is none."""
    return (_DAY_ZERO + timedelta(int(serial))).isoformat() if 1 <= serial <= _LAST_SERIAL else str(serial)

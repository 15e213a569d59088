"""Number formats of spreadsheet cells, as far as they tell a date from a number."""

from __future__ import annotations

import re

DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in formats that show a date or time (ECMA-376 part 1, 18.8.30, with those of Chinese systems)."""

_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = frozenset("ymdhs")


def is_date_format(number: int, code: str) -> bool:
    """Tell whether a format shows numbers as dates or times, by its number or, for a custom one, its code."""
    if number in DATE_FORMATS:
        return True
    shown = _LITERAL.sub("", code).lower()
    return shown != "general" and not _DATE_LETTERS.isdisjoint(shown)

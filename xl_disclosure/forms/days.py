"""Days as clerks write them, as spreadsheets number them, and as an edition states them for every year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from xl_disclosure.forms.text import fold_width

EARLIEST_YEAR = 1949
LATEST_YEAR = 2100
"""A date of another year is a slip of the pen."""

_EXCEL_DAY_ZERO = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was.
_FIRST_SERIAL = (date(EARLIEST_YEAR, 1, 1) - _EXCEL_DAY_ZERO).days
_LAST_SERIAL = (date(LATEST_YEAR, 12, 31) - _EXCEL_DAY_ZERO).days
_SERIAL_IN_TEXT = re.compile(r"\d{5}(?:\.\d+)?")
_WRITTEN_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[\d:.]+)?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def day_of_serial(number: float | Decimal) -> date | None:
    """Return the day of Excel's serial number; None for one that is no likely day."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=int(number))


def day_of_text(text: str) -> date | None:
    """Return the day a text states: 20160301, 2016-3-1, 2016/3/1, 2016年3月1日; None for anything else."""
    written = _WRITTEN_DAY.fullmatch(fold_width(text)) or _EIGHT_DIGITS.fullmatch(fold_width(text))
    if written is None:
        return None
    year, month, day = (int(part) for part in written.groups())
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


def day_of_cell_text(text: str) -> date | None:
    """Return the day of a cell read as text, which may be a serial number that lost its date format."""
    folded = fold_width(text).strip()
    return day_of_serial(Decimal(folded)) if _SERIAL_IN_TEXT.fullmatch(folded) else day_of_text(folded)


def day_of_year(month_day: str, year: int) -> date:
    """Return the day of a year that an edition states as ``MM-DD``; ValueError when it is not of that form."""
    return date.fromisoformat(f"{year:04}-{month_day}")


def format_day(day: date) -> str:
    """Return a day as official documents write it: 2016年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"

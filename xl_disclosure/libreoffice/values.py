"""What cells hold: between Python's values and LibreOffice's, which knows numbers and text only.

A date, a point in time or a truth value is a number there whose number format says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from xl_disclosure.libreoffice.errors import NotSupportedError

Scalar = float | str | bool | dt.datetime | None


class CellError(str):
    """Stand for a cell that shows an error such as #DIV/0!."""

    __slots__ = ()


# Of LibreOffice's errors (formula/errorcodes.hxx) those that Excel has as well; Excel says #VALUE! for most others.
_ERRORS = {
    503: "#NUM!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
_OTHER_ERROR = "#VALUE!"
_SECONDS_A_DAY = 86_400


def error_from_code(code: int) -> CellError:
    """Return the error that Excel shows for an error code of LibreOffice."""
    return CellError(_ERRORS.get(code, _OTHER_ERROR))


def to_serial(moment: dt.datetime, null_date: dt.datetime) -> float:
    """Return a point in time as the number of days since the workbook's null date; a time zone is disregarded."""
    passed = moment.replace(tzinfo=None) - null_date
    return passed.days + (passed.seconds + passed.microseconds / 1e6) / _SECONDS_A_DAY


def from_serial(serial: float, null_date: dt.datetime) -> dt.datetime:
    """Return the point in time, to the millisecond, that a number of days stands for."""
    return null_date + dt.timedelta(milliseconds=round(serial * _SECONDS_A_DAY * 1000))


def prepare_value(value: Any) -> Scalar:
    """Return a value that is to be written as number, text, truth value, point in time or "" for nothing.

    NumPy's and pandas' scalars are taken as well; not-a-number and not-a-time are nothing.

    Raises:
        NotSupportedError: a cell cannot hold such a value.
    """
    if type(value).__module__ == "numpy":
        # Finer points in time than microseconds would come out as numbers.
        value = (value.astype("datetime64[us]") if value.dtype.kind == "M" else value).item()
    # Nothing but not-a-number and pandas' not-a-time differs from itself.
    if value is None or value != value:  # noqa: PLR0124
        return ""
    match value:
        case bool() | str():
            return value
        case int() | float() | Decimal():
            return float(value)
        case dt.datetime():
            return value.replace(tzinfo=None)
        case dt.date():
            return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell knows no time zone
    message = f"a cell cannot hold {value!r}: write numbers, text, truth values, dates or None"
    raise NotSupportedError(message)


def clean_rows(
    rows: Any,
    make_date: Callable[..., Any],
    empty: Any,
    make_number: Callable[[float], Any] | None,
    *,
    errors_as_text: bool,
) -> list[list[Any]]:
    """Return rows that were read as xlwings' options ask for them; an error is None unless its text is asked for."""

    def clean(value: Scalar) -> Any:
        match value:
            case None | "":
                return empty
            case CellError():
                return str(value) if errors_as_text else None
            case dt.datetime():
                return make_date(
                    year=value.year,
                    month=value.month,
                    day=value.day,
                    hour=value.hour,
                    minute=value.minute,
                    second=value.second,
                    microsecond=value.microsecond,
                    tzinfo=None,
                )
            case float() if make_number is not None:
                return make_number(value)
        return value

    return [[clean(value) for value in row] for row in rows]


def rows_of(data: Any, shape: tuple[int, int]) -> Sequence[Sequence[Any]]:
    """Return what is to be written as rows; one value alone fills the whole shape."""
    if not isinstance(data, list | tuple):
        return [[data] * shape[1]] * shape[0]
    if data and not isinstance(data[0], list | tuple):
        return [data]
    return data


def number_text(number: float) -> str:
    """Return a number as Excel's formula bar shows it: whole numbers without a fraction."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)  # noqa: PLR2004


def require_block(rows: Iterable[Sequence[Any]], columns: int) -> None:
    """Refuse rows that are not all as wide: ValueError."""
    if any(len(row) != columns for row in rows):
        message = f"every row must have {columns} values"
        raise ValueError(message)

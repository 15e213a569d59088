"""What cells hold, between the port's values and those that xlwings reads and writes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from xl_disclosure.returns.sources.document import number_from_float, number_from_text
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import CellContent, CellValue, ErrorValue, Value
from xl_disclosure.workbook.links import link_in

Written = float | bool | str | None
"""What xlwings takes for a cell; a text that opens with = is a formula, and one that opens with ' is just text."""

_ERROR_CODES = frozenset(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"])
_NULL_DATE = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no time zone
_SECONDS_A_DAY = 86_400

# Excel takes text that begins so for a number, a date, a formula or a truth value; 〇 to 九 begin dates in Chinese.
_LIKE_SOMETHING_ELSE = re.compile("[\u0000-\u2e7f\uff00-\uffef〇一二三四五六七八九十]")
# LibreOffice keeps a typed truth value of an Excel file so.
_TRUTH_VALUES = frozenset(["TRUE()", "FALSE()"])
# Excel's limit for a text within a formula.
_LONGEST_LITERAL = 255


def to_serial(**parts: Any) -> float:
    """Return a point in time as days since 1899-12-30; xlwings gives each date it reads by its parts."""
    passed = dt.datetime(**parts) - _NULL_DATE  # noqa: DTZ001 - a workbook knows no time zone
    return passed.days + (passed.seconds + passed.microseconds / 1e6) / _SECONDS_A_DAY


def read_cell(value: object, formula: object) -> CellValue:
    """Return what a cell says, from its value (errors as text, dates as numbers) and the text of its formula bar."""
    found = _read_value(value)
    if not isinstance(formula, str) or not formula.startswith("=") or formula == value:
        return CellValue(found)
    bare = formula.removeprefix("=")
    if link := link_in(bare):
        return CellValue(found, link=link)
    if bare in _TRUTH_VALUES or found == ErrorValue(bare):
        return CellValue(found)
    # In an open workbook every formula has been calculated: what shows nothing is an empty text.
    return CellValue("" if found is None else found, bare)


def write_cell(content: CellContent) -> Written:
    """Return what is to be written for a cell's content; a link into the workbook becomes a formula that shows it."""
    if content.formula:
        return f"={content.formula.removeprefix('=')}"
    if content.link:
        return f'=HYPERLINK("#{_quoted(content.link)}",{_literal(CellValue(content.value).text)})'
    return _write_value(content.value)


def group_cells(places: Iterable[tuple[int, int]]) -> list[Area]:
    """Return few areas that hold exactly these cells (row, column): lines of neighbours, joined where alike."""
    lines: list[Area] = []
    for row, column in sorted(places):
        last = lines[-1] if lines else None
        if last is not None and last.first_row == row and last.last_column == column - 1:
            lines[-1] = Area(row, last.first_column, row, column)
        else:
            lines.append(Area(row, column, row, column))
    areas: dict[tuple[int, int, int], Area] = {}
    for line in lines:
        above = areas.pop((line.first_row - 1, line.first_column, line.last_column), line)
        joined = Area(above.first_row, line.first_column, line.last_row, line.last_column)
        areas[line.last_row, line.first_column, line.last_column] = joined
    return list(areas.values())


def block_of(area: Area, cells: Mapping[tuple[int, int], CellContent]) -> list[list[Written]]:
    """Return what is to be written into an area, row by row; a cell without content is left blank."""
    blank = CellContent()
    return [
        [write_cell(cells.get((row, column), blank)) for column in range(area.first_column, area.last_column + 1)]
        for row in range(area.first_row, area.last_row + 1)
    ]


def _read_value(value: object) -> Value:
    match value:
        case bool() | None:
            return value
        case float():
            return number_from_float(value)
        case int() | Decimal():
            return number_from_text(str(value))
        case str():
            return ErrorValue(value) if value in _ERROR_CODES else value
    return str(value)


def _write_value(value: Value) -> Written:
    match value:
        case None | "":
            return None
        case bool():
            return value
        case int() | Decimal():
            return float(value)
        case ErrorValue(code):
            return f"={code}"
    return f"'{value}" if _LIKE_SOMETHING_ELSE.match(value) else value


def _literal(text: str) -> str:
    parts = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join(f'"{_quoted(part)}"' for part in parts)


def _quoted(text: str) -> str:
    return text.replace('"', '""')

"""The lines of a register as its sheet holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.registers import FieldKind, Register, RegisterField
from xl_disclosure.forms.text import label_key
from xl_disclosure.registers.problems import RegisterProblem, RegisterProblemKind
from xl_disclosure.registers.values import (
    CellValue,
    Unreadable,
    is_blank,
    read_codes,
    read_day,
    read_items,
    read_text,
)
from xl_disclosure.returns.sources.document import a1

LineValue = date | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """Hold one line: what its cells say by field code, where they stand, and what in them cannot be used.

    A blank field and one that cannot be read are both absent from the values.
    """

    days: Mapping[str, date]
    codes: Mapping[str, tuple[str, ...]]
    items: Mapping[str, int]
    texts: Mapping[str, str]
    places: Mapping[str, Place]
    problems: tuple[RegisterProblem, ...] = ()

    def has(self, field: str) -> bool:
        """Tell whether a field holds something usable."""
        return any(field in values for values in (self.days, self.codes, self.items, self.texts))


def read_lines(
    register: Register, sheet_rows: Sequence[Sequence[CellValue]], header_row: int, file: str = ""
) -> tuple[RegisterLine, ...]:
    """Return every line of a register's sheet that holds anything.

    Args:
        register: the register the sheet belongs to.
        sheet_rows: the cells of the sheet from its first row and column on, a row at a time.
        header_row: the row of the column headings, counted from 0.
        file: the workbook's name, for the places of problems.

    Raises:
        InputError: a column of the register is missing from the headings; with file, sheet, row and remedy.
    """
    headings = sheet_rows[header_row] if header_row < len(sheet_rows) else ()
    columns = _find_columns(register, headings, Place(file, register.sheet, f"第 {header_row + 1} 行"))
    lines: list[RegisterLine] = []
    for number, row in enumerate(sheet_rows[header_row + 1 :], start=header_row + 1):
        cells = {code: row[column] if column < len(row) else None for code, column in columns.items()}
        if all(is_blank(cell) for cell in cells.values()):
            continue
        places = {code: Place(file, register.sheet, a1((number, column))) for code, column in columns.items()}
        lines.append(_read_line(register, cells, places))
    return tuple(lines)


def _find_columns(register: Register, headings: Sequence[CellValue], place: Place) -> dict[str, int]:
    by_key = {label_key(read_text(heading)): column for column, heading in enumerate(headings)}
    columns: dict[str, int] = {}
    for field in register.fields:
        column = by_key.get(label_key(field.label))
        if column is None:
            raise InputError(f"没有“{field.label}”这一列", f"把这一行的标题恢复为“{field.label}”", place)
        columns[field.code] = column
    return columns


def _read_line(register: Register, cells: Mapping[str, CellValue], places: Mapping[str, Place]) -> RegisterLine:
    days: dict[str, date] = {}
    codes: dict[str, tuple[str, ...]] = {}
    items: dict[str, int] = {}
    texts: dict[str, str] = {}
    problems: list[RegisterProblem] = []
    for field in register.fields:
        place = places[field.code]
        if is_blank(cells[field.code]):
            if field.required:
                problems.append(_missing(field, place))
            continue
        match _read_field(field, cells[field.code]):
            case Unreadable(kind=kind, message=message, remedy=remedy):
                problems.append(RegisterProblem(kind, place, message, remedy))
            case date() as day:
                days[field.code] = day
            case int() as number:
                items[field.code] = number
            case str() as text:
                texts[field.code] = text
            case chosen:
                codes[field.code] = chosen
    return RegisterLine(days, codes, items, texts, places, tuple(problems))


def _read_field(field: RegisterField, cell: CellValue) -> LineValue | Unreadable:
    match field.kind:
        case FieldKind.DATE:
            return read_day(cell)
        case FieldKind.COUNT:
            return read_items(cell)
        case FieldKind.TEXT:
            return read_text(cell)
        case FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.YES_NO:
            return read_codes(field, cell)


def _missing(field: RegisterField, place: Place) -> RegisterProblem:
    return RegisterProblem(
        RegisterProblemKind.REQUIRED,
        place,
        f"这一行没有填“{field.label}”",
        f"补填“{field.label}”；整行不要的，清空整行",
    )

"""What one cell of a register says: a day, a choice, a number of items, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from xl_disclosure.forms.days import day_of_serial, day_of_text
from xl_disclosure.forms.decode import nearest
from xl_disclosure.forms.registers import FieldKind, RegisterField
from xl_disclosure.forms.text import fold_width, label_key
from xl_disclosure.registers.problems import RegisterProblemKind

CellValue = str | int | float | Decimal | bool | date | None
"""What a sheet may hold: a day as a date (or datetime) or as Excel's serial number, figures, text, nothing."""

YES = "yes"
NO = "no"
YES_NO_WORDING = {YES: "是", NO: "否"}

_ITEMS = re.compile(r"(\d{1,9})(?:\.0+)?\s*[条件项]?")
_SEPARATORS = re.compile(r"[、，,；;/／\n\r]+")
_SYNONYMS = {"√": "是", "✓": "是", "×": "否"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Say why a cell cannot be used and what mends it."""

    kind: RegisterProblemKind
    message: str
    remedy: str


def is_blank(cell: CellValue) -> bool:
    """Tell whether a cell holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\u3000\u00a0\ufeff \t\r\n"))


def read_text(cell: CellValue) -> str:
    """Return a cell as text; a whole number reads without a decimal point."""
    match cell:
        case None:
            return ""
        case float() | Decimal() if cell == cell // 1:
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case _:
            return str(cell).strip()


def read_day(cell: CellValue) -> date | Unreadable:
    """Return the day a cell holds: a date, Excel's serial number, 20160301, 2016-3-1, 2016/3/1, 2016年3月1日."""
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case int() | float() | Decimal() if (counted := day_of_serial(cell)) is not None:
            return counted
    day = day_of_text(read_text(cell))
    if day is None:
        remedy = "写成 2016-03-01 或 2016年3月1日 这样的日期"
        return Unreadable(RegisterProblemKind.BAD_DATE, f"“{read_text(cell)}”不是日期", remedy)
    return day


def read_items(cell: CellValue) -> int | Unreadable:
    """Return the number of items a cell states, a whole number of at least 1."""
    found = None if isinstance(cell, bool | date) else _ITEMS.fullmatch(fold_width(read_text(cell)))
    if found is None or int(found[1]) == 0:
        return Unreadable(
            RegisterProblemKind.BAD_COUNT,
            f"“{read_text(cell)}”不是大于 0 的整数",
            "改为 1、2、3 这样的整数；只有 1 条的可以不填",
        )
    return int(found[1])


def read_codes(field: RegisterField, cell: CellValue) -> tuple[str, ...] | Unreadable:
    """Return the codes of the wordings a cell holds; several, split by 、 and the like, where the field allows it."""
    wording = YES_NO_WORDING if field.kind is FieldKind.YES_NO else field.choices
    by_key = {label_key(label): code for code, label in wording.items()}
    text = read_text(cell)
    whole = by_key.get(_key(text))
    if whole is not None:
        return (whole,)
    if field.kind is not FieldKind.CHOICES:
        return _unknown_choice(field, text, tuple(wording.values()))
    codes: list[str] = []
    for part in _SEPARATORS.split(text):
        if is_blank(part):
            continue
        code = by_key.get(_key(part))
        if code is None:
            return _unknown_choice(field, part.strip(), tuple(wording.values()))
        if code not in codes:
            codes.append(code)
    return tuple(codes) if codes else _unknown_choice(field, text, tuple(wording.values()))


def _key(text: str) -> str:
    return label_key(_SYNONYMS.get(text.strip(), text))


def _unknown_choice(field: RegisterField, text: str, wordings: tuple[str, ...]) -> Unreadable:
    suggestion = nearest(text, wordings)
    listed = f"改为下列之一：{'；'.join(wordings)}"
    remedy = f"改为“{suggestion}”，或从下拉列表中另选" if suggestion else listed
    return Unreadable(RegisterProblemKind.UNKNOWN_CHOICE, f"“{text}”不在“{field.label}”的选项之中", remedy)

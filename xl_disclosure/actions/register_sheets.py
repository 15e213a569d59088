"""The registers of a workbook, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.registers.count import count_register
from xl_disclosure.registers.lines import read_lines
from xl_disclosure.registers.problems import RegisterProblem
from xl_disclosure.workbook.book import CellValue, ErrorValue
from xl_disclosure.workbook.layout import HEADER_ROW


@dataclass(frozen=True, slots=True)
class RegisterTotals:
    """Hold what all registers of a workbook come to together."""

    facts: Mapping[FactAddress, int]
    groups: Mapping[str, int]
    """How many items each group holds, such as each website column of 栏目."""
    notes: tuple[str, ...]


def count_registers(clerk: ClerkBook) -> RegisterTotals:
    """Count every register of the workbook for its reporting year.

    Raises InputError, naming the first cell and the number of others, when a line cannot be counted for certain.
    """
    facts: dict[FactAddress, int] = {}
    groups: dict[str, int] = {}
    problems: list[RegisterProblem] = []
    for register in clerk.edition.registers.values():
        rows = [[_plain(cell) for cell in row] for row in clerk.book.read_used(register.sheet)]
        lines = read_lines(register, rows, HEADER_ROW, clerk.path.name)
        if not lines:
            continue
        count = count_register(register, lines, clerk.required_year())
        facts.update(count.facts)
        groups.update(count.groups)
        problems.extend(count.problems)
    _refuse_doubtful([problem for problem in problems if problem.blocks_use])
    if not facts:
        sheets = "、".join(register.sheet for register in clerk.edition.registers.values())
        return RegisterTotals({}, {}, (f"{sheets}还没有登记，没有可计的数。在表中直接填写，或从别的文件取数。",))
    notes = tuple(f"{problem.place}：{problem.message}。处理办法：{problem.remedy}。" for problem in problems)
    return RegisterTotals(facts, groups, notes)


def _plain(cell: CellValue) -> str | int | Decimal | None:
    return cell.value.code if isinstance(cell.value, ErrorValue) else cell.value


def _refuse_doubtful(problems: list[RegisterProblem]) -> None:
    if not problems:
        return
    first = problems[0]
    others = f"（台账中另有 {len(problems) - 1} 处问题）" if len(problems) > 1 else ""
    raise InputError(f"{first.message}{others}", first.remedy, first.place)

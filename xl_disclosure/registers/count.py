"""A register counted into the facts of a reporting year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.registers import FieldKind, Period, Register
from xl_disclosure.registers.consistency import find_inconsistencies
from xl_disclosure.registers.counting import codes_held, countable_facts, facts_of_line, weight_of_line
from xl_disclosure.registers.lines import RegisterLine
from xl_disclosure.registers.problems import RegisterProblem, RegisterProblemKind


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """Hold what a register comes to: facts by address, items by group such as 栏目, and what is wrong with lines."""

    facts: Mapping[FactAddress, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[RegisterProblem, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Tell whether no problem makes the counts doubtful."""
        return not any(problem.blocks_use for problem in self.problems)


def count_register(register: Register, lines: Sequence[RegisterLine], year: int) -> RegisterCount:
    """Count the lines of a register into the facts of a reporting year, as at its 31 December.

    Without lines there are no facts, so that typed figures stay; with lines, every fact the register can supply has a
    figure, 0 where no line adds to it. A line with problems is counted as far as it can be read: look at
    ``is_usable`` before using the facts.
    """
    if not lines:
        return RegisterCount()
    facts: Counter[FactAddress] = Counter(dict.fromkeys(countable_facts(register), 0))
    groups: Counter[str] = Counter()
    problems: list[RegisterProblem] = []
    for line in lines:
        added = _count_line(register, line, year)
        facts.update(added)
        if _is_of_year(register, line, year):
            groups.update(_group_items(register, line))
        elif not added and not line.problems:
            problems.append(_outside_year(register, line, year))
        problems.extend(line.problems)
        problems.extend(find_inconsistencies(register, line))
    return RegisterCount(dict(facts), dict(groups), tuple(problems))


def _count_line(register: Register, line: RegisterLine, year: int) -> Counter[FactAddress]:
    added: Counter[FactAddress] = Counter()
    for count in register.counts:
        weight = weight_of_line(count, line)
        for address in facts_of_line(count, line, year):
            added[address] += weight
    return added


def _main_date(register: Register) -> str:
    """Return the date that says to which year a line belongs: the first that must be filled in."""
    return next(field.code for field in register.fields if field.kind is FieldKind.DATE and field.required)


def _is_of_year(register: Register, line: RegisterLine, year: int) -> bool:
    return codes_held(line, _main_date(register), year) == (Period.IN_YEAR,)


def _group_items(register: Register, line: RegisterLine) -> Mapping[str, int]:
    if not register.group_field:
        return {}
    items = next(iter(line.items.values()), 1)
    wording = next(field.choices for field in register.fields if field.code == register.group_field)
    names = [wording[code] for code in line.codes.get(register.group_field, ())]
    text = line.texts.get(register.group_field)
    return dict.fromkeys([*names, *([text] if text else [])], items)


def _outside_year(register: Register, line: RegisterLine, year: int) -> RegisterProblem:
    code = _main_date(register)
    label = next(field.label for field in register.fields if field.code == code)
    return RegisterProblem(
        RegisterProblemKind.OUTSIDE_YEAR,
        line.places[code],
        f"{label} {line.days[code].isoformat()} 不在 {year} 年，这一行没有计入",
        "日期无误的不必处理；日期填错的，改正后重新填表",
    )

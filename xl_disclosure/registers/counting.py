"""Whether a count takes a line, and which facts it adds to."""

from __future__ import annotations

import re
from itertools import product

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.registers import Count, Period, Register
from xl_disclosure.registers.lines import RegisterLine
from xl_disclosure.registers.values import YES_NO_WORDING

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(count: Count) -> tuple[str, ...]:
    """Return the fields whose codes stand in the address of a count's fact."""
    return tuple(_PLACEHOLDER.findall(count.fact))


def countable_facts(register: Register) -> tuple[FactAddress, ...]:
    """Return every fact the register can supply, each once, in the order of its counts."""
    found: dict[FactAddress, None] = {}
    vocabulary = {field.code: tuple(field.choices or YES_NO_WORDING) for field in register.fields}
    for count in register.counts:
        chosen = [_allowed(count, name, vocabulary[name]) for name in placeholders(count)]
        found.update(dict.fromkeys(_addresses(count, chosen)))
    return tuple(found)


def facts_of_line(count: Count, line: RegisterLine, year: int) -> tuple[FactAddress, ...]:
    """Return the facts to which a count adds a line in a reporting year; none when it does not take the line."""
    if not (_is_in_period(count, line, year) and _meets_conditions(count, line, year)):
        return ()
    return _addresses(count, [_allowed(count, name, codes_held(line, name, year)) for name in placeholders(count)])


def weight_of_line(count: Count, line: RegisterLine) -> int:
    """Return how many items a line stands for."""
    return line.items.get(count.weight, 1) if count.weight else 1


def codes_held(line: RegisterLine, field: str, year: int) -> tuple[str, ...]:
    """Return the codes a field holds as at 31 December of a year; a date holds its period, a later date nothing."""
    if field not in line.days:
        return line.codes.get(field, ())
    day = line.days[field]
    if day.year > year:
        return ()
    return (Period.IN_YEAR if day.year == year else Period.BEFORE_YEAR,)


def _is_in_period(count: Count, line: RegisterLine, year: int) -> bool:
    if not count.date:
        return True
    held = codes_held(line, count.date, year)
    return bool(held) and (count.period is Period.ANY or held == (count.period,))


def _meets_conditions(count: Count, line: RegisterLine, year: int) -> bool:
    for field, wanted in count.where.items():
        if not set(codes_held(line, field, year)) & set(wanted):
            return False
    return not any(codes_held(line, field, year) for field in count.blank)


def _allowed(count: Count, field: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    wanted = count.where.get(field)
    return codes if wanted is None else tuple(code for code in codes if code in wanted)


def _addresses(count: Count, chosen: list[tuple[str, ...]]) -> tuple[FactAddress, ...]:
    names = placeholders(count)
    return tuple(FactAddress(count.fact.format_map(dict(zip(names, codes, strict=True)))) for codes in product(*chosen))

"""What a line of a register says by halves, and dates that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from xl_disclosure.forms.registers import Count, FieldKind, Register, RegisterField
from xl_disclosure.registers.counting import placeholders
from xl_disclosure.registers.lines import RegisterLine
from xl_disclosure.registers.problems import RegisterProblem, RegisterProblemKind


def find_inconsistencies(register: Register, line: RegisterLine) -> tuple[RegisterProblem, ...]:
    """Return a problem for every date out of order and every half of a pair that is missing.

    A date that need not be filled in wants the choices counted by it (a day of closing wants an outcome); a choice that
    need not be made wants one of the dates by which it is counted (an outcome wants a day of closing).
    """
    fields = {field.code: field for field in register.fields}
    found = [*_dates_out_of_order(fields, line)]
    for given, missing in (*_missing_choices(register, fields, line), *_missing_dates(register, fields, line)):
        found.append(_gap(line, fields[given], fields[missing]))
    return tuple(dict.fromkeys(found))


def _dates_out_of_order(fields: dict[str, RegisterField], line: RegisterLine) -> Iterator[RegisterProblem]:
    for field in fields.values():
        later, earlier = line.days.get(field.code), line.days.get(field.not_before)
        if later is None or earlier is None or later >= earlier:
            continue
        first = fields[field.not_before].label
        yield RegisterProblem(
            RegisterProblemKind.DATE_ORDER,
            line.places[field.code],
            f"{field.label}（{later.isoformat()}）早于{first}（{earlier.isoformat()}）",
            "核对这两个日期，改正填错的一个",
        )


def _missing_choices(
    register: Register, fields: dict[str, RegisterField], line: RegisterLine
) -> Iterator[tuple[str, str]]:
    """Give (date, choice) for every choice that is missing beside an optional date."""
    for count in register.counts:
        if not count.date or fields[count.date].required or count.date not in line.days:
            continue
        for choice in placeholders(count):
            if not fields[choice].required and _is_blank(line, choice):
                yield count.date, choice


def _missing_dates(
    register: Register, fields: dict[str, RegisterField], line: RegisterLine
) -> Iterator[tuple[str, str]]:
    """Give (choice, date) for every optional choice of which no date by which it is counted is filled in."""
    for field in fields.values():
        if field.required or field.kind is FieldKind.DATE or field.code not in line.codes:
            continue
        dates = [count.date for count in register.counts if count.date and field.code in _choices_of(count)]
        if dates and all(_is_blank(line, date) for date in dates):
            yield field.code, dates[0]


def _choices_of(count: Count) -> set[str]:
    return {*placeholders(count), *count.where}


def _is_blank(line: RegisterLine, field: str) -> bool:
    """Tell whether nothing stands in a field; what stands there but cannot be read is reported already."""
    unreadable = {problem.place for problem in line.problems}
    return not line.has(field) and line.places[field] not in unreadable


def _gap(line: RegisterLine, given: RegisterField, missing: RegisterField) -> RegisterProblem:
    return RegisterProblem(
        RegisterProblemKind.GAP,
        line.places[missing.code],
        f"填了“{given.label}”，没有填“{missing.label}”",
        f"补填“{missing.label}”，或清空“{given.label}”",
    )

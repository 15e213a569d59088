"""Likely slips: the one change of a figure that would mend rules that fail and break none that holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from xl_disclosure.checks.trial import Trial
from xl_disclosure.forms.model import Edition, FactAddress, RowKind, fact_address
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.binding import BoundRule, computed_facts
from xl_disclosure.rules.evaluate import Facts, derive, evaluate
from xl_disclosure.rules.expressions import Comparison, Constant, Expression
from xl_disclosure.rules.phrases import format_number
from xl_disclosure.rules.short_names import fact_name

MOST_FAILURES = 12
"""Of more failures than these the form is not one with a slip in it."""

MOST_TOTALS_NAMED = 4


class SlipKind(IntEnum):
    """Name the slips looked for, the likeliest first."""

    WRONG_COLUMN = 1
    TRANSPOSED_DIGITS = 2
    COUNTED_TWICE = 3
    STRAY_DIGIT = 4


Changes = Mapping[FactAddress, Number]


@dataclass(frozen=True, slots=True)
class Slip:
    """Hold one likely slip: the cells it is about, what they should be, and the rules that would then hold.

    Totals that follow from the cells are not among them. Of what was counted twice the cells are both places, and it is
    not said which of them is wrong.
    """

    kind: SlipKind
    cells: tuple[FactAddress, ...]
    wanted: Changes
    mends: frozenset[BoundRule] = frozenset()


def find_slips(edition: Edition, facts: Facts, last_year: Facts | None, failures: Sequence[BoundRule]) -> list[Slip]:
    """Return the likely slips behind failed rules, each failure explained at most once.

    A slip is named only when there is no other of its kind that would mend the same rules.
    """
    if len(failures) > MOST_FAILURES:
        return []
    trial = Trial(edition, facts, last_year)
    slips = [slip for rule in failures for slip in _explanations(rule, trial)]
    chosen: list[Slip] = []
    unexplained = set(failures)
    for slip in sorted(_unambiguous(slips), key=lambda slip: (-len(slip.mends), slip.kind)):
        if slip.mends <= unexplained:
            chosen.append(slip)
            unexplained -= slip.mends
    return chosen


def _unambiguous(slips: Sequence[Slip]) -> list[Slip]:
    rivals: dict[tuple[SlipKind, frozenset[BoundRule]], dict[frozenset[FactAddress], Slip]] = {}
    for slip in slips:
        rivals.setdefault((slip.kind, slip.mends), {}).setdefault(frozenset(slip.cells), slip)
    return [slip for group in rivals.values() for slip in group.values() if len(group) == 1]


def _explanations(rule: BoundRule, trial: Trial) -> Iterator[Slip]:
    result = evaluate(rule, trial.facts, trial.last_year)
    if result.found is None or result.expected is None or not _is_sum(result.broken):
        return
    gap = max(result.found - result.expected, result.expected - result.found)
    for slip in _guesses(rule, trial, gap):
        mends = trial.mended_by(slip.wanted)
        if mends:
            yield replace(slip, mends=mends)


def _is_sum(broken: Expression | None) -> bool:
    match broken:
        case Comparison(signs=("==",), operands=operands):
            return not any(isinstance(operand, Constant) for operand in operands)
    return False


def _guesses(rule: BoundRule, trial: Trial, gap: Number) -> Iterator[Slip]:
    """Give the changes of one figure, or of two in one row, that move a sum by the gap."""
    for address in rule.facts:
        value = trial.facts.get(address)
        if value is None:
            continue
        yield from _other_columns(address, trial, gap)
        for kind, wanted in (
            *((SlipKind.TRANSPOSED_DIGITS, number) for number in transpositions(value)),
            *((SlipKind.STRAY_DIGIT, number) for number in without_one_digit(value)),
        ):
            if gap in (value - wanted, wanted - value):
                yield Slip(kind, (address,), {address: wanted})
        if value == gap:
            yield from _counted_elsewhere(address, trial, gap)


def _other_columns(address: FactAddress, trial: Trial, gap: Number) -> Iterator[Slip]:
    """Give the ways in which the gap may stand in the wrong column of the row."""
    fact = trial.edition.facts[address]
    for column in fact.table.columns:
        other = fact_address(fact.table.code, fact.row.code, column.code)
        if other == address or trial.edition.facts[other].unit != fact.unit:
            continue
        for giving, taking in ((address, other), (other, address)):
            before, beside = trial.facts.get(giving), trial.facts.get(taking)
            if before is not None and beside is not None and before >= gap:
                yield Slip(SlipKind.WRONG_COLUMN, (giving, taking), {giving: before - gap, taking: beside + gap})


def _counted_elsewhere(address: FactAddress, trial: Trial, gap: Number) -> Iterator[Slip]:
    """Give the other figures of the column that may be the same cases counted again; totals count nothing."""
    totals = computed_facts(trial.edition)
    if address in totals:
        return
    fact = trial.edition.facts[address]
    for row in fact.table.rows:
        other = fact_address(fact.table.code, row.code, fact.column.code)
        if other not in (address, *totals) and row.kind is RowKind.DATA and trial.facts.get(other) == gap:
            yield Slip(SlipKind.COUNTED_TWICE, (address, other), {address: 0})


def transpositions(value: Number) -> list[int]:
    """Return the numbers that a whole number becomes when two neighbouring digits change places."""
    digits = str(value)
    if not digits.isdecimal():
        return []
    swapped = [f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}" for at in range(len(digits) - 1)]
    return [int(text) for text in swapped if text != digits and not text.startswith("0")]


def without_one_digit(value: Number) -> list[int]:
    """Return the numbers that a whole number becomes when one digit is left out; 0 for a single digit."""
    digits = str(value)
    if not digits.isdecimal():
        return []
    shorter = {digits[:at] + digits[at + 1 :] for at in range(len(digits))}
    return sorted(int(text or "0") for text in shorter)


def blank_totals(edition: Edition, facts: Facts, blank: Sequence[FactAddress]) -> dict[FactAddress, Number]:
    """Return what those blank cells should hold that are totals of parts all entered."""
    totals = computed_facts(edition)
    found: dict[FactAddress, Number] = {}
    for address in blank:
        rule = totals.get(address)
        if rule is None or any(facts.get(part) is None for part in rule.facts if part != address):
            continue
        total = derive(rule, facts)
        if total is not None:
            found[address] = total
    return found


def describe_totals(edition: Edition, totals: Mapping[FactAddress, Number]) -> str:
    """Return what blank totals come to, of many the first few."""
    named = [f"“{fact_name(edition.facts[address])}”应为{format_number(total)}" for address, total in totals.items()]
    rest = f"等{len(named)}格" if len(named) > MOST_TOTALS_NAMED else ""
    return f"总计空着，按各项相加{'、'.join(named[:MOST_TOTALS_NAMED])}{rest}"


def describe_slip(edition: Edition, slip: Slip, facts: Facts) -> str:
    """Return what the slip seems to be and what the cells should be, as Chinese without a full stop."""
    names = [f"“{fact_name(edition.facts[address])}”" for address in slip.cells]
    figures = [format_number(facts.get(address) or 0) for address in slip.cells]
    wanted = [format_number(slip.wanted[address]) for address in slip.cells if address in slip.wanted]
    match slip.kind:
        case SlipKind.WRONG_COLUMN:
            changes = "，".join(
                f"{name}由{figure}改为{value}" for name, figure, value in zip(names, figures, wanted, strict=True)
            )
            return f"可能填错了列：{changes}"
        case SlipKind.TRANSPOSED_DIGITS:
            return f"可能写颠倒了数字：{names[0]}由{figures[0]}改为{wanted[0]}"
        case SlipKind.COUNTED_TWICE:
            return f"可能把同样的{figures[0]}计了两次：{names[0]}和{names[1]}都是{figures[0]}，只应计入一处"
        case SlipKind.STRAY_DIGIT:
            return f"可能多打了数字：{names[0]}由{figures[0]}改为{wanted[0]}"

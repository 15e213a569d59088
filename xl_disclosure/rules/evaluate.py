"""Rules read over one return: each passes, fails, is skipped with its cause, or breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.expressions import (
    LAST_YEAR_PREFIX,
    Comparison,
    Connective,
    Constant,
    Expression,
    Figure,
    Function,
    Logic,
    Number,
    Operation,
    Sign,
    figures,
    is_truth,
    numbers,
)

Facts = Mapping[FactAddress, Number | None]
"""Figures by address; an address that is absent and one that is None are both missing."""


class Verdict(StrEnum):
    """Say how a rule came out."""

    PASSES = "passes"
    FAILS = "fails"
    SKIPPED = "skipped"
    BROKEN = "broken"


class Cause(StrEnum):
    """Say why a rule was skipped or broke."""

    MISSING = "missing"
    NO_LAST_YEAR = "no_last_year"
    NOT_APPLICABLE = "not_applicable"
    EXEMPT = "exempt"
    DIVISION_BY_ZERO = "division_by_zero"


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the verdict on one rule.

    ``broken`` is what of the check does not hold: its first such part, of a chain the middle against the bound it
    breaks. ``found`` and ``expected`` are the two sides of that; both None where it compares conditions. ``missing``
    are the facts for want of which the rule was skipped.
    """

    verdict: Verdict
    found: Number | None = None
    expected: Number | None = None
    broken: Expression | None = None
    cause: Cause | None = None
    missing: tuple[Figure, ...] = ()


PASSES = Result(Verdict.PASSES)
_BROKEN = Result(Verdict.BROKEN, cause=Cause.DIVISION_BY_ZERO)
_NOT_APPLICABLE = Result(Verdict.SKIPPED, cause=Cause.NOT_APPLICABLE)


def evaluate(rule: BoundRule, facts: Facts, last_year: Facts | None = None) -> Result:
    """Return how a rule comes out on one return.

    The condition ``when`` is looked at first; where it does not hold, what the check would need does not matter.
    """
    reader = _Reader(facts, last_year)
    try:
        if rule.when is not None:
            skipped = reader.skipped(rule.figures_of_when)
            if skipped is not None:
                return skipped
            if not reader.holds(rule.when):
                return _NOT_APPLICABLE
        skipped = reader.skipped(rule.figures_of_check)
        return skipped if skipped is not None else reader.judge(rule.check)
    except ZeroDivisionError:
        return _BROKEN


def derive(rule: BoundRule, facts: Facts, last_year: Facts | None = None) -> Number | None:
    """Return what the left side of an equality should be; None when a figure it needs is missing.

    Parts summed may be blank, as in the template, as long as one is there. ValueError when the rule is no equality.
    """
    match rule.check:
        case Comparison(signs=("==",), operands=(_, right)):
            needed = figures(right)
        case _:
            raise ValueError(f"not an equality: {rule.id}")
    reader = _Reader(facts, last_year)
    known = [figure for figure in needed if reader.figure(figure) is not None]
    is_sum_of_parts = rule.computed is not None
    if not known or (len(known) < len(needed) and not is_sum_of_parts):
        return None
    present = {figure.address: facts.get(figure.address) or 0 for figure in needed}
    return _Reader(present, last_year).number(right)


def value_of(number: Expression, facts: Facts, last_year: Facts | None = None) -> Number | None:
    """Return the value of a bound number; None where a figure it needs is missing or a divisor is zero."""
    try:
        return _Reader(facts, last_year).number(number)
    except (_MissingError, ZeroDivisionError):
        return None


def split_years(values: Mapping[str, Number]) -> tuple[dict[FactAddress, Number], dict[FactAddress, Number]]:
    """Return this year's and last year's figures of a finding, each by plain address."""
    this: dict[FactAddress, Number] = {}
    last: dict[FactAddress, Number] = {}
    for key, value in values.items():
        year = last if key.startswith(LAST_YEAR_PREFIX) else this
        year[FactAddress(key.removeprefix(LAST_YEAR_PREFIX))] = value
    return this, last


def divide(left: Number, right: Number) -> Number:
    """Return the quotient to 28 digits; ZeroDivisionError for a zero divisor."""
    if right == 0:
        raise ZeroDivisionError
    return Decimal(left) / Decimal(right)


COMPARE: Mapping[Sign, Callable[[Number, Number], bool]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}

COMPUTE: Mapping[Function, Callable[[Sequence[Number]], Number]] = {
    "+": sum,
    "-": lambda values: values[0] - values[1],
    "*": lambda values: values[0] * values[1],
    "/": lambda values: divide(values[0], values[1]),
    "negate": lambda values: -values[0],
    "sum": sum,
    "max": max,
    "min": min,
    "abs": lambda values: max(values[0], -values[0]),
}

CONNECT: Mapping[Connective, Callable[[Sequence[bool]], bool]] = {
    "and": all,
    "or": any,
    "not": lambda held: not held[0],
}

_MIRRORED: Mapping[Sign, Sign] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_LOW_MIDDLE_HIGH = 3


def single_link(chain: Comparison, link: int) -> Comparison:
    """Return one comparison of a chain by itself, what was found on its left.

    Of ``low <= middle <= high`` the middle is what was found, whichever bound it breaks.
    """
    if len(chain.signs) == 1:
        return chain
    left, right = chain.operands[link : link + 2]
    sign = chain.signs[link]
    if len(chain.operands) == _LOW_MIDDLE_HIGH and link == 0:
        return Comparison((_MIRRORED[sign],), (right, left))
    return Comparison((sign,), (left, right))


def _first_broken_link(signs: Sequence[Sign], values: Sequence[Number]) -> int | None:
    for link, sign in enumerate(signs):
        if not COMPARE[sign](values[link], values[link + 1]):
            return link
    return None


class _MissingError(Exception):
    """Report a figure that is missing."""


class _Reader(NamedTuple):
    facts: Facts
    last_year: Facts | None

    def skipped(self, needed: Sequence[Figure]) -> Result | None:
        missing: list[Figure] = []
        for figure in needed:
            if figure.of_last_year and self.last_year is None:
                return Result(Verdict.SKIPPED, cause=Cause.NO_LAST_YEAR)
            if self.figure(figure) is None:
                missing.append(figure)
        return Result(Verdict.SKIPPED, cause=Cause.MISSING, missing=tuple(missing)) if missing else None

    def figure(self, figure: Figure) -> Number | None:
        facts = self.last_year if figure.of_last_year else self.facts
        return facts.get(figure.address) if facts is not None else None

    def judge(self, condition: Expression) -> Result:
        match condition:
            case Comparison(signs=signs, operands=operands) if not is_truth(operands[0]):
                values = [self.number(operand) for operand in operands]
                link = _first_broken_link(signs, values)
                if link is None:
                    return PASSES
                broken = single_link(condition, link)
                found, expected = (values[operands.index(operand)] for operand in broken.operands)
                return Result(Verdict.FAILS, found, expected, broken)
            case Logic(connective="and", operands=operands):
                results = [self.judge(operand) for operand in operands]
                return next((result for result in results if result.verdict is Verdict.FAILS), PASSES)
            case _:
                return PASSES if self.holds(condition) else Result(Verdict.FAILS, broken=condition)

    def holds(self, condition: Expression) -> bool:
        match condition:
            case Comparison(signs=(sign,), operands=(left, right)) if is_truth(left):
                return (self.holds(left) == self.holds(right)) == (sign == "==")
            case Comparison(signs=signs, operands=operands):
                return _first_broken_link(signs, [self.number(operand) for operand in operands]) is None
            case Logic(connective=connective, operands=operands):
                held = [self.holds(operand) for operand in operands]
                return CONNECT[connective](held)
            case _:
                raise TypeError(f"not a bound condition: {condition}")

    def number(self, expression: Expression) -> Number:
        match expression:
            case Figure():
                figure = self.figure(expression)
                if figure is None:
                    raise _MissingError
                return figure
            case Operation(function=function):
                return COMPUTE[function]([self.number(number) for number in numbers(expression)])
            case Constant(value=value):
                return value
        raise TypeError(f"not a bound number: {expression}")

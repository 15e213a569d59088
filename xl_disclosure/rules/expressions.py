"""Expressions of cross-check rules, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xl_disclosure.forms.model import FactAddress

Number = int | Decimal
LAST_YEAR_PREFIX = "last_year:"

Function = Literal["+", "-", "*", "/", "negate", "sum", "max", "min", "abs"]
Sign = Literal["==", "!=", "<", "<=", ">", ">="]
Connective = Literal["and", "or", "not"]
Depth = Literal["leaves", "parts"]


@dataclass(frozen=True, slots=True)
class Constant:
    """Hold a number written in the rule."""

    value: Number


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a name as written: a short row or column code or a full address."""

    text: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Stand for what a named row consists of: all its leaf rows, or only the rows directly under it."""

    depth: Depth
    whole: Name


@dataclass(frozen=True, slots=True)
class LastYear:
    """Stand for last year's figure of what is named inside."""

    of: Name | Breakdown


@dataclass(frozen=True, slots=True)
class Figure:
    """Stand for one fact, of this year or of last year; ``decimals`` are those its unit of measure allows."""

    address: FactAddress
    of_last_year: bool = False
    decimals: int = 0

    @property
    def key(self) -> str:
        """Return the key of its value in a finding: last year's stand under ``last_year:`` and the address."""
        return f"{LAST_YEAR_PREFIX}{self.address}" if self.of_last_year else self.address


@dataclass(frozen=True, slots=True)
class BoundBreakdown:
    """Hold the facts a row consists of; ``whole`` is that row's own address, which for a group is no fact."""

    depth: Depth
    whole: Figure
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Make a number of numbers."""

    function: Function
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compare neighbouring operands, as in ``low <= middle <= high``; operands are all numbers or all truth values."""

    signs: tuple[Sign, ...]
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """Make a truth value of truth values; each of them is looked at, whatever the others are."""

    connective: Connective
    operands: tuple[Expression, ...]


Compound = Operation | Comparison | Logic
Expression = Constant | Name | Breakdown | LastYear | Figure | BoundBreakdown | Compound
"""A parsed expression has Name, Breakdown and LastYear; a bound one has Figure and BoundBreakdown in their stead."""


_TRUTHS = (Comparison, Logic)


def is_truth(expression: Expression) -> bool:
    """Tell whether an expression is a truth value rather than a number."""
    return isinstance(expression, _TRUTHS)


def numbers(operation: Operation) -> tuple[Expression, ...]:
    """Return the numbers a bound operation is applied to, breakdowns laid open."""
    if BoundBreakdown not in map(type, operation.operands):
        return operation.operands
    found: list[Expression] = []
    for operand in operation.operands:
        found.extend(operand.figures if isinstance(operand, BoundBreakdown) else (operand,))
    return tuple(found)


def walk(expression: Expression) -> Iterator[Expression]:
    """Give a bound expression and everything inside it, in written order."""
    yield expression
    match expression:
        case BoundBreakdown(figures=found):
            yield from found
        case Operation(operands=operands) | Comparison(operands=operands) | Logic(operands=operands):
            for operand in operands:
                yield from walk(operand)


def figures(expression: Expression) -> tuple[Figure, ...]:
    """Return the facts a bound expression looks at, each once, in written order."""
    found = (inner for inner in walk(expression) if isinstance(inner, Figure))
    return tuple(dict.fromkeys(found))


def has_division(expression: Expression) -> bool:
    """Tell whether a division stands anywhere inside."""
    return any(isinstance(inner, Operation) and inner.function == "/" for inner in walk(expression))


def decimals(expression: Expression) -> int | None:
    """Return how many decimals the number a bound expression gives may need; None where a division leaves it open."""
    match expression:
        case Constant(value=value):
            exponent = Decimal(value).as_tuple().exponent
            return max(0, -exponent) if isinstance(exponent, int) else None
        case Figure(decimals=places):
            return places
        case Operation(function=function):
            needed = [decimals(number) for number in numbers(expression)]
        case _:
            return None
    known = [places for places in needed if places is not None]
    if function == "/" or len(known) < len(needed):
        return None
    return sum(known) if function == "*" else max(known)

"""Bound expressions worked out over some units at once, an array element for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rules.evaluate import single_link
from xl_disclosure.rules.expressions import (
    Comparison,
    Constant,
    Expression,
    Figure,
    Function,
    Logic,
    Operation,
    Sign,
    decimals,
    figures,
    is_truth,
    numbers,
    walk,
)

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Hold the figures of many units by address, scaled to whole numbers, and where they are missing.

    A missing figure is 0 in ``figures`` and true in ``missing``; a fact that is in neither is missing everywhere.
    """

    count: int
    figures: Mapping[FactAddress, Floats]
    missing: Mapping[FactAddress, Truths]


COMPARE: Mapping[Sign, Callable[[Floats, Floats], Truths]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}

_PAIRWISE: Mapping[Function, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "sum": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "max": np.maximum,
    "min": np.minimum,
}

_SINGLE: Mapping[Function, Callable[[Floats], Floats]] = {"negate": np.negative, "abs": np.abs}


@dataclass(frozen=True, slots=True)
class Rows:
    """Work out expressions over the units at some places of the columns, ``count`` of them."""

    facts: FactColumns
    last_year: FactColumns
    units: slice | Indices
    count: int

    def missing(self, expression: Expression) -> Truths:
        """Return where a fact that the expression looks at is missing."""
        lacking = np.zeros(self.count, dtype=np.bool_)
        for figure in figures(expression):
            columns = self.last_year if figure.of_last_year else self.facts
            column = columns.missing.get(figure.address)
            lacking |= column[self.units] if column is not None else True
        return lacking

    def divides_by_zero(self, expression: Expression) -> Truths:
        """Return where a divisor inside the expression is zero."""
        found = np.zeros(self.count, dtype=np.bool_)
        for inner in walk(expression):
            if isinstance(inner, Operation) and inner.function == "/":
                found |= self.quantity(inner.operands[1]) == 0
        return found

    def truth(self, condition: Expression) -> Truths:
        """Return where a condition holds."""
        match condition:
            case Comparison(signs=(sign,), operands=(left, right)) if is_truth(left):
                differ = self.truth(left) ^ self.truth(right)
                return ~differ if sign == "==" else differ
            case Comparison(signs=signs):
                return _join(np.logical_and, [self.link(condition, link) for link in range(len(signs))])
            case Logic(connective="not", operands=(inner,)):
                return ~self.truth(inner)
            case Logic(connective=connective, operands=operands):
                join = np.logical_and if connective == "and" else np.logical_or
                return _join(join, [self.truth(operand) for operand in operands])
            case _:
                raise TypeError(f"not a bound condition: {condition}")

    def link(self, chain: Comparison, link: int) -> Truths:
        """Return where one comparison of a chain holds; exact unless a side of it divides."""
        left, right = chain.operands[link : link + 2]
        places = decimals(left), decimals(right)
        sign = COMPARE[chain.signs[link]]
        if places[0] is None or places[1] is None:
            return sign(self.quantity(left), self.quantity(right))
        scale = max(places[0], places[1])
        return sign(self.scaled(left, scale), self.scaled(right, scale))

    def sides(self, condition: Expression) -> tuple[Floats, Floats]:
        """Return what was found and expected in the first part of a condition that does not hold, in units of measure.

        Not a number where every part holds and where that part compares conditions.
        """
        found, expected = np.full(self.count, np.nan), np.full(self.count, np.nan)
        for part, holds in reversed(self.parts(condition)):
            match part:
                case Comparison(operands=(left, right)) if not is_truth(left):
                    sides = self.quantity(left), self.quantity(right)
                case _:
                    sides = np.full(self.count, np.nan), np.full(self.count, np.nan)
            found, expected = np.where(holds, found, sides[0]), np.where(holds, expected, sides[1])
        return found, expected

    def parts(self, condition: Expression) -> list[tuple[Expression, Truths]]:
        """Return the comparisons that must all hold, what is found on the left, each with where it holds."""
        match condition:
            case Logic(connective="and", operands=operands):
                return [part for operand in operands for part in self.parts(operand)]
            case Comparison(signs=signs, operands=operands) if not is_truth(operands[0]):
                return [(single_link(condition, link), self.link(condition, link)) for link in range(len(signs))]
            case _:
                return [(condition, self.truth(condition))]

    def quantity(self, number: Expression) -> Floats:
        """Return a number in its unit of measure; what is divided by zero is divided by one instead."""
        places = decimals(number)
        if places is not None:
            return self.scaled(number, places) / 10.0**places
        if not isinstance(number, Operation):
            raise TypeError(f"not a bound number: {number}")
        operands = [self.quantity(operand) for operand in numbers(number)]
        if number.function == "/":
            operands[1] = np.where(operands[1] == 0, 1.0, operands[1])
        return _combine(number.function, operands)

    def scaled(self, number: Expression, places: int) -> Floats:
        """Return a number without divisions, multiplied by ten to at least as many places as it has decimals."""
        match number:
            case Constant(value=value):
                return np.full(self.count, float(value * 10**places))
            case Figure():
                return self.figure(number) * 10.0 ** (places - number.decimals)
            case Operation(function="*", operands=(left, right)):
                own = decimals(left) or 0
                return self.scaled(left, own) * self.scaled(right, places - own)
            case Operation():
                operands = [self.scaled(operand, places) for operand in numbers(number)]
                return _combine(number.function, operands)
            case _:
                raise TypeError(f"not a bound number: {number}")

    def figure(self, figure: Figure) -> Floats:
        """Return a fact's figures as the columns hold them, 0 where missing."""
        columns = self.last_year if figure.of_last_year else self.facts
        column = columns.figures.get(figure.address)
        return column[self.units] if column is not None else np.zeros(self.count)


def _combine(function: Function, operands: list[Floats]) -> Floats:
    if function in _SINGLE:
        return _SINGLE[function](operands[0])
    return reduce(_PAIRWISE[function], operands)


def _join(join: Callable[[Truths, Truths], Truths], truths: list[Truths]) -> Truths:
    return reduce(join, truths)

"""Rules as Excel formulas: a live check giving TRUE, FALSE or a blank, and the totals a template computes.

Only functions and operators that Excel, WPS and LibreOffice read alike are used, under their English names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.cell_ranges import join_cells
from xl_disclosure.rules.expressions import (
    Comparison,
    Constant,
    Expression,
    Figure,
    Logic,
    Operation,
    Sign,
    decimals,
    figures,
    has_division,
    is_truth,
    numbers,
)

CellOf = Callable[[FactAddress], str]
"""Gives the reference of a fact's cell, such as ``D7`` or ``'表三'!D7``."""

_SIGNS: Mapping[Sign, str] = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SUM, _PRODUCT, _SIGNED, _ATOM = range(4)
_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "negate": _SIGNED}


def truth_formula(rule: BoundRule, cell_of: CellOf, last_year_cell_of: CellOf | None = None) -> str | None:
    """Return the formula that is TRUE where the rule passes and FALSE where it fails.

    It is a blank text where the rule would be skipped or break. None for a rule that looks at last year's facts when
    their cells are not given.
    """
    if rule.needs_last_year and last_year_cell_of is None:
        return None
    writer = _Writer(cell_of, last_year_cell_of or cell_of)
    formula = writer.guarded(rule.check, writer.truth(rule.check))
    if rule.when is not None:
        formula = writer.guarded(rule.when, f'IF({writer.truth(rule.when)},{formula},"")')
    divides = has_division(rule.check) or (rule.when is not None and has_division(rule.when))
    return f'=IFERROR({formula},"")' if divides else f"={formula}"


def computed_formula(rule: BoundRule, cell_of: CellOf) -> str:
    """Return the formula of the total that a rule with ``computes`` gives: a blank text until a part is entered.

    Cells that hold no number count as nothing. Raises ValueError for a rule that computes nothing.
    """
    if rule.computed is None or not isinstance(rule.check, Comparison):
        raise ValueError(f"{rule.id} computes nothing")
    parts = rule.check.operands[1]
    writer = _Writer(cell_of, cell_of, tolerates_blanks=True)
    return f'=IF(COUNT({writer.cells(parts)})=0,"",{writer.rounded(parts)})'


@dataclass(frozen=True, slots=True)
class _Writer:
    cell_of: CellOf
    last_year_cell_of: CellOf
    tolerates_blanks: bool = False

    def cell(self, figure: Figure) -> str:
        return self.last_year_cell_of(figure.address) if figure.of_last_year else self.cell_of(figure.address)

    def cells(self, expression: Expression) -> str:
        return join_cells([self.cell(figure) for figure in figures(expression)])

    def guarded(self, condition: Expression, formula: str) -> str:
        """Return the formula, blank as long as a cell that the condition looks at holds no number."""
        count = len(figures(condition))
        return f'IF(COUNT({self.cells(condition)})<{count},"",{formula})' if count else formula

    def truth(self, condition: Expression) -> str:
        match condition:
            case Logic(connective=connective, operands=operands):
                return f"{connective.upper()}({','.join(self.truth(operand) for operand in operands)})"
            case Comparison(signs=signs, operands=operands):
                sides = [f"({self.truth(side)})" if is_truth(side) else self.rounded(side) for side in operands]
                links = [f"{sides[link]}{_SIGNS[sign]}{sides[link + 1]}" for link, sign in enumerate(signs)]
                return links[0] if len(links) == 1 else f"AND({','.join(links)})"
            case _:
                raise TypeError(f"not a bound condition: {condition}")

    def rounded(self, number: Expression) -> str:
        """Return the number, rid of what binary fractions leave behind the last decimal of a sum of money."""
        places = decimals(number)
        text = self.number(number)
        return f"ROUND({text},{places})" if places and not isinstance(number, Constant) else text

    def number(self, expression: Expression, binding: int = _SUM) -> str:
        """Return the text of a number, in brackets where it binds less closely than its surroundings."""
        match expression:
            case Constant(value=value):
                return str(value) if isinstance(value, int) else format(value, "f")
            case Figure():
                return f"N({self.cell(expression)})" if self.tolerates_blanks else self.cell(expression)
            case Operation(function="sum" | "max" | "min" | "abs" as function):
                return f"{function.upper()}({self.list(numbers(expression))})"
            case Operation(function="+") if self.tolerates_blanks:
                return f"SUM({self.list(_addends(expression))})"
            case Operation(function=function, operands=operands):
                own = _BINDING[function]
                written = self.arithmetic(function, operands, own)
                return f"({written})" if own < binding else written
            case _:
                raise TypeError(f"not a bound number: {expression}")

    def arithmetic(self, function: str, operands: tuple[Expression, ...], own: int) -> str:
        if function == "negate":
            return f"-{self.number(operands[0], _ATOM)}"
        left, right = operands
        return f"{self.number(left, own)}{function}{self.number(right, own + 1)}"

    def list(self, operands: tuple[Expression, ...]) -> str:
        """Return the arguments of a function: neighbouring cells as one range, then what is not a cell."""
        found = [operand for operand in operands if isinstance(operand, Figure)]
        others = [self.number(operand) for operand in operands if not isinstance(operand, Figure)]
        joined = [join_cells([self.cell(figure) for figure in found])] if found else []
        return ",".join([*joined, *others])


def _addends(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Operation(function="+", operands=(left, right)):
            return (*_addends(left), *_addends(right))
        case Operation(function="sum"):
            return numbers(expression)
        case _:
            return (expression,)

"""The parts of a rule put into Chinese words, with figures where they are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from xl_disclosure.forms.rules import Span
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.evaluate import Facts, split_years, value_of
from xl_disclosure.rules.expressions import (
    BoundBreakdown,
    Comparison,
    Constant,
    Expression,
    Figure,
    Function,
    Logic,
    Number,
    Operation,
    Sign,
    has_division,
    is_truth,
    numbers,
)
from xl_disclosure.rules.short_names import column_label, fact_name, row_name, without_this_year

MOST_TERMS = 8
"""Of a longer sum the terms that are zero are left out."""

_CLEAR_AT_A_GLANCE = 2

_DEMANDS: Mapping[Sign, str] = {
    "==": "应等于",
    "!=": "不应等于",
    "<": "应小于",
    "<=": "不应大于",
    ">": "应大于",
    ">=": "不应小于",
}
_STATEMENTS: Mapping[Sign, str] = {
    "==": "等于",
    "!=": "不等于",
    "<": "小于",
    "<=": "不大于",
    ">": "大于",
    ">=": "不小于",
}
_EXTREMES: Mapping[Function, str] = {"max": "最大", "min": "最小"}


def format_number(value: Number) -> str:
    """Return a number in plain digits without idle zeros."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Phrases:
    """Word the parts of one bound rule; a figure's value stands in brackets behind its name where it is known."""

    rule: BoundRule
    values: Mapping[str, Number]

    @cached_property
    def years(self) -> tuple[Facts, Facts]:
        """Return the values of this year and those of last year."""
        return split_years(self.values)

    def demand(self, condition: Expression) -> str:
        """Return what a condition demands."""
        match condition:
            case Comparison(signs=(sign,), operands=(left, right)) if is_truth(left):
                together = "应同时成立，或者同时不成立" if sign == "==" else "应有一个成立，且只有一个成立"
                return f"“{self.statement(left)}”与“{self.statement(right)}”{together}"
            case Comparison(signs=(("<" | "<="), ("<" | "<=")) as signs, operands=(low, middle, high)):
                lower = "应大于" if signs[0] == "<" else "不应小于"
                bounds = f"{lower}{self.number(low)}，也{_DEMANDS[signs[1]]}{self.number(high)}"
                return f"{self.number(middle)}{bounds}"
            case Comparison():
                return self.compare(condition, _DEMANDS)
            case Logic(connective="and", operands=operands):
                return "；".join(self.demand(operand) for operand in operands)
            case Logic(connective="or", operands=operands):
                return f"下列情形至少应有一种：{'，或者'.join(self.statement(operand) for operand in operands)}"
            case _:
                return f"应当{self.statement(condition)}"

    def statement(self, condition: Expression) -> str:
        """Return what a condition says, not as a demand."""
        match condition:
            case Comparison(signs=(sign,), operands=(left, right)) if is_truth(left):
                together = "同时成立或同时不成立" if sign == "==" else "只有一个成立"
                return f"“{self.statement(left)}”与“{self.statement(right)}”{together}"
            case Comparison():
                return self.compare(condition, _STATEMENTS)
            case Logic(connective="not", operands=(inner,)):
                return f"并非“{self.statement(inner)}”"
            case Logic(connective=connective, operands=operands):
                joint = "且" if connective == "and" else "或者"
                return joint.join(self.statement(operand) for operand in operands)
            case _:
                raise TypeError(f"not a bound condition: {condition}")

    def compare(self, comparison: Comparison, words: Mapping[Sign, str]) -> str:
        """Return the comparisons of a chain, one after the other."""
        sides = [self.side(operand, comparison) for operand in comparison.operands]
        links: list[str] = []
        for sign, left, right in zip(comparison.signs, sides, sides[1:], strict=False):
            verb = words[sign].replace("等于", "为") if right == "0" else words[sign]
            links.append(f"{left}{verb}{right}")
        return "，且".join(links)

    def side(self, operand: Expression, comparison: Comparison) -> str:
        """Return one side of a comparison; a number that a share is compared with is worded in percent."""
        if isinstance(operand, Constant) and has_division(comparison):
            return f"{format_number(operand.value * 100)}%"
        return self.number(operand)

    def number(self, expression: Expression) -> str:
        """Return the words of a number."""
        match expression:
            case Constant(value=value):
                return format_number(value)
            case Figure():
                return f"{self.name(expression)}{self.value(expression)}"
            case Operation(function="sum" | "+" | "-"):
                return self.total(expression)
            case Operation(function="max" | "min"):
                return self.extreme(expression)
            case Operation():
                return self.other_operation(expression)
            case _:
                raise TypeError(f"not a bound number: {expression}")

    def other_operation(self, operation: Operation) -> str:
        """Return the words of a product, a share, a negative or an absolute value."""
        inside = [self.inside(operand) for operand in operation.operands]
        match operation.function:
            case "*":
                return "×".join(inside)
            case "/":
                part, whole = (self.number(operand) for operand in operation.operands)
                return f"{part}占{whole}的比重{self.percent(operation)}"
            case "negate":
                return f"－{inside[0]}"
            case _:
                return f"{inside[0]}的绝对值"

    def name(self, figure: Figure) -> str:
        """Return the short name of a fact as seen from the rule's column or row, or its full name."""
        table_code, row_code, column_code = figure.address.split(".")
        table = self.rule.edition.tables[table_code]
        source = self.rule.source
        is_at_home = table_code in source.tables
        match source.over:
            case Span.FACTS if figure.address == self.rule.scope:
                return "上年数" if figure.of_last_year else "本年数"
            case Span.COLUMNS if is_at_home and column_code == self.rule.scope:
                name = row_name(table, table.row(row_code))
            case Span.ROWS if is_at_home and row_code == self.rule.scope:
                name = next(column_label(column) for column in table.columns if column.code == column_code)
            case _:
                name = fact_name(self.rule.edition.facts[figure.address])
        return f"上年的{without_this_year(name)}" if figure.of_last_year else name

    def total(self, operation: Operation) -> str:
        """Return the terms of a sum or difference; in a long one with figures those that are zero are left out."""
        match operation.operands:
            case (BoundBreakdown(whole=whole),) if not self.values:
                return f"{self.name(whole)}各项之和"
        addends = _addends(operation)
        if self.values and len(addends) > MOST_TERMS:
            addends = [(sign, term) for sign, term in addends if self.result(term) != 0] or addends[:1]
        written = "".join(f"{sign}{self.inside(term) if sign == '－' else self.number(term)}" for sign, term in addends)
        result = self.result(operation) if len(addends) > _CLEAR_AT_A_GLANCE else None
        shown_result = f"（合计{format_number(result)}）" if result is not None else ""
        return f"{written.removeprefix('＋')}{shown_result}"

    def extreme(self, operation: Operation) -> str:
        """Return the words for the largest or smallest of some numbers."""
        match operation.operands:
            case (BoundBreakdown(whole=whole),):
                items = f"{self.name(whole)}各项"
            case _:
                items = "、".join(self.number(number) for number in numbers(operation))
        return f"{items}中{_EXTREMES[operation.function]}的一项{self.value(operation)}"

    def inside(self, expression: Expression) -> str:
        """Return the words of a number that stands inside a product or behind a minus."""
        is_sum = isinstance(expression, Operation) and expression.function in ("+", "-", "sum")
        return f"〔{self.number(expression)}〕" if is_sum else self.number(expression)

    def value(self, expression: Expression) -> str:
        """Return the value of a number in brackets; a blank where figures are not known."""
        result = self.result(expression)
        return f"（{format_number(result)}）" if result is not None else ""

    def percent(self, expression: Expression) -> str:
        """Return the value of a share in brackets, to a tenth of a percent; a blank where figures are not known."""
        result = self.result(expression)
        return f"（{Decimal(result) * 100:.1f}%）" if result is not None else ""

    def result(self, expression: Expression) -> Number | None:
        """Return the value of a number; None where figures are not known."""
        return value_of(expression, *self.years) if self.values else None


def _addends(expression: Expression, sign: str = "＋") -> list[tuple[str, Expression]]:
    match expression:
        case Operation(function="+", operands=(left, right)):
            return [*_addends(left, sign), *_addends(right, sign)]
        case Operation(function="-", operands=(left, right)) if sign == "＋":
            return [*_addends(left), ("－", right)]
        case Operation(function="sum") if sign == "＋":
            return [("＋", number) for number in numbers(expression)]
        case _:
            return [(sign, expression)]

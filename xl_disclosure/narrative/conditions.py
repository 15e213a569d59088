"""The condition under which a paragraph is used, in the language of the rules or in its Chinese form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from xl_disclosure.errors import InputError, Place, RuleError
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import Basis, RuleSource, Severity
from xl_disclosure.forms.text import fold_width
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.look_up import find_field, look_up
from xl_disclosure.rules.alarms import truth_of
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.expressions import (
    Comparison,
    Constant,
    Expression,
    Figure,
    Logic,
    Name,
    Number,
    Operation,
)
from xl_disclosure.rules.language import parse

CHINESE_SIGNS: Mapping[str, str] = {
    "等于": "==",
    "为": "==",
    "不等于": "!=",
    "不为": "!=",
    "大于": ">",
    "小于": "<",
    "不小于": ">=",
    "不大于": "<=",
    "且": "and",
    "并且": "and",
    "或": "or",
    "或者": "or",
}
"""Words a clerk may write for a sign, with a space on either side, as in ``收到申请数 大于 0``."""

DECIDED: Mapping[str, bool] = {"": True, "采用": True, "不采用": False}
"""Conditions that decide by themselves; 不采用 marks a paragraph offered for the clerk to take up."""

_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_SIGN_CHARACTERS = str.maketrans({"≠": "!=", "≥": ">=", "≤": "<="})
_EXAMPLE = "例如 statistics.received.count == 0，或 收到申请数 = 0"


def holds(condition: str, edition: Edition, fields: Fields, place: Place) -> bool:
    """Tell whether a condition holds; a blank one always does, one on last year's figures not where there are none.

    A condition names fields as a text does, without braces; 采用 and 不采用 decide by themselves.
    Raises InputError at the place given for a condition that is not in the language, names an unknown or blank field,
    or divides by zero.
    """
    if condition.strip() in DECIDED:
        return DECIDED[condition.strip()]
    try:
        rule = _bind(condition, edition)
    except RuleError as error:
        raise InputError(f"采用条件写法有误：{error.what}", f"{error.remedy}；{_EXAMPLE}", place) from error
    if rule is None:
        raise InputError("采用条件中不能用 leaves、parts、last_year", f"写出各项数据的名称；{_EXAMPLE}", place)
    figures: dict[FactAddress, Number] = {}
    for name in rule.facts:
        figure = fields.figure(name)
        if figure is None:
            return _holds_on_fields(rule, fields, place)
        figures[name] = figure
    return _is_true(rule, figures, place)


def _holds_on_fields(rule: BoundRule, fields: Fields, place: Place) -> bool:
    if any(find_field(name, fields, place).absence for name in rule.facts):
        return False
    return _is_true(rule, {name: _figure(name, fields, place) for name in rule.facts}, place)


def _is_true(rule: BoundRule, figures: Mapping[FactAddress, Number], place: Place) -> bool:
    try:
        return truth_of(rule)(figures)
    except ZeroDivisionError as error:
        raise InputError(f"采用条件“{rule.source.check}”中除数为 0", "先判断除数不为 0，或改写条件", place) from error


def _figure(name: str, fields: Fields, place: Place) -> Number:
    figure = look_up(name, fields, place).figure
    if figure is None:
        raise InputError(f"采用条件中的“{name}”不是数", f"改为一项数据；{_EXAMPLE}", place)
    return figure


@lru_cache(maxsize=1024)
def _bind(condition: str, edition: Edition) -> BoundRule | None:
    """Return a condition as a rule on the fields it names; None where it asks for more than fields.

    The same conditions are offered to every unit. Raises RuleError for one that is not in the language.
    """
    bound = _name_fields(parse(in_rule_language(condition), "采用条件"))
    if bound is None:
        return None
    source = RuleSource("condition", "采用条件", Severity.INFO, Basis.HIERARCHY, check=condition)
    return BoundRule(source, edition, "", bound)


def in_rule_language(condition: str) -> str:
    """Return a condition with its Chinese signs turned into those of the rule language."""
    folded = _SINGLE_EQUALS.sub("==", fold_width(condition.translate(_SIGN_CHARACTERS)))
    return " ".join(CHINESE_SIGNS.get(word, word) for word in folded.split())


def _name_fields(expression: Expression) -> Expression | None:
    """Return the expression with every name taken for that of a field; None where it asks for more."""
    match expression:
        case Constant():
            return expression
        case Name(text=name):
            return Figure(FactAddress(name))
        case Operation() | Comparison() | Logic():
            operands = [_name_fields(operand) for operand in expression.operands]
            known = tuple(operand for operand in operands if operand is not None)
            return replace(expression, operands=known) if len(known) == len(operands) else None
        case _:
            return None

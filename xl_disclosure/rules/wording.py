"""Rules as Chinese sentences: in general for lists and notes, and with figures for a finding."""

from __future__ import annotations

from collections.abc import Mapping

from xl_disclosure.forms.rules import Span
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.evaluate import Result, evaluate
from xl_disclosure.rules.expressions import Comparison, Constant, Number, Sign
from xl_disclosure.rules.phrases import Phrases, format_number
from xl_disclosure.rules.short_names import column_label, fact_name, row_heading

_DIFFERENCES: Mapping[Sign, str] = {"==": "差", "<": "多", "<=": "多", ">": "少", ">=": "少"}
_EACH = {Span.COLUMNS: "每列", Span.ROWS: "每行", Span.FACTS: "每格"}


def describe_rule(rule: BoundRule) -> str:
    """Return what a rule demands in general, as one Chinese sentence without a full stop.

    It is the same for every column, row or fact the rule spans.
    """
    return f"{_general_prefix(rule)}{_condition(rule, {})}{Phrases(rule, {}).demand(rule.check)}"


def describe_failure(rule: BoundRule, values: Mapping[str, Number]) -> str:
    """Return what of a rule does not hold, with figures and the difference, as a Chinese sentence without a full stop.

    ``values`` are the figures by address, last year's under ``last_year:`` addresses. With figures that do not fail the
    rule it says what the rule demands.
    """
    phrases = Phrases(rule, values)
    result = evaluate(rule, *phrases.years)
    opening = f"{_prefix(rule)}{_condition(rule, values) if _says_more(rule) else ''}"
    if result.broken is None:
        return f"{opening}{phrases.demand(rule.check)}"
    return f"{opening}{phrases.demand(result.broken)}{_difference(result)}"


def describe_values(rule: BoundRule, values: Mapping[str, Number]) -> str:
    """Return the figures a rule looked at, each with its name."""
    return "、".join(Phrases(rule, values).number(figure) for figure in rule.figures)


def scope_name(rule: BoundRule) -> str:
    """Return the Chinese name of the column, row or fact an instance of a rule is about; a blank where it goes without.

    It does for a rule held once and for the only column of a table.
    """
    if not rule.scope or not rule.facts:
        return ""
    fact = rule.edition.facts[rule.facts[0]]
    match rule.source.over:
        case Span.COLUMNS:
            column = next(column for column in fact.table.columns if column.code == rule.scope)
            return column_label(column) if len(fact.table.columns) > 1 else ""
        case Span.ROWS:
            return row_heading(fact.table, fact.table.row(rule.scope))
        case Span.FACTS:
            return fact_name(fact)
        case Span.ONCE:
            return ""


def _prefix(rule: BoundRule) -> str:
    name = scope_name(rule)
    return f"{name}：" if name else ""


def _general_prefix(rule: BoundRule) -> str:
    if len(rule.source.only) == 1 or not scope_name(rule):
        return _prefix(rule)
    return f"{_EACH[rule.source.over]}："


def _condition(rule: BoundRule, values: Mapping[str, Number]) -> str:
    return f"{Phrases(rule, values).statement(rule.when)}时，" if rule.when is not None else ""


def _says_more(rule: BoundRule) -> bool:
    """Tell whether the condition looks at a fact that the check does not show anyway."""
    return any(figure not in rule.figures_of_check for figure in rule.figures_of_when)


def _difference(result: Result) -> str:
    broken, found, expected = result.broken, result.found, result.expected
    if not isinstance(broken, Comparison) or found is None or expected is None:
        return ""
    word = _DIFFERENCES.get(broken.signs[0], "")
    if not word or any(isinstance(side, Constant) for side in broken.operands):
        return ""
    return f"，{word} {format_number(max(found - expected, expected - found))}"

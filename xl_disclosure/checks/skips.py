"""Rules that could not be run: one finding for each rule and reason, whatever the columns and rows it spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xl_disclosure.checks.across_years import LastYear
from xl_disclosure.checks.fact_lists import name_facts
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Return
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.evaluate import Cause, Result

MOST_NAMED = 3
"""Of the facts that a rule lacks."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Hold one instance of a rule that was not run or broke, and how it came out."""

    rule: BoundRule
    result: Result


@dataclass(frozen=True, slots=True)
class _Reason:
    rule: str
    outcome: Outcome
    text: str
    lists_facts: bool = False


def report_skips(edition: Edition, returned: Return, last_year: LastYear, skips: Sequence[Skip]) -> list[Finding]:
    """Return the findings that say which rules were not run and why."""
    grouped: dict[_Reason, list[Skip]] = {}
    for skip in skips:
        grouped.setdefault(_reason(skip, last_year), []).append(skip)
    return [_finding(edition, returned, reason, group) for reason, group in grouped.items()]


def _reason(skip: Skip, last_year: LastYear) -> _Reason:
    rule = skip.rule.id
    match skip.result.cause:
        case Cause.DIVISION_BY_ZERO:
            return _Reason(rule, Outcome.BROKEN, "除数为0，算不出来")
        case Cause.NO_LAST_YEAR:
            return _Reason(rule, Outcome.SKIPPED, last_year.why_not)
        case Cause.NOT_APPLICABLE:
            return _Reason(rule, Outcome.SKIPPED, "规则的前提不成立，不用核对")
        case Cause.EXEMPT:
            return _Reason(rule, Outcome.SKIPPED, "按封面所填的单位级别，不用核对")
        case _:
            return _missing_reason(skip, last_year)


def _missing_reason(skip: Skip, last_year: LastYear) -> _Reason:
    this_year = [figure for figure in skip.result.missing if not figure.of_last_year]
    if this_year:
        return _Reason(skip.rule.id, Outcome.SKIPPED, "没有可用的数", lists_facts=True)
    reasons = last_year.not_comparable
    told = (reasons[figure.address] for figure in skip.result.missing if figure.address in reasons)
    text = next(told, "上年报表中没有这一格的数")
    return _Reason(skip.rule.id, Outcome.SKIPPED, text, lists_facts=True)


def _finding(edition: Edition, returned: Return, reason: _Reason, group: Sequence[Skip]) -> Finding:
    facts = _facts(reason, group)
    listed = f"：{name_facts(edition, facts, returned.entries, MOST_NAMED)}" if reason.lists_facts else ""
    return Finding(
        reason.rule,
        reason.outcome,
        group[0].rule.source.severity,
        returned.unit,
        facts=facts,
        scope=group[0].rule.scope if len(group) == 1 else "",
        reason=f"{reason.text}{listed}",
    )


def _facts(reason: _Reason, group: Sequence[Skip]) -> tuple[FactAddress, ...]:
    """Return the facts that are wanting, or else those the rule is about, each once."""
    found: dict[FactAddress, None] = {}
    for skip in group:
        missing = [figure.address for figure in skip.result.missing]
        found.update(dict.fromkeys(missing if reason.lists_facts else skip.rule.facts))
    return tuple(found)

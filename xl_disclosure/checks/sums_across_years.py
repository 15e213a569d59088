"""Facts that compare over the years only together: the rules on single facts held against their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.checks.across_years import LastYear, add_up
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.wording import SUMMED
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import Span
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rules.binding import BoundRule, bind_rules
from xl_disclosure.rules.evaluate import Verdict, evaluate
from xl_disclosure.rules.short_names import fact_name


def check_sums(edition: Edition, returned: Return, last_year: LastYear) -> list[Finding]:
    """Return how each rule on a single fact and last year's comes out on the sums that compare with last year's.

    A sum with a part missing in either year is left to the reason given for its facts one by one.
    """
    findings: list[Finding] = []
    for facts, before in last_year.sums.items():
        now = add_up(returned.facts, facts)
        if now is None or before is None:
            continue
        for rule in _rules_on(edition, facts[0], returned.year):
            findings.extend(_judge(rule, returned, facts, now, before))
    return findings


def _rules_on(edition: Edition, fact: FactAddress, year: int | None) -> list[BoundRule]:
    """Return the rules that look at this one fact and at last year's, and may be read for a sum in its stead."""
    rules = bind_rules(edition, year)
    return [rule for rule in rules if rule.source.over is Span.FACTS and rule.scope == fact and rule.needs_last_year]


def _judge(
    rule: BoundRule, returned: Return, facts: Sequence[FactAddress], now: Number, before: Number
) -> list[Finding]:
    verdict = evaluate(rule, {facts[0]: now}, {facts[0]: before}).verdict
    if verdict is Verdict.PASSES:
        return [Finding(rule.id, Outcome.PASSED, rule.source.severity, returned.unit, tuple(facts))]
    if verdict is not Verdict.FAILS:
        return []
    known = rule.edition.facts
    words: Mapping[str, str] = {SUMMED: "、".join(f"“{fact_name(known[address])}”" for address in facts)}
    entry = returned.entries[facts[0]]
    severity = rule.source.severity
    return [
        Finding(
            rule.id, Outcome.FAILED, severity, returned.unit, tuple(facts), now, before, words=words, place=entry.place
        )
    ]

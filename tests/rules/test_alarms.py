"""Whether a return breaks any rule, told at once: the same as asking every rule how it comes out."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.rules.alarms import Complete, alarms, evaluate_complete
from xl_disclosure.rules.binding import bind_rules, computed_facts
from xl_disclosure.rules.evaluate import Verdict, derive, evaluate
from xl_disclosure.rules.expressions import Number

RETURNS = 200


def random_return(edition: Edition, source: random.Random) -> Complete:
    """Return figures that keep about half of the rules: few are not 0, and the totals mostly add up."""
    facts: dict[FactAddress, Number] = {}
    for address, fact in edition.facts.items():
        count = source.choice((0, 0, 0, 1, 2, 7, 400))
        facts[address] = Decimal(count) / 8 if fact.measure is Measure.MONEY else count
    for address, rule in computed_facts(edition).items():
        if source.random() < 0.9:
            facts[address] = derive(rule, facts) or 0
    return facts


@pytest.mark.parametrize("edition_id", edition_ids())
def test_each_rule_raises_the_alarm_exactly_where_it_fails(edition_id: str) -> None:
    edition, source = load_edition(edition_id), random.Random(edition_id)
    rules = [rule for rule in bind_rules(edition, edition.first_year) if not rule.needs_last_year]
    outcomes: set[bool] = set()
    for _ in range(RETURNS):
        facts = random_return(edition, source)
        for rule, breaks in zip(rules, alarms(edition, edition.first_year), strict=True):
            result = evaluate(rule, facts)
            fails = result.verdict is Verdict.FAILS
            assert breaks(facts) == fails, (rule.id, rule.scope)
            assert evaluate_complete(rule, facts) == result, (rule.id, rule.scope)
            outcomes.add(fails)
    assert outcomes == {True, False}


@pytest.mark.parametrize("edition_id", edition_ids())
def test_a_rule_that_looks_at_last_year_never_fails_without_it(edition_id: str) -> None:
    edition = load_edition(edition_id)
    facts = random_return(edition, random.Random(0))
    later = [rule for rule in bind_rules(edition, edition.first_year) if rule.needs_last_year]
    assert later
    assert not any(evaluate(rule, facts).verdict is Verdict.FAILS for rule in later)

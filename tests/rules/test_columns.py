"""Thousands of units read at once come out as each does when read alone."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.expressions_at_random import conditions, figures
from tests.rules.own_rules import bind_own
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.rules import columns
from xl_disclosure.rules.binding import BoundRule, bind_rules
from xl_disclosure.rules.columns import evaluate_columns, pack_facts
from xl_disclosure.rules.evaluate import Facts, Verdict, evaluate
from xl_disclosure.rules.expressions import Number


def assert_agreement(
    edition: Edition, rules: Sequence[BoundRule], units: Sequence[Facts], last_year: Sequence[Facts] | None
) -> dict[Verdict, int]:
    """Require both readings to agree, and return how often each verdict came out."""
    packed = pack_facts(edition, units)
    before = pack_facts(edition, last_year) if last_year is not None else None
    seen = dict.fromkeys(Verdict, 0)
    for outcome in evaluate_columns(rules, packed, before):
        for unit, facts in enumerate(units):
            expected = evaluate(outcome.rule, facts, last_year[unit] if last_year is not None else None)
            verdicts = {
                Verdict.PASSES: outcome.passed[unit],
                Verdict.FAILS: outcome.failed[unit],
                Verdict.SKIPPED: outcome.skipped[unit],
                Verdict.BROKEN: outcome.broken[unit],
            }
            assert [verdict for verdict, is_it in verdicts.items() if is_it] == [expected.verdict]
            assert_same_number(outcome.found[unit], expected.found)
            assert_same_number(outcome.expected[unit], expected.expected)
            seen[expected.verdict] += 1
    return seen


def assert_same_number(read: float, expected: Number | None) -> None:
    if expected is None:
        assert math.isnan(read)
    else:
        assert read == pytest.approx(float(expected), rel=1e-12, abs=1e-12)


@settings(max_examples=300)
@given(
    check=conditions(),
    when=st.one_of(st.just(""), conditions()),
    units=st.lists(st.tuples(figures(), figures()), min_size=1, max_size=4),
    has_last_year=st.booleans(),
)
def test_any_rule_agrees_on_any_figures(
    check: str, when: str, units: list[tuple[Facts, Facts]], has_last_year: bool
) -> None:
    rules = bind_own(check, when=when, over="once", tables=())
    this, last = [unit[0] for unit in units], [unit[1] for unit in units]
    assert_agreement(load_edition("2021"), rules, this, last if has_last_year else None)


def random_unit(edition: Edition, source: random.Random) -> Mapping[FactAddress, Number | None]:
    unit: dict[FactAddress, Number | None] = {}
    for address, fact in edition.facts.items():
        count = source.choice([0, 0, 0, 1, 2, 30])
        value: Number = Decimal(count) / 8 if fact.measure is Measure.MONEY else count
        unit[address] = None if source.random() < 0.002 else value
    return unit


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_rule_of_every_edition_agrees(edition_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "CHUNK", 16)
    edition = load_edition(edition_id)
    source = random.Random(2021)
    units = [random_unit(edition, source) for _ in range(40)]
    last_year = [random_unit(edition, source) for _ in range(40)]
    seen = assert_agreement(edition, bind_rules(edition), units, last_year)
    assert seen[Verdict.PASSES] > 100
    assert seen[Verdict.FAILS] > 100
    assert seen[Verdict.SKIPPED] > 100


def test_sums_of_money_are_exact() -> None:
    amount = FactAddress("charges.administrative_charges.amount")
    (rule,) = bind_own("amount == 0.1 + 0.2", tables=("charges",), over="rows")
    packed = pack_facts(load_edition("2021"), [{amount: Decimal("0.3")}, {amount: Decimal("0.300001")}])
    (outcome,) = evaluate_columns([rule], packed)
    assert outcome.passed.tolist() == [True, False]
    assert outcome.found.tolist()[1] == 0.300001


def test_without_last_year_its_rules_are_skipped() -> None:
    (rule,) = bind_own("received == last_year(received)", only=("total",))
    packed = pack_facts(load_edition("2021"), [{FactAddress("requests.received.total"): 3}])
    (outcome,) = evaluate_columns([rule], packed)
    assert outcome.skipped.tolist() == [True]

"""One return's figures: a rule passes, fails with what was found and expected, is skipped with its cause, or breaks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.own_rules import bind_own
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.evaluate import Cause, Facts, Result, Verdict, derive, evaluate
from xl_disclosure.rules.expressions import Number

FIGURES = {"received": 5, "brought_forward": 2, "granted": 3, "granted_in_part": 0, "carried_forward": 4}


def own(check: str, when: str = "") -> BoundRule:
    return bind_own(check, only=("total",), when=when)[0]


def facts(**figures: Number | None) -> Facts:
    return {FactAddress(f"requests.{row}.total"): value for row, value in {**FIGURES, **figures}.items()}


def outcome(check: str, when: str = "") -> Result:
    return evaluate(own(check, when), facts())


@pytest.mark.parametrize(
    "check",
    [
        "received == brought_forward + granted",
        "received - granted == brought_forward",
        "carried_forward == brought_forward * 2",
        "received / brought_forward == 2.5",
        "-received < 0",
        "sum(received, granted) == 8",
        "max(received, granted) == received",
        "min(received, granted) == granted",
        "abs(granted - received) == 2",
        "granted <= carried_forward <= received",
        "received > granted != brought_forward",
        "granted >= 3 and received >= 5",
        "granted == 0 or received == 5",
        "not granted == 0",
        "(granted == 0) == (granted_in_part > 0)",
        "(granted == 0) != (granted_in_part == 0)",
        "1 == 1",
    ],
)
def test_what_holds_passes(check: str) -> None:
    assert outcome(check) == Result(Verdict.PASSES)


@pytest.mark.parametrize(
    ("check", "found", "expected"),
    [
        ("received == brought_forward + granted_in_part", 5, 2),
        ("received <= granted", 5, 3),
        ("received <= carried_forward <= granted", 4, 5),
        ("granted <= received <= carried_forward", 5, 4),
        ("received < granted < carried_forward < brought_forward", 5, 3),
        ("granted < carried_forward < received < brought_forward", 5, 2),
        ("received == 5 and granted == 4 and carried_forward == 0", 3, 4),
        ("received / carried_forward <= 1", Decimal("1.25"), 1),
        ("(granted == 0) == (received > 0)", None, None),
        ("granted == 0 or received == 0", None, None),
        ("not received == 5", None, None),
    ],
)
def test_what_does_not_hold_fails_with_its_two_sides(check: str, found: Number | None, expected: Number | None) -> None:
    result = outcome(check)
    assert (result.verdict, result.found, result.expected) == (Verdict.FAILS, found, expected)


def test_a_missing_figure_skips_the_rule_whatever_the_others_are() -> None:
    for check in ("received == granted", "received == 5 or granted == 3", "received >= 0 and granted >= 0"):
        result = evaluate(own(check), facts(granted=None))
        assert (result.verdict, result.cause) == (Verdict.SKIPPED, Cause.MISSING)
        assert [figure.address for figure in result.missing] == ["requests.granted.total"]


def test_an_absent_fact_is_missing() -> None:
    assert evaluate(own("received == 0"), {}).cause is Cause.MISSING


def test_a_rule_about_last_year_is_skipped_without_it() -> None:
    rule = own("received == last_year(granted)")
    assert evaluate(rule, facts()).cause is Cause.NO_LAST_YEAR
    missing = evaluate(rule, facts(), {})
    assert missing.cause is Cause.MISSING
    assert [figure.key for figure in missing.missing] == ["last_year:requests.granted.total"]
    assert evaluate(rule, facts(), facts(granted=5)).verdict is Verdict.PASSES
    assert evaluate(rule, facts(), facts(granted=4)).expected == 4


def test_a_rule_whose_condition_does_not_hold_is_skipped_not_passed() -> None:
    rule = own("granted == 0", when="received == 0")
    assert evaluate(rule, facts()) == Result(Verdict.SKIPPED, cause=Cause.NOT_APPLICABLE)
    assert evaluate(rule, facts(granted=None)).cause is Cause.NOT_APPLICABLE
    assert evaluate(rule, facts(received=None)).cause is Cause.MISSING
    assert evaluate(rule, facts(received=0, granted=None)).cause is Cause.MISSING
    assert evaluate(rule, facts(received=0)).verdict is Verdict.FAILS


def test_dividing_by_zero_breaks_the_rule() -> None:
    broken = Result(Verdict.BROKEN, cause=Cause.DIVISION_BY_ZERO)
    assert outcome("received / granted_in_part > 1") == broken
    assert outcome("received == 5 or received / granted_in_part > 1") == broken
    assert outcome("received == 5", when="received / granted_in_part > 1") == broken
    assert outcome("granted_in_part / received == 0").verdict is Verdict.PASSES


def test_money_is_exact() -> None:
    amount = FactAddress("charges.administrative_charges.amount")
    (rule,) = bind_own("amount == 0.1 + 0.2", tables=("charges",), over="rows")
    assert evaluate(rule, {amount: Decimal("0.3")}).verdict is Verdict.PASSES
    assert evaluate(rule, {amount: Decimal("0.300001")}).verdict is Verdict.FAILS


def test_a_total_is_derived_from_the_parts_that_are_there() -> None:
    (total,) = bind_own("received == granted + granted_in_part", only=("total",), computes=True)
    assert derive(total, facts(granted_in_part=None)) == 3
    assert derive(total, facts(granted=None, granted_in_part=None)) is None


def test_a_figure_that_carries_over_is_derived_from_all_it_needs() -> None:
    (carried,) = bind_own("received == last_year(granted) + granted", only=("total",))
    assert derive(carried, facts(), facts(granted=4)) == 7
    assert derive(carried, facts(), facts(granted=None)) is None
    assert derive(carried, facts()) is None


def test_only_an_equality_derives_anything() -> None:
    with pytest.raises(ValueError, match="own"):
        derive(own("received >= granted"), facts())

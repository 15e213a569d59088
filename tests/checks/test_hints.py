"""The likely slip behind failed rules: one change that mends them and breaks nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from xl_disclosure.checks.hints import (
    Slip,
    SlipKind,
    blank_totals,
    describe_slip,
    find_slips,
    transpositions,
    without_one_digit,
)
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.rules.binding import bind_rules
from xl_disclosure.rules.evaluate import Verdict, evaluate
from xl_disclosure.rules.expressions import Number

# A return in balance: ten requests of natural persons and four of businesses.
BALANCED = {
    "requests.received": (10, 4),
    "requests.brought_forward": (3, 0),
    "requests.granted": (7, 2),
    "requests.not_held": (4, 0),
    "requests.repeat": (0, 1),
    "requests.outcomes_total": (11, 3),
    "requests.carried_forward": (2, 1),
}


def return_with(changes: Mapping[str, Number], edition: str = "2021") -> dict[FactAddress, Number | None]:
    """Return the balanced figures with some of them changed."""
    facts: dict[FactAddress, Number | None] = dict.fromkeys(load_edition(edition).facts, 0)
    for row, (person, business) in BALANCED.items():
        facts[FactAddress(f"{row}.natural_person")] = person
        facts[FactAddress(f"{row}.business")] = business
        facts[FactAddress(f"{row}.total")] = person + business
    assert changes.keys() <= facts.keys()
    return facts | {FactAddress(address): value for address, value in changes.items()}


def slips_in(facts: Mapping[FactAddress, Number | None], edition_id: str = "2021") -> list[Slip]:
    edition = load_edition(edition_id)
    failures = [
        rule
        for rule in bind_rules(edition)
        if rule.source.severity is not Severity.INFO and evaluate(rule, facts).verdict is Verdict.FAILS
    ]
    assert failures, "the figures were meant to have a mistake"
    return find_slips(edition, facts, None, failures)


def named(changes: Mapping[str, Number]) -> list[tuple[SlipKind, str]]:
    facts = return_with(changes)
    return [(slip.kind, describe_slip(load_edition("2021"), slip, facts)) for slip in slips_in(facts)]


def test_the_figures_balance_before_they_are_changed() -> None:
    facts = return_with({})
    verdicts = {evaluate(rule, facts).verdict for rule in bind_rules(load_edition("2021"))}
    assert Verdict.FAILS not in verdicts


def test_a_total_under_the_wrong_applicant() -> None:
    assert named({"requests.outcomes_total.natural_person": 10, "requests.outcomes_total.business": 4}) == [
        (SlipKind.WRONG_COLUMN, "可能填错了列：“三（七）总计·商业企业”由4改为3，“三（七）总计·自然人”由10改为11")
    ]


def test_a_part_under_the_wrong_applicant() -> None:
    changes = {"requests.not_held.natural_person": 0, "requests.not_held.legal_services": 4}
    row = "三（四）1.本机关不掌握相关政府信息"
    text = f"可能填错了列：“{row}·法律服务机构”由4改为0，“{row}·自然人”由0改为4"
    assert named(changes) == [(SlipKind.WRONG_COLUMN, text)]


def test_a_part_under_the_wrong_applicant_with_its_totals_added_up() -> None:
    changes = {
        "requests.not_held.natural_person": 0,
        "requests.not_held.legal_services": 4,
        "requests.outcomes_total.natural_person": 7,
        "requests.outcomes_total.legal_services": 4,
    }
    (slip,) = slips_in(return_with(changes))
    assert slip.kind is SlipKind.WRONG_COLUMN
    assert {rule.scope for rule in slip.mends} == {"natural_person", "legal_services"}


def test_digits_written_the_wrong_way_round() -> None:
    changes = {"requests.received.total": 41}
    assert named(changes) == [
        (SlipKind.TRANSPOSED_DIGITS, "可能写颠倒了数字：“一、本年新收政府信息公开申请数量·总计”由41改为14")
    ]


def test_a_stray_digit() -> None:
    changes = {"requests.received.total": 144}
    assert named(changes) == [
        (SlipKind.STRAY_DIGIT, "可能多打了数字：“一、本年新收政府信息公开申请数量·总计”由144改为14")
    ]


def test_a_stray_figure() -> None:
    changes = {"requests.publication.total": 9}
    assert named(changes) == [(SlipKind.STRAY_DIGIT, "可能多打了数字：“三（五）3.要求提供公开出版物·总计”由9改为0")]


def test_a_request_counted_as_handled_and_as_carried_forward() -> None:
    changes = {
        "requests.other_reason.natural_person": 2,
        "requests.other_reason.total": 2,
        "requests.outcomes_total.natural_person": 13,
        "requests.outcomes_total.total": 16,
    }
    facts = return_with(changes)
    (slip,) = slips_in(facts)
    assert slip.kind is SlipKind.COUNTED_TWICE
    assert describe_slip(load_edition("2021"), slip, facts) == (
        "可能把同样的2计了两次：“四、结转下年度继续办理·自然人”和“三（六）3.其他·自然人”都是2，只应计入一处"
    )


def test_what_could_be_one_of_two_slips_is_not_named() -> None:
    assert named({"requests.received.natural_person": 9, "requests.received.total": 13}) == []


def test_two_slips_are_named_each() -> None:
    changes = {"requests.received.total": 41, "requests.repeat.research_institute": 5}
    assert [kind for kind, _ in named(changes)] == [SlipKind.TRANSPOSED_DIGITS, SlipKind.STRAY_DIGIT]


def test_a_form_full_of_failures_is_not_searched() -> None:
    changes = {
        f"requests.{row}.total": 50 for row in ("received", "granted", "not_held", "repeat", "publication", "refused")
        if f"requests.{row}.total" in load_edition("2021").facts
    }  # fmt: skip
    changes |= {f"disputes.{row}.total": 50 for row in ("reconsideration", "direct_litigation")}
    changes |= {f"requests.{row}.total": 50 for row in ("state_secret", "barred_by_law", "abusive_repetition")}
    changes |= {f"requests.{row}.total": 50 for row in ("internal_affairs", "fee_unpaid", "other_reason")}
    assert named(changes) == []


def test_blank_totals_are_those_whose_parts_are_all_there() -> None:
    edition = load_edition("2021")
    total, part = FactAddress("requests.granted.total"), FactAddress("requests.granted.legal_services")
    facts = return_with({}) | {total: None}
    assert blank_totals(edition, facts, [total, part]) == {total: 9}
    assert blank_totals(edition, facts | {part: None}, [total, part]) == {}


@pytest.mark.parametrize(
    ("value", "numbers"), [(31, [13]), (100, []), (7, []), (122, [212]), (120, [210, 102]), (-31, [])]
)
def test_transpositions_change_places_of_neighbours(value: int, numbers: list[int]) -> None:
    assert transpositions(value) == numbers


@pytest.mark.parametrize(("value", "numbers"), [(7, [0]), (215, [15, 21, 25]), (11, [1]), (-3, [])])
def test_one_digit_may_be_too_many(value: int, numbers: list[int]) -> None:
    assert without_one_digit(value) == numbers

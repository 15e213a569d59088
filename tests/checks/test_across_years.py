"""Last year's return is brought to this year's edition, and what does not compare is said."""

from __future__ import annotations

from tests.checks.returns import make_return, without
from xl_disclosure.checks.across_years import bring_forward, last_year_facts
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.checks.within import check_within
from xl_disclosure.checks.wording import message
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress


def test_figures_of_the_same_edition_keep_their_addresses() -> None:
    last = make_return("2021", {"requests.received.total": 7})
    assert last_year_facts(load_edition("2021"), last) == last.facts


def test_figures_of_another_edition_come_under_this_years_addresses() -> None:
    last = make_return("2019", {"documents.normative_documents.made": 12, "requests.carried_forward.total": 3})
    brought = last_year_facts(load_edition("2021"), last)
    assert brought[FactAddress("documents.normative_documents.issued")] == 12
    assert brought[FactAddress("requests.carried_forward.total")] == 3
    assert FactAddress("documents.normative_documents.in_force") not in brought


def test_figures_that_have_become_one_are_added_up_unless_one_is_missing() -> None:
    statistics = {"statistics.trade_secret.count": 1, "statistics.privacy.count": 2}
    rights = FactAddress("requests.third_party_rights.total")
    last = make_return("2014", statistics)
    assert last_year_facts(load_edition("2019"), last)[rights] == 3
    assert last_year_facts(load_edition("2019"), without(last, "statistics.privacy.count"))[rights] is None


def test_what_does_not_compare_has_its_reason() -> None:
    brought = bring_forward(load_edition("2021"), make_return("2019"))
    in_force = FactAddress("documents.normative_documents.in_force")
    assert brought.not_comparable[in_force] == "上年报表用“2019年版”，没有口径相同的数"
    fee_unpaid = FactAddress("requests.fee_unpaid.total")
    assert brought.not_comparable[fee_unpaid] == "其他处理自2021年起拆为三项，只能合计比较"


def test_a_rule_that_needs_what_does_not_compare_is_skipped_with_the_reason() -> None:
    returned, last = make_return("2021", year=2021), make_return("2019", year=2020)
    findings = check_within(load_edition("2021"), returned, last)
    (in_force,) = [finding for finding in findings if finding.rule == "documents.in_force"]
    assert in_force.outcome is Outcome.SKIPPED
    assert in_force.reason.startswith("上年报表用“2019年版”，没有口径相同的数：表二")
    carry = [finding for finding in findings if finding.rule == "requests.carry"]
    assert {finding.outcome for finding in carry} == {Outcome.PASSED}


def test_a_return_that_is_not_of_the_year_before_is_not_compared() -> None:
    returned, last = make_return("2021", year=2023), make_return("2021", year=2021)
    findings = check_within(load_edition("2021"), returned, last)
    (carry,) = [finding for finding in findings if finding.rule == "requests.carry"]
    assert carry.outcome is Outcome.SKIPPED
    assert message(load_edition("2021"), carry) == "给出的上年报表是2021年度的，不是2022年度的"


def test_a_return_without_a_year_is_taken_for_last_years() -> None:
    returned, last = make_return("2021", year=2023), make_return("2021", year=2022)
    assert bring_forward(load_edition("2021"), last, returned.year).facts is not None
    assert bring_forward(load_edition("2021"), last, None).facts is not None


def test_no_return_of_last_year_gives_no_figures() -> None:
    brought = bring_forward(load_edition("2021"), None, 2021)
    assert (brought.facts, brought.why_not) == (None, "没有上年报表")

"""One return is held against its cells' rules and every rule of its edition."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.returns import make_return, place_of, published
from tests.reference import Reference, report_names
from tests.rules.own_rules import rule_source
from xl_disclosure.checks.causes import merge_causes
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.within import check_within
from xl_disclosure.checks.wording import basis, fix, message
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Number, Return


def check(returned: Return, last_year: Return | dict[FactAddress, Number | None] | None = None) -> list[Finding]:
    return check_within(load_edition(returned.edition), returned, last_year)


def failed(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is Outcome.FAILED]


def of_rule(findings: list[Finding], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


def test_the_seed_has_no_error_and_its_channels_agree(reference: Reference) -> None:
    findings = check(published(reference, "xingyi_2016"))
    assert failed(findings) == []
    assert [finding.outcome for finding in of_rule(findings, "channels")] == [Outcome.PASSED]


def test_a_failure_carries_all_that_a_reader_needs() -> None:
    returned = make_return("2021", {"requests.received.natural_person": 3, "requests.received.total": 3})
    balance, _ = of_rule(failed(check(returned)), "requests.balance")
    assert balance.scope == "natural_person"
    assert balance.severity is Severity.ERROR
    assert balance.unit == "示例单位"
    assert balance.facts == (
        "requests.received.natural_person",
        "requests.brought_forward.natural_person",
        "requests.outcomes_total.natural_person",
        "requests.carried_forward.natural_person",
    )
    assert (balance.found, balance.expected) == (3, 0)
    assert balance.values == {**dict.fromkeys(balance.facts, 0), balance.facts[0]: 3}
    assert balance.place == place_of("requests.received.natural_person")
    edition = load_edition("2021")
    assert message(edition, balance) == "自然人：一（3）＋二（0）应等于三（七）（0）＋四（0），差 3"
    assert "逐列核对这四格" in fix(edition, balance)
    assert basis(edition, balance).startswith("官方文件或表格载明（表三左上角印明")


def test_a_failed_condition_on_conditions_shows_its_figures() -> None:
    (training,) = failed(check(make_return("2014", {"statistics.people_trained.count": 194})))
    assert training.found == "九（二）（0）、九（三）（194）"
    assert training.expected is None


def test_a_rule_held_in_each_column_passes_in_each() -> None:
    passed = of_rule(check(make_return("2021")), "requests.balance")
    assert {finding.outcome for finding in passed} == {Outcome.PASSED}
    assert [finding.scope for finding in passed][:2] == ["natural_person", "business"]
    assert len(passed) == 7


def test_without_last_year_each_of_its_rules_is_skipped_once_with_the_reason() -> None:
    findings = check(make_return("2021"))
    about_last_year = ["requests.carry", "disputes.pending", "documents.in_force", "charges.unit", "jump"]
    for rule in about_last_year:
        (skipped,) = of_rule(findings, rule)
        assert (skipped.outcome, skipped.reason) == (Outcome.SKIPPED, "没有上年报表")


def test_a_blank_skips_the_rules_that_need_it_and_is_named_in_the_reason() -> None:
    findings = check(make_return("2021", {"requests.received.total": None}))
    (skipped,) = [finding for finding in of_rule(findings, "requests.balance") if finding.outcome is Outcome.SKIPPED]
    assert skipped.scope == "total"
    assert skipped.facts == ("requests.received.total",)
    assert skipped.reason.startswith(
        "没有可用的数：表三 requests.received.total“一、本年新收政府信息公开申请数量·总计”"
    )
    assert len(of_rule(findings, "requests.balance")) == 7


def test_a_rule_that_does_not_apply_says_so() -> None:
    findings = check(make_return("2014", {"statistics.received.count": 1, "statistics.received_online.count": 1}))
    (fees,) = of_rule(findings, "fees")
    assert (fees.outcome, fees.reason) == (Outcome.SKIPPED, "规则的前提不成立，不用核对")


@pytest.mark.parametrize(
    ("level", "outcome", "severity"),
    [
        ("", Outcome.FAILED, Severity.INFO),
        ("县级", Outcome.FAILED, Severity.WARN),
        ("设区的市级", Outcome.SKIPPED, Severity.WARN),
        (" 省级 ", Outcome.SKIPPED, Severity.WARN),
    ],
)
def test_regulations_depend_on_the_level_of_the_unit(level: str, outcome: Outcome, severity: Severity) -> None:
    returned = make_return("2021", {"documents.regulations.in_force": 1}, cover={"level": level})
    (power,) = [
        finding for finding in of_rule(check(returned), "documents.power") if finding.outcome is not Outcome.PASSED
    ]
    assert (power.outcome, power.severity) == (outcome, severity)


def test_figures_of_last_year_are_kept_apart() -> None:
    returned = make_return("2021", {"requests.brought_forward.total": 2, "requests.brought_forward.business": 2})
    carried = {"requests.carried_forward.total": 1, "requests.carried_forward.business": 1}
    last = make_return("2021", carried, year=2020)
    carry = of_rule(failed(check(returned, last)), "requests.carry")
    assert [finding.scope for finding in carry] == ["business", "total"]
    assert carry[0].values == {
        "requests.brought_forward.business": 2,
        "last_year:requests.carried_forward.business": 1,
    }
    assert message(load_edition("2021"), carry[0]) == "商业企业：二（2）应等于上年的四（1），差 1"


def test_last_year_may_be_bare_figures() -> None:
    address = FactAddress("charges.administrative_charges.amount")
    returned = make_return("2021", {address: Decimal("91163.6")})
    (unit,) = of_rule(failed(check(returned, {address: Decimal("9.1")})), "charges.unit")
    assert unit.expected == 91


def test_rules_of_other_years_are_not_run() -> None:
    edition = load_edition("2021")
    own = rule_source("received == 0", first_year=2023, only=("total",))
    edition = replace(edition, rules={**edition.rules, own.id: own})
    assert of_rule(check_within(edition, make_return("2021", year=2022)), own.id) == []
    assert len(of_rule(check_within(edition, make_return("2021", year=2023)), own.id)) == 1


# What the rules within a form find in each published report, beside what a reader of it remarked.
FOUND = {
    "pt_czj_2014": {"blank"},
    "pt_gaj_2016": set(),
    "pt_gaj_2022": {"requests.other_high"},
    "pt_gwh_2018": set(),
    "pt_gwh_2020": {"blank"},
    "pt_lyy_2020": {"blank"},
    "pt_lyy_2021": set(),
    "pt_nyn_2021": {"requests.balance", "requests.outcomes"},
    "pt_region_2016": set(),
    "pt_region_2017": set(),
    "pt_region_2018": set(),
    "pt_region_2019": {"blank"},
    "pt_region_2020": {"blank", "requests.outcomes", "documents.power"},
    "pt_region_2022": set(),
    "pt_scj_2016": set(),
    "pt_scj_2018": set(),
    "pt_shs_2021": {"blank"},
    "pt_zrz_2018": {"received"},
    "pt_zrz_2019": {"blank"},
    "pt_zrz_2020": {"blank", "requests.outcomes", "requests.other_high"},
    "sh_office_2019": {"blank", "documents.power"},
    "suqian_2023": {"documents.power"},
    "xingyi_2016": set(),
}


@pytest.mark.parametrize("name", report_names())
def test_published_reports_show_their_mistakes_and_no_others(name: str, reference: Reference) -> None:
    assert {finding.rule for finding in failed(check(published(reference, name)))} == FOUND[name]


# What a return of the year before adds: (report, last year's report, rules).
ACROSS = [
    ("pt_region_2017", "pt_region_2016", {"cumulative", "jump"}),
    ("pt_region_2018", "pt_region_2017", set()),
    ("pt_region_2020", "pt_region_2019", {"jump"}),
    ("pt_lyy_2021", "pt_lyy_2020", set()),
    ("pt_zrz_2020", "pt_zrz_2019", set()),
    ("pt_zrz_2019", "pt_zrz_2018", set()),
]


@pytest.mark.parametrize(("name", "before", "rules"), ACROSS)
def test_published_reports_of_two_years(name: str, before: str, rules: set[str], reference: Reference) -> None:
    findings = failed(check(published(reference, name), published(reference, before)))
    assert {finding.rule for finding in findings} - FOUND[name] == rules


def test_the_stray_cells_of_a_published_report_are_one_finding_with_the_slip_named(reference: Reference) -> None:
    returned = published(reference, "pt_nyn_2021")
    edition = load_edition("2021")
    (finding,) = failed(merge_causes(edition, check(returned)))
    assert "“三（七）总计·自然人”由3改为2，“三（七）总计·其他”由0改为1" in fix(edition, finding)

"""One mistake is one message, however many rules it breaks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.checks.returns import make_return, place_of
from xl_disclosure.checks.causes import merge_causes
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.within import check_within
from xl_disclosure.checks.wording import CAUSE, RULES, fix, message
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Problem, ProblemKind, Return

EDITION = load_edition("2021")


def merged(returned: Return, last_year: Return | None = None) -> list[Finding]:
    edition = load_edition(returned.edition)
    findings = merge_causes(edition, check_within(edition, returned, last_year))
    return [finding for finding in findings if finding.outcome is Outcome.FAILED]


def test_nothing_is_merged_where_nothing_is_shared() -> None:
    returned = make_return("2021", {"disputes.reconsideration.total": 35, "disputes.direct_litigation.total": 4})
    findings = check_within(EDITION, returned)
    assert merge_causes(EDITION, findings) == findings


def test_a_slip_that_breaks_several_rules_is_one_finding() -> None:
    figures = {
        "requests.received.natural_person": 2,
        "requests.received.other_organisation": 1,
        "requests.received.total": 3,
        "requests.granted.natural_person": 2,
        "requests.granted.other_organisation": 1,
        "requests.granted.total": 3,
        "requests.outcomes_total.natural_person": 3,
        "requests.outcomes_total.total": 3,
    }
    (finding,) = merged(make_return("2021", figures))
    assert finding.rule == "requests.balance"
    assert finding.severity is Severity.ERROR
    assert finding.facts[:2] == (
        "requests.outcomes_total.natural_person",
        "requests.outcomes_total.other_organisation",
    )
    assert finding.place == place_of("requests.outcomes_total.natural_person")
    assert finding.words[RULES] == "requests.balance、requests.outcomes"
    assert message(EDITION, finding) == (
        "“三（七）总计·自然人”、“三（七）总计·其他”牵连几条规则："
        "自然人：一（2）＋二（0）应等于三（七）（3）＋四（0），差 1；"
        "其他：一（1）＋二（0）应等于三（七）（0）＋四（0），差 1；"
        "自然人：三（七）（3）应等于三（一）（2），差 1；"
        "其他：三（七）（0）应等于三（一）（1），差 1"
    )
    assert fix(EDITION, finding).startswith(
        "可能填错了列：“三（七）总计·自然人”由3改为2，“三（七）总计·其他”由0改为1；"
    )


def test_rules_without_a_known_slip_are_put_down_to_the_cell_they_share() -> None:
    figures = {
        "requests.received.natural_person": 9,
        "requests.received.total": 9,
        "requests.granted.natural_person": 5,
        "requests.granted.total": 5,
        "requests.outcomes_total.natural_person": 7,
        "requests.outcomes_total.total": 7,
    }
    first, second = merged(make_return("2021", figures))
    assert first.words[CAUSE] == "“三（七）总计·自然人”"
    assert second.words[CAUSE] == "“三（七）总计·总计”"
    assert first.words[RULES] == second.words[RULES] == "requests.balance、requests.outcomes"


def test_the_cell_that_other_rules_vouch_for_is_not_blamed() -> None:
    figures = {
        "statistics.closed.count": 3,
        "statistics.closed_on_time.count": 5,
        "statistics.replies.count": 8,
        "statistics.granted.count": 8,
    }
    (finding,) = merged(make_return("2014", figures))
    assert finding.facts[0] == "statistics.closed.count"


def test_a_cell_that_cannot_be_right_takes_the_rules_it_breaks_with_it() -> None:
    address = FactAddress("requests.repeat.total")
    problem = Problem(ProblemKind.NEGATIVE, place_of(address), "-3", "填的是“-3”，不能是负数", "改好它", address)
    (finding,) = merged(make_return("2021", {address: -3}, problems=(problem,)))
    assert finding.rule == "numbers"
    assert finding.facts[0] == address
    assert finding.words[RULES] == "numbers、requests.outcomes、requests.row_total"
    assert message(EDITION, finding).startswith("“三（五）2.重复申请·总计”牵连几条规则：填的是“-3”，不能是负数；总计：")


def test_a_jump_goes_with_what_explains_it() -> None:
    amount = FactAddress("charges.administrative_charges.amount")
    returned, last = make_return("2021", {amount: Decimal(91163600)}, year=2022), make_return("2021", {amount: 9116})
    (finding,) = merged(returned, last)
    assert (finding.rule, finding.severity) == ("charges.unit", Severity.WARN)
    assert finding.words[RULES] == "charges.unit、jump"


def test_a_blank_total_is_one_finding() -> None:
    figures = {"requests.received.natural_person": 3, "requests.received.total": None}
    figures |= {
        f"requests.{row}.{column}": 3 for row in ("granted", "outcomes_total") for column in ("natural_person", "total")
    }
    (finding,) = merged(make_return("2021", figures))
    assert (finding.rule, finding.facts) == ("blank", ("requests.received.total",))
    assert fix(EDITION, finding).startswith("总计空着，按各项相加“一、本年新收政府信息公开申请数量·总计”应为3；")


def test_units_are_kept_apart() -> None:
    returned = make_return("2021", {"requests.received.natural_person": 9, "requests.received.total": 9})
    one = check_within(EDITION, returned)
    other = check_within(EDITION, replace(returned, unit="另一单位"))
    findings = [finding for finding in merge_causes(EDITION, [*one, *other]) if finding.outcome is Outcome.FAILED]
    assert {finding.unit for finding in findings} == {"示例单位", "另一单位"}
    assert len(findings) == 2 * len(merged(returned))

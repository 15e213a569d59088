from __future__ import annotations

import pytest

from tests.checks.narrative.reports import check, failed, message, mistakes, outcome
from xl_disclosure.checks.findings import Outcome

NOTHING = {
    "requests.received.total": 0,
    "disputes.reconsideration.total": 0,
    "disputes.direct_litigation.total": 0,
    "disputes.litigation_after_reconsideration.total": 0,
}
SOMETHING = {
    "requests.received.total": 9,
    "disputes.reconsideration.total": 2,
    "disputes.direct_litigation.total": 1,
    "disputes.litigation_after_reconsideration.total": 0,
}


@pytest.mark.parametrize(
    "text",
    [
        "2022年,我局未收到政府信息依公开申请。",
        "本年度没有收到公民提出的政府信息公开申请。",
        "全年未收到任何申请。",
        "本机关无政府信息公开申请。",
        "2022年未收到因政府信息公开申请行政复议和提起行政诉讼情况。",
        "本年度无因政府信息公开被申请行政复议、提起行政诉讼的情况。",
        "未收到有关政府信息公开的申请，未收到有关政府信息公开行政复议申请。",
    ],
)
def test_what_the_text_denies_is_zero_in_the_form(text: str) -> None:
    told = check(text, facts=NOTHING)
    assert outcome(told, "text.zero") is Outcome.PASSED
    assert mistakes(told) == []
    assert [rule for rule, _, _ in mistakes(check(text, facts=SOMETHING))][:1] == ["text.zero"]


@pytest.mark.parametrize(
    "text",
    [
        "全年未收到行政许可申请。",
        "因申请人无正当理由逾期不补正，不再处理其政府信息公开申请。",
        "未收到投诉举报申请。",
        "没有超期未答复的政府信息公开申请。",
        "2021年未收到政府信息公开申请。",
        "收到申请的单位中，其中5个单位未收到政府信息公开申请。",
        "政府信息公开行政复议、行政诉讼中没有被纠错的行政复议案件。",
    ],
)
def test_the_absence_of_something_else_is_left_alone(text: str) -> None:
    assert [rule for rule, _, _ in mistakes(check(text, facts=SOMETHING)) if rule == "text.zero"] == []


def test_what_is_denied_of_both_disputes_is_one_finding_on_those_there_were() -> None:
    (finding,) = failed(check("2022年未收到有关政府信息公开行政复议、提起行政诉讼的申请。", facts=SOMETHING))
    assert (finding.rule, finding.found, finding.expected) == ("text.zero", 0, 3)
    assert finding.facts == ("disputes.reconsideration.total", "disputes.direct_litigation.total")


def test_a_count_of_what_is_zero_in_the_form_breaks_the_same_rule() -> None:
    told = check("2022年，共收到政府信息公开申请5件，政府信息公开行政复议1件。", facts=NOTHING)
    assert mistakes(told) == [("text.zero", 5, 0), ("text.zero", 1, 0)]


def test_upheld_throughout_means_nothing_corrected_other_or_pending() -> None:
    text = "信息公开类行政复议7件，诉讼9件，均获维持。"
    facts = {
        "disputes.reconsideration.upheld": 5,
        "disputes.reconsideration.corrected": 0,
        "disputes.reconsideration.other_result": 0,
        "disputes.reconsideration.pending": 2,
        "disputes.reconsideration.total": 7,
        "disputes.direct_litigation.pending": 1,
        "disputes.direct_litigation.total": 9,
    }
    (finding,) = failed(check(text, facts=facts))
    assert (finding.rule, finding.found, finding.expected) == ("text.disputes", 0, 3)
    assert message("2021", finding) == (
        f"正文“{text}”与表不一致：写的是“均获维持”，"
        "而表中“行政复议·尚未审结”为 2、“行政诉讼·未经复议直接起诉·尚未审结”为 1"
    )
    settled = {**facts, "disputes.reconsideration.pending": 0, "disputes.direct_litigation.pending": 0}
    assert mistakes(check(text, facts=settled)) == []


def test_only_the_disputes_named_with_it_must_be_upheld() -> None:
    facts = {"disputes.reconsideration.corrected": 0, "disputes.direct_litigation.corrected": 3}
    assert mistakes(check("政府信息公开行政复议均获维持。", facts=facts)) == []
    assert mistakes(check("政府信息公开行政诉讼均获维持。", facts=facts)) == [("text.disputes", 0, 3)]


def test_an_absence_of_what_is_blank_in_the_form_is_not_judged() -> None:
    told = check("未收到政府信息公开申请。", facts={"requests.received.total": None})
    assert outcome(told, "text.zero") is Outcome.SKIPPED

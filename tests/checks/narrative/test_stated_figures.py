from __future__ import annotations

from decimal import Decimal

import pytest

from tests.checks.narrative.reports import check, failed, message, mistakes, outcome
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.errors import Place
from xl_disclosure.returns.model import Number

RECEIVED = {"requests.received.total": 12, "requests.brought_forward.total": 3}
OUTCOMES: dict[str, Number | None] = {
    "requests.granted.total": 6,
    "requests.granted_in_part.total": 2,
    "requests.state_secret.total": 1,
    "requests.third_party_rights.total": 1,
    "requests.not_held.total": 3,
    "requests.repeat.total": 1,
    "requests.other_reason.total": 1,
    "requests.outcomes_total.total": 15,
}
DISPUTES = {
    "disputes.reconsideration.total": 2,
    "disputes.direct_litigation.total": 3,
    "disputes.litigation_after_reconsideration.total": 1,
}


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局共收到政府信息公开申请12件。",
        "全年受理依申请公开的数量为12件。",
        "本机关新收政府信息公开申请十二件。",
        "共收到政府信息公开申请１２件，其中自然人11件。",
        "收到的12件政府信息公开申请均已答复。",
        "收办政府信息公开申请15件。",
        "共收到政府信息公开申请15件（含上年结转3件）。",
        "收到政府信息公开申请15件，其中含上年度结转3件。",
    ],
)
def test_received_agrees(text: str) -> None:
    told = check(text, facts=RECEIVED)
    assert outcome(told, "text.received") is Outcome.PASSED
    assert [match.agrees for match in told.matches if match.rule == "text.received"] == [True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年，我局共收到政府信息公开申请13件。", 13),
        ("全年受理政府信息公开申请一百二十件。", 120),
        ("收到的14件依申请公开均已答复。", 14),
        ("收办政府信息公开申请16件。", 16),
    ],
)
def test_received_differs(text: str, found: int) -> None:
    assert mistakes(check(text, facts=RECEIVED)) == [("text.received", found, 12)]


def test_received_with_what_was_brought_forward_is_asked_to_be_said() -> None:
    (finding,) = failed(check("全区收到政府信息公开申请15件。", facts=RECEIVED))
    assert finding.facts == ("requests.received.total",)
    assert finding.place == Place(cell="第1段")
    assert message("2021", finding) == (
        "正文“全区收到政府信息公开申请15件”与表不一致：写的是“收到政府信息公开申请15件”，"
        "而表中“一、本年新收政府信息公开申请数量·总计”为 12；“一、本年新收政府信息公开申请数量·总计”"
        "与“二、上年结转政府信息公开申请数量·总计”之和正是 15，如是此意，请在文中写明"
    )


@pytest.mark.parametrize(
    "text",
    [
        "截至目前共收到15564件咨询投诉件，已办结15042件。",
        "全年受理行政许可申请500件。",
        "通过网络平台收到政府信息公开申请8件。",
        "相比2021年收到政府信息公开申请8件，有所增加。",
        "共收到政府信息公开申请近20件。",
        "收到政府信息公开申请比上年增加5件。",
        "上半年收到政府信息公开申请5件。",
        "其中，市本级收到政府信息公开申请5件。",
        "收到政府信息公开行政复议申请5件。",
        "对5件政府信息公开申请收取了信息处理费200元。",
        "收到公民、法人和其他组织各类诉求申请五六件。",
    ],
)
def test_figures_of_something_else_are_left_alone(text: str) -> None:
    assert mistakes(check(text, facts=RECEIVED)) == []


def test_a_smaller_figure_may_be_a_part_where_the_total_is_right() -> None:
    text = "全市共收到政府信息公开申请12件。市政府办公室收到政府信息公开申请5件。"
    assert mistakes(check(text, facts=RECEIVED)) == []
    assert mistakes(check(text.replace("5件", "50件"), facts=RECEIVED)) == [("text.received", 50, 12)]


def test_the_same_mistake_said_twice_is_one_finding() -> None:
    text = "共收到政府信息公开申请13件。"
    assert mistakes(check(text, text, facts=RECEIVED)) == [("text.received", 13, 12)]


def test_a_blank_figure_is_matched_but_not_judged() -> None:
    told = check("共收到政府信息公开申请13件。", facts={"requests.received.total": None})
    assert outcome(told, "text.received") is Outcome.SKIPPED
    assert [(match.value, match.expected, match.agrees) for match in told.matches] == [(13, None, None)]


def test_a_blank_total_is_added_up_from_its_parts() -> None:
    facts: dict[str, Number | None] = {
        "requests.received.total": None,
        "requests.received.natural_person": 9,
        "requests.received.business": 2,
    }
    told = check("共收到政府信息公开申请12件。", facts=facts)
    assert mistakes(told) == [("text.received", 12, 11)]
    assert "总计”空白，各部分合计 11" in message("2021", failed(told)[0])


@pytest.mark.parametrize(
    "text",
    [
        "答复政府信息公开申请15件，予以公开6件，部分公开2件，不予公开2件，无法提供3件，不予处理1件，其他处理1件。",
        "共办理政府信息公开申请15件：予以公开的6件、部分公开的2件、不予公开的2件、无法提供的3件。",
        "对收到的申请，予以公开及部分公开8件，占53.3%；不予公开2件，占13.33%。",
        "收到申请并答复：“予以公开”的件数为6件，占申请总数的50%。",
        "全年办结政府信息公开申请15件。已公开信息部分公开300条。",
    ],
)
def test_outcomes_agree(text: str) -> None:
    told = check(text, facts={**OUTCOMES, **RECEIVED})
    assert mistakes(told) == []
    assert outcome(told, "text.outcomes") is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("答复政府信息公开申请14件。", ("text.outcomes", 14, 15)),
        ("申请办理结果：予以公开7件。", ("text.outcomes", 7, 6)),
        ("申请办理结果：予以公开及部分公开7件。", ("text.outcomes", 7, 8)),
        ("申请办理结果：不予公开1件。", ("text.outcomes", 1, 2)),
        ("申请办理结果：无法提供2件。", ("text.outcomes", 2, 3)),
        ("申请办理结果：不予处理0件。", ("text.outcomes", 0, 1)),
        ("申请办理结果：其他处理3件。", ("text.outcomes", 3, 1)),
        ("申请办理结果：予以公开6件，占45%。", ("text.outcomes", 45, Decimal(40))),
        ("在办理结果方面，予以公开6件（占45%）、部分公开2件（占13.3%）。", ("text.outcomes", 45, Decimal(40))),
        ("申请办理结果：予以公开6件，占40.2%。", ("text.outcomes", Decimal("40.2"), Decimal("40.0"))),
    ],
)
def test_outcomes_differ(text: str, mistake: tuple[str, Number, Number]) -> None:
    assert mistakes(check(text, facts=OUTCOMES)) == [mistake]


def test_a_share_of_a_wrong_figure_is_not_a_second_mistake() -> None:
    text = "申请办理结果：予以公开9件，占60%。"
    assert mistakes(check(text, facts=OUTCOMES)) == [("text.outcomes", 9, 6)]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("收到申请若干件，其中上年结转4件。", 4, 3),
        ("申请均已办理，结转下年度继续办理2件。", 2, 1),
        ("另有2件申请顺延到下年度答复。", 2, 1),
        ("结转上年度政府信息公开申请5件。", 5, 3),
    ],
)
def test_what_is_carried_over_differs(text: str, found: int, expected: int) -> None:
    facts = {**RECEIVED, "requests.carried_forward.total": 1}
    assert mistakes(check(text, facts=facts)) == [("text.carry", found, expected)]
    right = text.replace(f"{found}件", f"{expected}件")
    assert outcome(check(right, facts=facts), "text.carry") is Outcome.PASSED


def test_applicants_are_those_received_with_or_without_what_was_brought_forward() -> None:
    facts = {
        "requests.received.natural_person": 10,
        "requests.brought_forward.natural_person": 2,
        "requests.received.business": 1,
        "requests.received.legal_services": 1,
    }
    for count in (10, 12):
        assert mistakes(check(f"申请中，自然人申请{count}件，商业企业1件。", facts=facts)) == []
    assert mistakes(check("申请中，涉及自然人11件。", facts=facts)) == [("text.applicant", 11, 10)]
    assert mistakes(check("申请中，法人或其他组织申请3件。", facts=facts)) == [("text.applicant", 3, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "全年政府信息公开行政复议案件2件，行政诉讼案件4件。",
        "因政府信息公开引发行政复议、行政诉讼共6件。",
        "政府信息公开类行政诉讼4件，其中复议后起诉1件，未经复议直接起诉3件。",
        "全市共办理行政复议案件500件。",
        "全市共办理行政复议案件500件，其中政府信息公开类2件。",
        "政府信息公开行政复议、行政诉讼分别为2件、4件。",
    ],
)
def test_disputes_agree_or_are_left_alone(text: str) -> None:
    assert mistakes(check(text, facts=DISPUTES)) == []


def test_disputes_differ() -> None:
    told = check("全年政府信息公开行政复议案件3件，行政诉讼案件3件。", facts=DISPUTES)
    assert mistakes(told) == [("text.disputes", 3, 2), ("text.disputes", 3, 4)]


def test_documents_are_counted_in_documents_not_in_items_of_information() -> None:
    facts = {
        "documents.normative_documents.issued": 5,
        "documents.normative_documents.repealed": 2,
        "documents.normative_documents.in_force": 40,
    }
    right = "本年度制发行政规范性文件5件，废止规范性文件2件，现行有效规范性文件40件；政策、规范性文件类信息80条。"
    assert mistakes(check(right, facts=facts)) == []
    wrong = "制发行政规范性文件6件，现行有效的规范性文件41件。"
    assert mistakes(check(wrong, facts=facts)) == [("text.documents", 6, 5), ("text.documents", 41, 40)]


def test_other_figures_of_the_2014_form() -> None:
    facts = {"statistics.staff_part_time.count": 2, "statistics.disclosed.count": 215}
    text = "有2名兼职工作人员负责政务公开工作，全年主动公开政府信息216条。"
    assert mistakes(check(text, facts=facts, edition="2014", year=2016)) == [("text.figures", 216, 215)]


def test_this_year_and_all_years_are_told_apart() -> None:
    facts = {"statistics.disclosed.year": 389, "statistics.disclosed.cumulative": 1176}
    text = "2018年度，主动公开政府信息389条，历年累计主动公开政府信息1177条。"
    assert mistakes(check(text, facts=facts, edition="2014-fujian", year=2018)) == [("text.figures", 1177, 1176)]

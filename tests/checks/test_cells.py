"""Single cells and the form as a whole: what is no figure, what is blank, what is not the official form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.returns import make_return, place_of, without
from xl_disclosure.checks.cells import check_cells
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.wording import fix, message
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import CellState, Entry, Number, Problem, ProblemKind, Return

TOTAL = FactAddress("requests.received.total")


def failed(returned: Return) -> list[Finding]:
    findings = check_cells(load_edition(returned.edition), returned)
    return [finding for finding in findings if finding.outcome is Outcome.FAILED]


def said(returned: Return) -> list[str]:
    edition = load_edition(returned.edition)
    return [message(edition, finding) for finding in failed(returned)]


def problem(kind: ProblemKind, address: FactAddress | None = TOTAL) -> Problem:
    return Problem(kind, place_of("D7"), "原文", "有毛病", "改好它", address)


def test_a_clean_return_passes_every_rule_about_cells() -> None:
    findings = check_cells(load_edition("2021"), make_return("2021"))
    assert {finding.outcome for finding in findings} == {Outcome.PASSED}
    assert [finding.rule for finding in findings] == [
        "numbers",
        "numbers.noted",
        "blank",
        "layout",
        "layout.stray",
        "edition",
        "edition.year",
    ]


@pytest.mark.parametrize(
    ("kind", "rule", "severity"),
    [
        (ProblemKind.NOT_A_NUMBER, "numbers", Severity.ERROR),
        (ProblemKind.NEGATIVE, "numbers", Severity.ERROR),
        (ProblemKind.NOT_WHOLE, "numbers", Severity.ERROR),
        (ProblemKind.ERROR_VALUE, "numbers", Severity.ERROR),
        (ProblemKind.UNCALCULATED, "numbers", Severity.ERROR),
        (ProblemKind.NOTED, "numbers.noted", Severity.WARN),
        (ProblemKind.UNKNOWN_ROW, "layout", Severity.ERROR),
        (ProblemKind.MISSING_ROW, "layout", Severity.ERROR),
        (ProblemKind.CHANGED_LABEL, "layout", Severity.ERROR),
        (ProblemKind.STRAY_FIGURE, "layout.stray", Severity.WARN),
        (ProblemKind.MIXED_EDITION, "edition", Severity.ERROR),
        (ProblemKind.WRONG_EDITION, "edition", Severity.ERROR),
        (ProblemKind.UNKNOWN_YEAR, "edition.year", Severity.WARN),
    ],
)
def test_every_problem_of_reading_becomes_a_finding(kind: ProblemKind, rule: str, severity: Severity) -> None:
    (finding,) = failed(make_return("2021", problems=(problem(kind),)))
    assert (finding.rule, finding.severity, finding.facts, finding.found) == (rule, severity, (TOTAL,), "原文")
    assert finding.place == place_of("D7")
    assert message(load_edition("2021"), finding) == "有毛病"
    assert fix(load_edition("2021"), finding) == "改好它"


def test_no_kind_of_problem_is_left_out() -> None:
    for kind in ProblemKind:
        assert len(failed(make_return("2021", problems=(problem(kind, None),)))) == 1


def test_two_problems_are_two_findings() -> None:
    problems = (problem(ProblemKind.NOT_A_NUMBER), problem(ProblemKind.NEGATIVE))
    assert [finding.rule for finding in failed(make_return("2021", problems=problems))] == ["numbers", "numbers"]


def test_figures_that_cannot_be_are_found_where_reading_did_not_tell() -> None:
    figures: dict[str, Number | None] = {"requests.received.total": -3, "requests.granted.total": Decimal("1.5")}
    returned = make_return("2021", figures)
    assert said(returned) == [
        "“一、本年新收政府信息公开申请数量·总计”是负数：-3",
        "“三（一）予以公开·总计”不是整数：1.5",
    ]
    assert [fix(load_edition("2021"), finding) for finding in failed(returned)] == ["改填不小于0的数", "改填整数"]
    told = (problem(ProblemKind.NEGATIVE), problem(ProblemKind.NOT_WHOLE, FactAddress("requests.granted.total")))
    assert said(make_return("2021", figures, problems=told)) == ["有毛病", "有毛病"]


def test_a_change_may_be_negative_and_money_broken() -> None:
    amount = "procurement.central_procurement.amount"
    assert failed(make_return("2019", {"licensing.licences.change": -18, amount: Decimal("1690.9913")})) == []
    assert said(make_return("2019", {amount: Decimal("-0.5")})) == ["“政府集中采购·采购总金额”是负数：-0.5"]


def test_all_blanks_are_one_finding_that_names_them() -> None:
    blanks = {"requests.granted.business": None, "requests.repeat.total": None}
    (finding,) = failed(make_return("2021", blanks))
    assert (finding.rule, finding.severity) == ("blank", Severity.ERROR)
    assert finding.facts == tuple(blanks)
    assert finding.place == place_of("requests.granted.business")
    first = "表三 requests.granted.business“三（一）予以公开·商业企业”"
    second = "表三 requests.repeat.total“三（五）2.重复申请·总计”"
    assert message(load_edition("2021"), finding) == f"空白2格：{first}、{second}"


def test_many_blanks_are_counted() -> None:
    facts = load_edition("2021").facts
    column = {address: None for address in facts if address.startswith("requests.") and address.endswith(".total")}
    (text,) = said(make_return("2021", column))
    assert text == f"空白25格：表三“总计”一列25格；第一处是表三 {TOTAL}“一、本年新收政府信息公开申请数量·总计”"
    everywhere = {address: None for address in facts if not address.startswith("charges.")}
    (text,) = said(make_return("2021", everywhere))
    assert text.startswith("空白199格：表二9格、表三175格、表四15格；第一处是表二")


def test_a_form_left_empty_is_said_to_be_so() -> None:
    facts = load_edition("2021").facts
    assert said(make_return("2021", dict.fromkeys(facts))) == ["整表未填"]


def test_a_blank_total_comes_with_the_figure_it_should_have() -> None:
    figures = {"requests.repeat.natural_person": 3, "requests.repeat.business": 1, "requests.repeat.total": None}
    (finding,) = failed(make_return("2021", figures))
    assert fix(load_edition("2021"), finding).startswith("总计空着，按各项相加“三（五）2.重复申请·总计”应为4；")
    part_missing = {**figures, "requests.repeat.legal_services": None}
    (finding,) = failed(make_return("2021", part_missing))
    assert fix(load_edition("2021"), finding) == "逐格填写；没有发生的填0"


def test_a_fact_that_was_not_read_counts_as_blank() -> None:
    (finding,) = failed(without(make_return("2021"), TOTAL))
    assert (finding.rule, finding.facts, finding.place) == ("blank", (TOTAL,), None)


def test_a_fact_that_a_changed_form_hides_is_told_once() -> None:
    returned = without(make_return("2021", problems=(problem(ProblemKind.MISSING_ROW),)), TOTAL)
    assert [finding.rule for finding in failed(returned)] == ["layout"]


def test_a_cell_that_is_no_number_is_not_called_blank_as_well() -> None:
    returned = make_return("2021", problems=(problem(ProblemKind.NOT_A_NUMBER),))
    text = Entry(None, CellState.TEXT, "十二", place_of(TOTAL))
    returned = replace(returned, entries={**returned.entries, TOTAL: text})
    assert [finding.rule for finding in failed(returned)] == ["numbers"]

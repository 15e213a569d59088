"""Precision and recall of the narrative checks on published reports with known mistakes."""

from __future__ import annotations

import pytest

from tests.checks.narrative.remarks import REMARKS, Beyond, Remark
from tests.checks.narrative.reports import check, check_report, failed, message, mistakes
from tests.reference import Reference

ALL_REMARKS = [remark for remarks in REMARKS.values() for remark in remarks]


def is_of_the_text_at_hand(remark: Remark) -> bool:
    """Tell whether a remark is on words that are there to be read."""
    return remark.beyond not in (Beyond.FORM, Beyond.EXCERPT)


@pytest.mark.parametrize("name", REMARKS)
def test_every_remark_on_a_report_is_accounted_for(reference: Reference, name: str) -> None:
    remarks = reference.report(name).get("remarks", [])
    assert [remark.position for remark in REMARKS[name]] == list(range(len(remarks)))
    assert all(bool(remark.found) != (remark.beyond is not None) for remark in REMARKS[name])


@pytest.mark.parametrize("name", REMARKS)
def test_exactly_the_known_mistakes_are_found(reference: Reference, name: str) -> None:
    known = [mistake for remark in REMARKS[name] for mistake in remark.found]
    assert sorted(map(repr, mistakes(check_report(reference.report(name))))) == sorted(map(repr, known))


def test_recall_and_precision(reference: Reference) -> None:
    told = [mistake for name in REMARKS for mistake in mistakes(check_report(reference.report(name)))]
    known = [mistake for remark in ALL_REMARKS for mistake in remark.found]
    of_the_text = [remark for remark in ALL_REMARKS if is_of_the_text_at_hand(remark)]
    contradictions = [remark for remark in of_the_text if remark.beyond is not Beyond.NO_CONTRADICTION]
    assert (len(told), sum(mistake in known for mistake in told)) == (20, 20)
    assert (len(contradictions), sum(bool(remark.found) for remark in contradictions)) == (23, 19)
    assert len(of_the_text) == 27


def test_figures_that_agree_are_matched_to_their_facts(reference: Reference) -> None:
    matches = [match for name in REMARKS for match in check_report(reference.report(name)).matches]
    agreeing = [match for match in matches if match.agrees]
    assert (len(matches), len(agreeing)) == (70, 61)
    assert all(match.facts and match.expected == match.value for match in agreeing)


@pytest.mark.parametrize("name", REMARKS)
def test_every_figure_that_agrees_would_be_reported_if_it_did_not(reference: Reference, name: str) -> None:
    report = reference.report(name)
    before = mistakes(check_report(report))
    for match in check_report(report).matches:
        if match.agrees and str(match.value) in match.words:
            wrong = match.words.replace(str(match.value), str(match.value + 1000))
            texts = [text.replace(match.words, wrong) for text in report["narrative"]]
            assert mistakes(check_report({**report, "narrative": texts})) != before, match


@pytest.mark.parametrize("as_one_paragraph", [False, True])
def test_the_seed_has_one_finding_on_its_website_columns(reference: Reference, as_one_paragraph: bool) -> None:
    lines = reference.text("xingyi-2016-report.txt").split("附件1:")[0].splitlines()
    texts = ["\n".join(lines)] if as_one_paragraph else lines
    facts = reference.report("xingyi_2016")["facts"]
    told = check(*texts, facts=facts, edition="2014-xingyi", year=2016)
    (finding,) = failed(told)
    assert (finding.rule, finding.found, finding.expected) == ("text.breakdown", 133, 178)
    sentence = message("2014-xingyi", finding)
    assert "1＋2＋108＋8＋1＋1＋11＋1＝133条" in sentence
    assert "网站公开政府信息数”为 178" in sentence
    assert "主动公开政府信息数”为 215" in sentence
    zeros = [match for match in told.matches if match.rule == "text.zero"]
    assert [match.agrees for match in zeros] == [True, True]

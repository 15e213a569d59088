from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.narrative.reports import HEADINGS, check, failed, message, outcome, reason
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.checks.narrative.check import checked_rules
from xl_disclosure.checks.narrative.phrases import compile_phrase
from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.returns.model import Number

WORDS = [
    *(
        "收到政府信息公开申请",
        "予以公开",
        "其中",
        "自然人",
        "结转下年度",
        "行政复议",
        "均获维持",
        "未收到",
        "主动公开政府信息",
    ),
    *(
        "12件",
        "３条",
        "一百件",
        "5.5%",
        "2022年",
        "2021年12月31日",
        "《要点》",
        "《》",
        "（",
        "）",
        "(",
        "、",
        "，",
        "。",
        "；",
        "\n",
    ),
    *("统计期限自", "至", "栏目", "等", "占", "近", "余", "\ue000", "“", "某某局", *HEADINGS),
]


@pytest.mark.parametrize("edition", edition_ids())
def test_each_text_rule_of_an_edition_comes_out_once_or_fails(edition: str) -> None:
    told = check("本年度工作有序开展。", edition=edition, year=load_edition(edition).first_year)
    rules = [finding.rule for finding in told.findings]
    assert sorted(rules) == sorted(checked_rules(load_edition(edition)) & load_edition(edition).rules.keys())
    assert {finding.outcome for finding in told.findings} == {Outcome.SKIPPED}
    assert all(finding.reason for finding in told.findings)


def test_a_sentence_that_cannot_be_read_is_left_alone() -> None:
    told = check("我局共收到各类申请若干，均已办理。", facts={"requests.received.total": 3})
    assert outcome(told, "text.received") is Outcome.SKIPPED
    assert reason(told, "text.received") == "正文中没有读到这条规则能核对的语句"
    assert told.matches == []


@pytest.mark.parametrize("edition", edition_ids())
@given(words=st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_text_is_checked_and_every_finding_can_be_said(edition: str, words: list[str]) -> None:
    facts: dict[str, Number | None] = dict.fromkeys(map(str, load_edition(edition).facts), 3)
    for finding in failed(check("".join(words), facts=facts, edition=edition, year=2022)):
        assert "{" not in message(edition, finding)


def test_a_long_report_is_checked_at_a_glance() -> None:
    text = "一是推进公开，二是公布信息12条，三是收到留言3件。" * 20
    facts: dict[str, Number | None] = dict.fromkeys(map(str, load_edition("2021").facts), 3)
    check(text, facts=facts)
    start = time.perf_counter()
    check(*[text] * 20, facts=facts)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("edition", edition_ids())
def test_every_phrase_of_an_edition_can_be_read(edition: str) -> None:
    claims = load_edition(edition).claims
    with_figure = [phrase for claim in claims.figures for phrase in claim.phrases]
    with_figure += [phrase for listed in claims.lists for phrase in listed.totals]
    with_figure += [phrase for split in claims.splits for phrase in (split.total, *split.parts, *split.further)]
    assert all("figure" in compile_phrase(phrase).groupindex for phrase in with_figure)
    patterns = [phrase for absence in claims.absences for phrase in absence.phrases]
    patterns += [claims.elsewhere, claims.overlapping, claims.comparison]
    patterns += [claims.years.stated, claims.years.planned, claims.years.compared]
    patterns += [pattern for claim in claims.figures for pattern in (claim.when, claim.about, claim.unless)]
    assert all(compile_phrase(pattern) for pattern in patterns)


@pytest.mark.parametrize("edition", edition_ids())
def test_every_claim_of_an_edition_speaks_for_one_of_its_rules(edition: str) -> None:
    loaded = load_edition(edition)
    spoken_for = {claim.rule for claim in loaded.claims.figures} | {claim.rule for claim in loaded.claims.absences}
    assert spoken_for <= loaded.rules.keys()


@pytest.mark.parametrize("phrase", ["收到#件，办结#件", "收到(申请"])
def test_a_phrase_that_is_no_pattern_or_has_two_figures_is_refused(phrase: str) -> None:
    with pytest.raises(RuleError, match="读不出"):
        compile_phrase(phrase)

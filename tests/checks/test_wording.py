"""Findings in Chinese: what is wrong, what mends it, on what the rule rests."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.wording import BASIS_WORDING, SEVERITY_WORDING, basis, fix, message
from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Basis, RuleSource, Severity

EDITION = load_edition("2021")
TOTAL = FactAddress("requests.received.total")


def test_a_rule_with_a_message_of_its_own_is_filled_in() -> None:
    words = {"fact": "收到申请数", "difference": "15"}
    finding = Finding("rollup.sum", Outcome.FAILED, Severity.ERROR, found=0, expected=15, words=words)
    assert message(EDITION, finding) == "收到申请数：本级填0，各下级合计15，差15"
    assert fix(EDITION, finding) == "核对各下级的数和本级的数；本级机关自己的数要作为一个下级单位列入"
    assert basis(EDITION, finding) == "由表内层级推得"


def test_amounts_are_shown_plainly() -> None:
    words = {"fact": "收费金额", "child": "某局"}
    finding = Finding(
        "rollup.child", Outcome.FAILED, Severity.ERROR, found=Decimal("2.50"), expected=Decimal("1E+1"), words=words
    )
    assert message(EDITION, finding) == "收费金额：下级某局填2.5，大于本级的10"


def test_a_rule_that_is_an_expression_is_worded_from_it() -> None:
    values = {f"requests.{row}.total": 0 for row in ("brought_forward", "outcomes_total", "carried_forward")}
    facts = (TOTAL, *(FactAddress(address) for address in values))
    finding = Finding(
        "requests.balance", Outcome.FAILED, Severity.ERROR, facts=facts, scope="total", values={TOTAL: 2, **values}
    )
    assert message(EDITION, finding) == "总计：一（2）＋二（0）应等于三（七）（0）＋四（0），差 2"
    assert message(EDITION, replace(finding, values={})) == "总计：一＋二应等于三（七）＋四"


def test_a_finding_of_no_instance_of_its_rule_goes_by_the_rules_name() -> None:
    finding = Finding("requests.balance", Outcome.FAILED, Severity.ERROR, scope="nowhere")
    assert message(EDITION, finding) == "新收加结转等于办结加转下年"


@pytest.mark.parametrize("outcome", [Outcome.SKIPPED, Outcome.BROKEN])
def test_a_rule_that_was_not_run_says_why(outcome: Outcome) -> None:
    finding = Finding("requests.carry", outcome, Severity.ERROR, reason="没有上年报表")
    assert message(EDITION, finding) == "没有上年报表"


def test_a_rule_that_passed_goes_by_its_name() -> None:
    assert message(EDITION, Finding("blank", Outcome.PASSED, Severity.ERROR)) == "没有空白"


def test_a_message_that_asks_for_a_word_there_is_not_is_refused() -> None:
    own = RuleSource("own", "自拟", Severity.WARN, Basis.HIERARCHY, message="{count}格{colour}")
    edition = replace(EDITION, rules={"own": own})
    finding = Finding("own", Outcome.FAILED, Severity.WARN, words={"count": "3"})
    with pytest.raises(RuleError) as refusal:
        message(edition, finding)
    assert "规则 own" in str(refusal.value)
    assert refusal.value.what == "话语用了没有给出的“colour”"
    assert refusal.value.remedy == "改用下列之一：found、expected、count"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_rule_says_what_mends_it_and_on_what_it_rests(edition_id: str) -> None:
    for source in load_edition(edition_id).rules.values():
        assert source.name
        assert source.remedy, source.id
        assert source.check or source.message, source.id
        assert not source.remedy.endswith("。"), source.id


def test_every_grade_and_basis_has_its_words() -> None:
    assert set(SEVERITY_WORDING) == set(Severity)
    assert set(BASIS_WORDING) == set(Basis)

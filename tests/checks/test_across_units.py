"""A parent against its children: the sum, undecided when a child is missing, and no child above its parent."""

from __future__ import annotations

from decimal import Decimal

from xl_disclosure.checks.across_units import check_parent
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.evaluate import Facts

EDITION = load_edition("2014")


def figures(**figures: Number | None) -> Facts:
    return {FactAddress(f"statistics.{row}.count"): value for row, value in figures.items()}


def outcomes(findings: list[Finding]) -> list[tuple[str, Outcome, object, object]]:
    return [(finding.rule, finding.outcome, finding.found, finding.expected) for finding in findings]


def run(findings: list[Finding]) -> list[tuple[str, Outcome, object, object]]:
    """Return how the rules came out that were carried out."""
    return [outcome for outcome in outcomes(findings) if outcome[1] is not Outcome.SKIPPED]


def test_a_parent_that_is_the_sum_of_its_children_passes() -> None:
    children = {
        "甲": figures(received=2, budget=Decimal("0.1")),
        "乙": figures(received=3, budget=Decimal("0.2")),
    }
    findings = check_parent(EDITION, "区", figures(received=5, budget=Decimal("0.3")), children)
    assert run(findings) == [("rollup.sum", Outcome.PASSED, None, None)]


def test_a_parent_that_says_otherwise_is_told_the_sum_and_the_difference() -> None:
    children = {"甲": figures(received=9), "乙": figures(received=4)}
    findings = check_parent(EDITION, "区", figures(received=0), children)
    assert run(findings) == [("rollup.sum", Outcome.FAILED, 0, 13)]
    assert findings[0].words["difference"] == "13"
    assert findings[0].unit == "区"


def test_with_a_child_missing_the_sum_is_undecided_and_says_so() -> None:
    findings = check_parent(EDITION, "区", figures(received=20), {"甲": figures(received=9)}, ["乙"])
    assert outcomes(findings) == [
        ("rollup.sum", Outcome.SKIPPED, None, None),
        ("rollup.child", Outcome.PASSED, None, None),
    ]
    assert "乙" in findings[0].reason


def test_a_child_above_its_parent_is_wrong_even_with_others_missing() -> None:
    findings = check_parent(EDITION, "区", figures(received=0), {"甲": figures(received=9)}, ["乙"])
    assert outcomes(findings)[1:] == [("rollup.child", Outcome.FAILED, 9, 0)]
    assert findings[1].words["child"] == "甲"


def test_a_blank_child_leaves_the_sum_of_that_fact_undecided_and_says_so() -> None:
    children = {"甲": figures(received=9, staff=1), "乙": figures(received=None, staff=2)}
    findings = check_parent(EDITION, "区", figures(received=0, staff=4), children)
    assert outcomes(findings)[:2] == [
        ("rollup.sum", Outcome.FAILED, 4, 3),
        ("rollup.sum", Outcome.SKIPPED, None, None),
    ]
    assert "本级或下级有空白，合计不能定" in findings[1].reason
    assert findings[1].facts == ("statistics.received.count",)


def test_a_change_of_a_child_may_exceed_its_parent() -> None:
    edition, change = load_edition("2019"), FactAddress("licensing.licences.change")
    (_, judged) = check_parent(edition, "区", {change: 2}, {"甲": {change: 5}}, ["乙"])
    assert (judged.rule, judged.outcome) == ("rollup.child", Outcome.PASSED)

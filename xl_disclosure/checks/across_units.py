"""A parent's return held against those of the units under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.checks.fact_lists import name_facts
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.evaluate import Facts

SUM_RULE = "rollup.sum"
CHILD_RULE = "rollup.child"

MOST_NAMED = 3
"""Of the facts that are blank, and of the children that are missing."""


def check_parent(
    edition: Edition, unit: str, parent: Facts, children: Mapping[str, Facts], missing: Sequence[str] = ()
) -> list[Finding]:
    """Return how a parent's figures stand to those of its direct children by name: failed, passed, or skipped and why.

    ``unit`` is the parent's name. Each fact of the parent is the sum over its children. With a child missing, or a cell
    blank, that is undecided; but no child may exceed its parent, except in changes, which may be negative.
    """
    if missing:
        named = "、".join(missing[:MOST_NAMED]) + (f" 等 {len(missing)} 个单位" if len(missing) > MOST_NAMED else "")
        undecided = _skipped(edition, SUM_RULE, unit, f"下级 {named} 没有可用的报表，合计不能定")
        return [undecided, *_exceeding_children(edition, unit, parent, children)]
    every_child_sent = _skipped(edition, CHILD_RULE, unit, "下级都已报送，由本级数等于各下级之和一并核对")
    return [*_broken_sums(edition, unit, parent, children), every_child_sent]


def _broken_sums(edition: Edition, unit: str, parent: Facts, children: Mapping[str, Facts]) -> list[Finding]:
    findings: list[Finding] = []
    undecided: list[FactAddress] = []
    for address, found in parent.items():
        parts = [child.get(address) for child in children.values()]
        known = [part for part in parts if part is not None]
        if found is None or len(known) < len(parts):
            undecided.append(address)
            continue
        expected = sum(known)
        if found != expected:
            difference = str(abs(found - expected))
            compared = (found, expected)
            findings.append(_failed(edition, SUM_RULE, unit, address, compared, difference=difference))
    if undecided:
        reason = f"本级或下级有空白，合计不能定：{name_facts(edition, undecided, {}, MOST_NAMED)}"
        findings.append(_skipped(edition, SUM_RULE, unit, reason, undecided))
    return findings or [_passed(edition, SUM_RULE, unit)]


def _exceeding_children(edition: Edition, unit: str, parent: Facts, children: Mapping[str, Facts]) -> list[Finding]:
    findings: list[Finding] = []
    for name, child in children.items():
        for address, figure in child.items():
            limit = parent.get(address)
            may_be_negative = edition.facts[address].measure is Measure.CHANGE
            if figure is not None and limit is not None and figure > limit and not may_be_negative:
                findings.append(_failed(edition, CHILD_RULE, unit, address, (figure, limit), child=name))
    return findings or [_passed(edition, CHILD_RULE, unit)]


def _passed(edition: Edition, rule: str, unit: str) -> Finding:
    return Finding(rule, Outcome.PASSED, edition.rules[rule].severity, unit)


def _skipped(edition: Edition, rule: str, unit: str, reason: str, facts: Sequence[FactAddress] = ()) -> Finding:
    return Finding(rule, Outcome.SKIPPED, edition.rules[rule].severity, unit, tuple(facts), reason=reason)


def _failed(
    edition: Edition, rule: str, unit: str, address: FactAddress, compared: tuple[Number, Number], **words: str
) -> Finding:
    found, expected = compared
    return Finding(
        rule,
        Outcome.FAILED,
        edition.rules[rule].severity,
        unit,
        (address,),
        found,
        expected,
        words={"fact": edition.facts[address].name, **words},
    )

"""A parent's return held against those of the units under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number, Return

SUM_RULE = "rollup.sum"
CHILD_RULE = "rollup.child"


def check_parent(
    edition: Edition, parent: Return, children: Mapping[str, Return], missing: Sequence[str] = ()
) -> list[Finding]:
    """Return what does not hold between a parent's return and those of its direct children by name.

    Each fact of the parent is the sum over its children; with a child missing that is undecided and skipped with the
    reason, but no child may exceed its parent.
    """
    if missing:
        reason = f"下级 {'、'.join(missing)} 没有可用的报表，合计不能定"
        severity = edition.rules[SUM_RULE].severity
        undecided = Finding(SUM_RULE, Outcome.SKIPPED, severity, parent.unit, reason=reason)
        return [undecided, *_exceeding_children(edition, parent, children)]
    return _broken_sums(edition, parent, children)


def _broken_sums(edition: Edition, parent: Return, children: Mapping[str, Return]) -> list[Finding]:
    findings: list[Finding] = []
    for address, found in parent.facts.items():
        parts = [child.facts.get(address) for child in children.values()]
        known = [part for part in parts if part is not None]
        if found is None or len(known) < len(parts):
            continue
        expected = sum(known)
        if found != expected:
            difference = str(abs(found - expected))
            compared = (found, expected)
            findings.append(_failed(edition, SUM_RULE, parent, address, compared, difference=difference))
    return findings


def _exceeding_children(edition: Edition, parent: Return, children: Mapping[str, Return]) -> list[Finding]:
    findings: list[Finding] = []
    for name, child in children.items():
        for address, figure in child.facts.items():
            limit = parent.facts.get(address)
            if figure is not None and limit is not None and figure > limit:
                findings.append(_failed(edition, CHILD_RULE, parent, address, (figure, limit), child=name))
    return findings


def _failed(
    edition: Edition, rule: str, parent: Return, address: FactAddress, compared: tuple[Number, Number], **words: str
) -> Finding:
    found, expected = compared
    return Finding(
        rule,
        Outcome.FAILED,
        edition.rules[rule].severity,
        parent.unit,
        (address,),
        found,
        expected,
        words={"fact": edition.facts[address].name, **words},
        place=parent.entries[address].place,
    )

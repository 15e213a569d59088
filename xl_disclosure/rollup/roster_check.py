"""What is wrong with the files a roll-up received, held against the roster, as findings."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.roster import Roster

ROSTER = "roster"
"""The id of the rule carried out here."""


def check_roster(edition: Edition, receipts: Sequence[Receipt], roster: Roster) -> list[Finding]:
    """Return a finding for each file that does not count and each unit without one; passed where there are none.

    ``receipts`` are those reconciled with the roster. Without a roster nobody can tell who is missing: skipped.
    """
    severity = edition.rules[ROSTER].severity
    findings: list[Finding] = []
    for receipt in receipts:
        if receipt.status is Status.RECEIVED:
            continue
        named = "：".join(part for part in (receipt.file, receipt.status.chinese) if part)
        words = {"message": f"{named}，{receipt.detail}", "remedy": receipt.remedy or receipt.status.remedy}
        findings.append(Finding(ROSTER, Outcome.FAILED, severity, receipt.unit, words=words))
    if not roster.units:
        findings.append(Finding(ROSTER, Outcome.SKIPPED, severity, reason="没有单位名录，不知道应由哪些单位报送"))
    elif not findings:
        findings.append(Finding(ROSTER, Outcome.PASSED, severity))
    return findings

"""What a roll-up came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import Severity
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.collect import Receipt
from xl_disclosure.rollup.corrections import JudgedCorrection
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.rollup.subtotals import Subtotal
from xl_disclosure.rules.evaluate import Facts


class RollupLine(NamedTuple):
    """Hold one receipt with the findings on its return."""

    receipt: Receipt
    findings: tuple[Finding, ...] = ()
    is_summed: bool = False
    """Whether the return adds to the total; a parent's own return does not where its children's do."""
    digest: str = ""
    """The SHA-256 of the file's content in hexadecimal digits; blank where the content cannot be had at all."""

    @property
    def errors(self) -> int:
        """Return the number of 错误 of the unit's return."""
        return len([finding for finding in self.findings if finding.severity is Severity.ERROR])

    @property
    def warnings(self) -> int:
        """Return the number of 提示 of the unit's return."""
        return len([finding for finding in self.findings if finding.severity is Severity.WARN])


@dataclass(frozen=True, slots=True)
class Rollup:
    """Hold what a roll-up came to.

    ``breakdown`` are the lines of 分户表, ``subtotals`` their sums, the whole first, ``entries`` the corrections by
    their row in 更正, which counts from 0.
    """

    edition: Edition
    year: int
    roster: Roster
    breakdown: tuple[BreakdownLine, ...]
    subtotals: tuple[Subtotal, ...]
    entries: Mapping[int, JudgedCorrection]
    lines: tuple[RollupLine, ...]
    findings: tuple[Finding, ...]
    output: Path

    @property
    def facts(self) -> Facts:
        """Return the total of every fact, corrections included; None where no unit has a figure."""
        return dict(zip(self.edition.facts, self.subtotals[0].figures, strict=True))

    @property
    def corrections(self) -> tuple[JudgedCorrection, ...]:
        """Return the entries of 更正 in order, adopted or not."""
        return tuple(self.entries.values())

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Return every finding: of the roster, of the sums, rules not run included, and of each unit in turn."""
        return (*self.findings, *(finding for line in self.lines for finding in line.findings))

    @property
    def failed(self) -> tuple[Finding, ...]:
        """Return the findings that say something is wrong."""
        return tuple(finding for finding in self.all_findings if finding.outcome is Outcome.FAILED)

    @property
    def has_errors(self) -> bool:
        """Tell whether anything blocks submission."""
        return any(finding.is_open_error for finding in self.failed)

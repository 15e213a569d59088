"""What a roll-up came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.collect import Receipt


@dataclass(frozen=True, slots=True)
class RollupLine:
    """Hold one receipt with the findings on its return."""

    receipt: Receipt
    findings: tuple[Finding, ...] = ()
    is_summed: bool = False
    """Whether the return adds to the total; a parent's own return does not where its children's do."""

    @property
    def errors(self) -> int:
        """Return the number of 错误 of the unit's return."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """Return the number of 提示 of the unit's return."""
        return sum(finding.severity is Severity.WARN for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Rollup:
    """Hold what a roll-up came to."""

    edition: Edition
    year: int
    facts: Mapping[FactAddress, Number | None]
    lines: tuple[RollupLine, ...]
    findings: tuple[Finding, ...]
    output: Path

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

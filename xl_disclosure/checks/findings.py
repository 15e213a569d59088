"""Findings as values: which rule, how it came out, on which facts, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.errors import Place
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Number


class Outcome(StrEnum):
    """Say how a rule came out; one that could not be run, or was switched off, is never shown as passed."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    BROKEN = "broken"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """Report one rule on one unit's return.

    ``scope`` is the row or column code a spanning rule was run on. ``values`` are the figures it saw by address;
    those of last year stand under ``last_year:`` addresses. ``words`` fill the message of a rule that is not a formula.
    ``reason`` says in Chinese why a rule was skipped or broke.
    """

    rule: str
    outcome: Outcome
    severity: Severity
    unit: str = ""
    facts: tuple[FactAddress, ...] = ()
    found: Number | str | None = None
    expected: Number | str | None = None
    scope: str = ""
    values: Mapping[str, Number] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    place: Place | None = None
    explanation: Explanation | None = None

    @property
    def is_explained(self) -> bool:
        """Tell whether what the clerk wrote beside it settles it."""
        return self.explanation is not None and self.explanation.settles(self.severity)

    @property
    def is_open_error(self) -> bool:
        """Tell whether it blocks submission."""
        return self.outcome is Outcome.FAILED and self.severity is Severity.ERROR and not self.is_explained

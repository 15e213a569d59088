"""What a check of the narrative came to, gathered as it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place
from xl_disclosure.forms.claims import Claims
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import RuleSource, Severity
from xl_disclosure.returns.model import Number, Return

_NOTHING_READ = "正文中没有读到这条规则能核对的语句"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Tell to what a figure (or 未收到, 均获维持 ...) in the text was matched.

    ``words`` are the figure's own words, ``expected`` what the form says; None, as ``agrees``, where it says nothing.
    """

    rule: str
    words: str
    value: Number
    facts: tuple[FactAddress, ...]
    expected: Number | None
    agrees: bool | None
    place: Place
    excerpt: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Describe one mistake: what the text says, what it should say, and the words of the message."""

    rule: str
    place: Place | None
    found: Number | str | None
    expected: Number | str | None
    words: Mapping[str, str]
    values: Mapping[FactAddress, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Hold what decides how a text is read, whosever it is: the edition and the reporting year.

    Equal only to itself, and the same wherever ``terms_of`` gives it.
    What a paragraph says on given terms is kept for the next unit: most of what units write is offered to all of them.
    """

    edition: Edition
    year: int | None

    @property
    def claims(self) -> Claims:
        """Return what the edition says of prose."""
        return self.edition.claims

    def asks_for(self, rule: str) -> bool:
        """Tell whether the edition has a rule for the reporting year."""
        return rule in _rules_in_force(self)


terms_of = lru_cache(maxsize=64)(Terms)


@lru_cache(maxsize=64)
def _rules_in_force(terms: Terms) -> frozenset[str]:
    year = terms.year
    rules = terms.edition.rules.values()
    return frozenset(rule.id for rule in rules if year is None or rule.first_year <= year <= rule.last_year)


@dataclass
class Record:
    """Gather the findings on one narrative, and which rules were put to use at all."""

    edition: Edition
    returned: Return
    findings: list[Finding] = field(default_factory=list)
    matches: list[TextMatch] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)

    @cached_property
    def terms(self) -> Terms:
        """Return the terms on which the text is read."""
        return terms_of(self.edition, self.returned.year)

    @property
    def claims(self) -> Claims:
        """Return what the edition says of prose."""
        return self.edition.claims

    @property
    def year(self) -> int | None:
        """Return the reporting year."""
        return self.returned.year

    def asks_for(self, rule: str) -> bool:
        """Tell whether the edition has a rule for the reporting year."""
        return self.terms.asks_for(rule)

    def fail(self, failure: Failure, severity: Severity | None = None) -> None:
        """Add a failed finding, graded as the rule is unless a severity is given."""
        source = self.edition.rules[failure.rule]
        self.used.add(failure.rule)
        self.findings.append(
            Finding(
                rule=failure.rule,
                outcome=Outcome.FAILED,
                severity=severity if severity is not None else source.severity,
                unit=self.returned.unit,
                facts=tuple(failure.values),
                found=failure.found,
                expected=failure.expected,
                values={str(address): value for address, value in failure.values.items()},
                words=failure.words,
                place=failure.place,
            )
        )

    def skip(self, rule: str, reason: str) -> None:
        """Say in Chinese why a rule could not be run."""
        self.reasons.setdefault(rule, reason)

    def close(self, rules: Collection[str]) -> None:
        """Add for each of these rules that did not fail that it passed, or was skipped and why."""
        failed = {finding.rule for finding in self.findings}
        for source in self.edition.rules.values():
            if source.id in rules and source.id not in failed and self.asks_for(source.id):
                self.findings.append(self._verdict(source))

    def _verdict(self, source: RuleSource) -> Finding:
        unit = self.returned.unit
        if source.id in self.used:
            return Finding(source.id, Outcome.PASSED, source.severity, unit)
        reason = self.reasons.get(source.id, _NOTHING_READ)
        return Finding(source.id, Outcome.SKIPPED, source.severity, unit, reason=reason)

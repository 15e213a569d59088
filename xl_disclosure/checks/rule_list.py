"""The list of an edition's rules in Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from xl_disclosure.checks.wording import BASIS_WORDING, SEVERITY_WORDING
from xl_disclosure.forms.model import Edition
from xl_disclosure.rules.binding import bind_rules
from xl_disclosure.rules.wording import describe_rule


@dataclass(frozen=True, slots=True)
class RuleLine:
    """Hold what the list says of one rule."""

    id: str
    severity: str
    name: str
    demand: str
    basis: str


def list_rules(edition: Edition) -> list[RuleLine]:
    """Return every rule of an edition in written order; a rule without a formula has its name alone."""
    demands: dict[str, str] = {}
    for rule in bind_rules(edition):
        demands.setdefault(rule.id, describe_rule(rule))
    return [
        RuleLine(
            source.id,
            SEVERITY_WORDING[source.severity],
            source.name,
            demands.get(source.id, ""),
            BASIS_WORDING[source.basis],
        )
        for source in edition.rules.values()
    ]

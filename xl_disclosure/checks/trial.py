"""What a change of figures would do to the rules of a return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import cast

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.alarms import Complete, alarm
from xl_disclosure.rules.binding import BoundRule, bind_rules, computed_facts
from xl_disclosure.rules.evaluate import Facts, Verdict, derive, evaluate

_TOTALS_UPON_TOTALS = 3
"""Totals of totals are settled after so many rounds in any of the forms."""


@dataclass(frozen=True)
class Trial:
    """Try changes on one return; rules that are only for information do not count."""

    edition: Edition
    facts: Facts
    last_year: Facts | None
    _before: dict[BoundRule, Verdict] = field(default_factory=dict)
    _tried: dict[frozenset[tuple[FactAddress, Number]], frozenset[BoundRule]] = field(default_factory=dict)

    def mended_by(self, changes: Mapping[FactAddress, Number]) -> frozenset[BoundRule]:
        """Return the rules that fail now and hold after the change, none if it breaks a rule that holds.

        Where the change by itself breaks totals, they are taken to have been added up from the wrong figure.
        """
        key = frozenset(changes.items())  # several rules that fail suggest the same change
        if key not in self._tried:
            self._tried[key] = self._mended(changes) or self._mended(self._with_totals(changes))
        return self._tried[key]

    def _mended(self, changes: Mapping[FactAddress, Number]) -> frozenset[BoundRule]:
        after = {**self.facts, **changes}
        touched = _touched(self.edition, changes)
        if self._breaks_at_sight(touched, after):
            return frozenset()
        mended: set[BoundRule] = set()
        for rule in touched:
            before = self._verdict(rule)
            if before not in (Verdict.PASSES, Verdict.FAILS):
                continue
            holds = evaluate(rule, after, self.last_year).verdict is Verdict.PASSES
            if before is Verdict.PASSES and not holds:
                return frozenset()
            if before is Verdict.FAILS and holds:
                mended.add(rule)
        return frozenset(mended)

    def _breaks_at_sight(self, touched: Iterable[BoundRule], after: Facts) -> bool:
        """Tell whether a change plainly breaks a rule that holds; most do, and it is soon seen of a complete form."""
        if self._is_complete:
            complete = cast("Complete", after)
            for rule in touched:
                if not rule.needs_last_year and alarm(rule)(complete) and self._verdict(rule) is Verdict.PASSES:
                    return True
        return False

    @cached_property
    def _is_complete(self) -> bool:
        return self.facts.keys() >= self.edition.facts.keys() and None not in self.facts.values()

    def _with_totals(self, changes: Mapping[FactAddress, Number]) -> Mapping[FactAddress, Number]:
        """Return the changes with those of the totals that hold now and contain a changed figure."""
        settled = dict(changes)
        for _ in range(_TOTALS_UPON_TOTALS):
            after = {**self.facts, **settled}
            for address, rule in _totals_above(self.edition, frozenset(changes)):
                is_touched = address not in changes and not settled.keys().isdisjoint(rule.facts)
                if is_touched and self._verdict(rule) is Verdict.PASSES:
                    total = derive(rule, after)
                    if total is not None:
                        settled[address] = total
        return settled

    def _verdict(self, rule: BoundRule) -> Verdict:
        if rule not in self._before:
            self._before[rule] = evaluate(rule, self.facts, self.last_year).verdict
        return self._before[rule]


@lru_cache(maxsize=4096)
def _totals_above(edition: Edition, addresses: frozenset[FactAddress]) -> tuple[tuple[FactAddress, BoundRule], ...]:
    """Return the totals that contain any of those figures, or a total that does; in their order."""
    totals = computed_facts(edition)
    reached = set(addresses)
    size = 0
    while size < len(reached):
        size = len(reached)
        reached.update(address for address, rule in totals.items() if not reached.isdisjoint(rule.facts))
    return tuple((address, rule) for address, rule in totals.items() if not reached.isdisjoint(rule.facts))


def _touched(edition: Edition, addresses: Iterable[FactAddress]) -> tuple[BoundRule, ...]:
    by_fact = _rules_by_fact(edition)
    return tuple(dict.fromkeys(rule for address in addresses for rule in by_fact.get(address, ())))


@lru_cache(maxsize=64)
def _rules_by_fact(edition: Edition) -> Mapping[FactAddress, tuple[BoundRule, ...]]:
    found: dict[FactAddress, tuple[BoundRule, ...]] = {}
    for rule in bind_rules(edition):
        if rule.source.severity is not Severity.INFO:
            for address in rule.facts:
                found[address] = (*found.get(address, ()), rule)
    return found

"""Rules read over thousands of units at once: a numpy array for each fact, an element for each unit.

Money is held as whole fen (more exactly, multiplied by ten to the decimals of its unit of measure), which float64 holds
exactly below 2**53; so all but divisions is exact. Load this module only where many units are checked: numpy takes as
long to load as a hundred single returns take to check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.evaluate import Facts
from xl_disclosure.rules.names import decimals_of
from xl_disclosure.rules.rows import FactColumns, Floats, Rows, Truths

CHUNK = 4096
"""Units read at a time: what is worked on stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class RuleColumns:
    """Hold how one rule comes out for each unit: exactly one of the four truth arrays is true.

    ``found`` and ``expected`` are in the facts' own units of measure and not a number where nothing failed.
    """

    rule: BoundRule
    passed: Truths
    failed: Truths
    skipped: Truths
    broken: Truths
    found: Floats
    expected: Floats


def pack_facts(edition: Edition, returns: Sequence[Facts]) -> FactColumns:
    """Return the figures of many units, each a mapping by address, as columns."""
    figures_by_address: dict[FactAddress, Floats] = {}
    missing: dict[FactAddress, Truths] = {}
    for address, fact in edition.facts.items():
        scale = 10 ** decimals_of(fact)
        values = [facts.get(address) for facts in returns]
        missing[address] = np.array([value is None for value in values], dtype=np.bool_)
        figures_by_address[address] = np.array([float((value or 0) * scale) for value in values], dtype=np.float64)
    return FactColumns(len(returns), figures_by_address, missing)


def evaluate_columns(
    rules: Sequence[BoundRule], facts: FactColumns, last_year: FactColumns | None = None
) -> Iterator[RuleColumns]:
    """Give for each rule how it comes out for every unit, as ``evaluate`` does for one."""
    before = last_year if last_year is not None else FactColumns(facts.count, {}, {})
    for rule in rules:
        outcome = _blank_outcome(rule, facts.count)
        for start in range(0, facts.count, CHUNK):
            end = min(start + CHUNK, facts.count)
            _read_chunk(outcome, Rows(facts, before, slice(start, end), end - start))
        yield outcome


def _blank_outcome(rule: BoundRule, count: int) -> RuleColumns:
    passed, failed, skipped, broken = (np.zeros(count, dtype=np.bool_) for _ in range(4))
    found, expected = (np.full(count, np.nan) for _ in range(2))
    return RuleColumns(rule, passed, failed, skipped, broken, found, expected)


def _read_chunk(outcome: RuleColumns, chunk: Rows) -> None:
    rule, span = outcome.rule, chunk.units
    applies, broken = np.ones(chunk.count, dtype=np.bool_), np.zeros(chunk.count, dtype=np.bool_)
    if rule.when is not None:
        known = ~chunk.missing(rule.when)
        broken = known & chunk.divides_by_zero(rule.when)
        applies = known & ~broken & chunk.truth(rule.when)
    known = applies & ~chunk.missing(rule.check)
    broken |= known & chunk.divides_by_zero(rule.check)
    judged = known & ~broken
    holds = chunk.truth(rule.check)
    passed, failed = judged & holds, judged & ~holds
    outcome.passed[span], outcome.failed[span], outcome.broken[span] = passed, failed, broken
    outcome.skipped[span] = ~(passed | failed | broken)
    if failed.any():
        failing = np.arange(len(outcome.failed))[span][failed]
        sides = Rows(chunk.facts, chunk.last_year, failing, len(failing)).sides(rule.check)
        outcome.found[failing], outcome.expected[failing] = sides

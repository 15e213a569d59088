"""One mistake, one message: failed rules that one slip or one cell explains, brought together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from xl_disclosure.checks.cells import NUMBERS
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.wording import ALSO, CAUSE, RULES, SLIP_CELLS, message
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import Severity, Span
from xl_disclosure.rules.binding import bind_rules
from xl_disclosure.rules.short_names import fact_name

Cause = tuple[str, tuple[FactAddress, ...]]
"""A unit and the cells of its return that explain several failures."""

_GRAVEST_FIRST = (Severity.ERROR, Severity.WARN, Severity.INFO)


def merge_causes(edition: Edition, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with those merged that have a likely slip, or else a cell, in common.

    A merged finding stands where the first of its parts stood, is as grave as the gravest of them, has the cells at
    fault as its first facts, and says what each part says.
    """
    causes = _causes(edition, findings)
    parts: dict[Cause, list[Finding]] = {}
    for number, cause in sorted(causes.items()):
        parts.setdefault(cause, []).append(findings[number])
    merged: list[Finding] = []
    for number, finding in enumerate(findings):
        if number not in causes:
            merged.append(finding)
        elif finding is parts[causes[number]][0]:
            merged.append(_merge(edition, causes[number], parts[causes[number]]))
    return merged


def _causes(edition: Edition, findings: Sequence[Finding]) -> dict[int, Cause]:
    """Return what each finding that shares a cause with another is put down to, by its place in the list."""
    causes: dict[int, Cause] = {}
    unexplained: dict[int, Finding] = {}
    for number, finding in enumerate(findings):
        if SLIP_CELLS in finding.words:
            cells = tuple(FactAddress(cell) for cell in finding.words[SLIP_CELLS].split())
            causes[number] = (finding.unit, cells)
        elif _is_about_figures(edition, finding):
            unexplained[number] = finding
    held = cache(partial(_cells_that_hold, edition, findings))  # most often there is none to choose from
    while cause := _most_shared_cell(unexplained.values(), held):
        for number, finding in list(unexplained.items()):
            if finding.unit == cause[0] and cause[1][0] in finding.facts:
                causes[number] = cause
                del unexplained[number]
    return causes


def _is_about_figures(edition: Edition, finding: Finding) -> bool:
    """Tell whether a wrong figure in the form may be behind the finding."""
    if finding.outcome is not Outcome.FAILED:
        return False
    source = edition.rules[finding.rule]
    is_about_one_figure = finding.rule == NUMBERS or source.over is Span.FACTS
    return is_about_one_figure or (bool(finding.values) and finding.severity is not Severity.INFO)


def _cells_that_hold(edition: Edition, findings: Sequence[Finding]) -> Counter[tuple[str, FactAddress]]:
    """Return how many rules that passed look at each cell: the more there are, the less likely it is wrong."""
    facts_of = {(rule.id, rule.scope): rule.facts for rule in bind_rules(edition)}
    held: Counter[tuple[str, FactAddress]] = Counter()
    for finding in findings:
        if finding.outcome is Outcome.PASSED:
            facts = facts_of.get((finding.rule, finding.scope), ())
            held.update((finding.unit, address) for address in facts)
    return held


def _most_shared_cell(
    findings: Iterable[Finding], held: Callable[[], Mapping[tuple[str, FactAddress], int]]
) -> Cause | None:
    counts = Counter((finding.unit, address) for finding in findings for address in finding.facts)
    shared = [cell for cell, count in counts.items() if count > 1]
    if not shared:
        return None
    unit, address = min(shared, key=lambda cell: (-counts[cell], held().get(cell, 0)))
    return unit, (address,)


def _merge(edition: Edition, cause: Cause, parts: Sequence[Finding]) -> Finding:
    if len(parts) == 1:
        return parts[0]
    _, cells = cause
    first, *others = sorted(parts, key=lambda part: _GRAVEST_FIRST.index(part.severity))
    facts = dict.fromkeys((*cells, *(address for part in parts for address in part.facts)))
    words = {
        CAUSE: "、".join(f"“{fact_name(edition.facts[address])}”" for address in cells),
        ALSO: "；".join(message(edition, other) for other in others),
        RULES: "、".join(dict.fromkeys(part.rule for part in (first, *others))),
    }
    place = next((part.place for part in parts if part.facts[0] == cells[0]), first.place)
    return replace(first, facts=tuple(facts), words={**first.words, **words}, place=place)

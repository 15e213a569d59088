"""审核 of one return: its cells, its day, then every rule of its edition that is an expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from xl_disclosure.checks.across_years import bring_forward
from xl_disclosure.checks.cells import are_possible, check_cells
from xl_disclosure.checks.deadline import check_deadline
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.hints import describe_slip, find_slips
from xl_disclosure.checks.skips import Skip, report_skips
from xl_disclosure.checks.sums_across_years import check_sums
from xl_disclosure.checks.wording import SLIP, SLIP_CELLS
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.forms.text import label_key
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rules.alarms import breaks_any, evaluate_complete
from xl_disclosure.rules.binding import BoundRule, bind_rules
from xl_disclosure.rules.evaluate import Cause, Facts, Result, Verdict, evaluate
from xl_disclosure.rules.wording import describe_values

_EXEMPT = Result(Verdict.SKIPPED, cause=Cause.EXEMPT)


def check_within(
    edition: Edition, returned: Return, last_year: Return | Mapping[FactAddress, Number | None] | None = None
) -> list[Finding]:
    """Return how each rule comes out on one return: failed, passed, skipped with its reason, or broken.

    A rule skipped or broken in several columns or rows for one reason is one finding. Last year's return may be of
    another edition; one of another year is not compared. Bare figures of last year must be under this edition's
    addresses.
    """
    before = bring_forward(edition, last_year, returned.year)
    judged, skips = _judge_rules(edition, bind_rules(edition, returned.year), returned, before.facts)
    return [
        *_check_form(edition, returned),
        *judged,
        *report_skips(edition, returned, before, skips),
        *check_sums(edition, returned, before),
    ]


def judge_within(edition: Edition, returned: Return) -> list[Finding]:
    """Return those findings of ``check_within`` on a return without last year's that failed or passed, sooner."""
    judged, _ = _judge_rules(edition, _rules_within(edition, returned.year), returned, None)
    return [*_check_form(edition, returned), *judged]


def is_faultless(edition: Edition, returned: Return) -> bool:
    """Tell whether ``check_within`` finds nothing wrong with a return when there is no last year's.

    It may say no where there is nothing after all: what is wrong is for ``check_within`` to find.
    """
    known = {address: value for address, value in returned.facts.items() if value is not None}
    if returned.problems or len(known) < len(edition.facts):
        return False
    findings = check_deadline(edition, returned)
    if not are_possible(edition, known):
        findings.extend(check_cells(edition, returned))
    is_any_wrong = any(finding.outcome is Outcome.FAILED for finding in findings)
    return not is_any_wrong and not breaks_any(edition, returned.year, known)


def _check_form(edition: Edition, returned: Return) -> list[Finding]:
    return [*check_cells(edition, returned), *check_deadline(edition, returned)]


@lru_cache(maxsize=64)
def _rules_within(edition: Edition, year: int | None) -> tuple[BoundRule, ...]:
    """Return the rules that need no last year's figures; the others are skipped without."""
    return tuple(rule for rule in bind_rules(edition, year) if not rule.needs_last_year)


def _judge_rules(
    edition: Edition, rules: Sequence[BoundRule], returned: Return, before: Facts | None
) -> tuple[list[Finding], list[Skip]]:
    """Return the findings on the rules that failed and then on those that passed, and the rules that did neither."""
    facts, level = returned.facts, _level(returned)
    findings: list[Finding] = []
    failures: dict[BoundRule, Finding] = {}
    skips: list[Skip] = []
    known = {address: value for address, value in facts.items() if value is not None}
    is_complete = known.keys() == facts.keys() >= edition.facts.keys()
    for rule in rules:
        result = evaluate_complete(rule, known, before) if is_complete else evaluate(rule, facts, before)
        if result.verdict is not Verdict.SKIPPED and level in _exempt_levels(rule):
            result = _EXEMPT
        match result.verdict:
            case Verdict.PASSES:
                severity = rule.source.severity
                findings.append(Finding(rule.id, Outcome.PASSED, severity, returned.unit, scope=rule.scope))
            case Verdict.FAILS:
                failures[rule] = _failure(rule, result, returned, before or {})
            case _:
                skips.append(Skip(rule, result))
    _add_slips(edition, returned, before, failures)
    return [*failures.values(), *findings], skips


def _add_slips(edition: Edition, returned: Return, last_year: Facts | None, failures: dict[BoundRule, Finding]) -> None:
    """Put the likely slips into the findings they explain, and the cells they are about before the others."""
    weighty = [rule for rule, finding in failures.items() if finding.severity is not Severity.INFO]
    facts = returned.facts
    for slip in find_slips(edition, facts, last_year, weighty):
        words = {SLIP: describe_slip(edition, slip, facts), SLIP_CELLS: " ".join(slip.cells)}
        place = returned.entries[slip.cells[0]].place
        for rule in slip.mends:
            cells_first = tuple(dict.fromkeys((*slip.cells, *rule.facts)))
            failures[rule] = replace(failures[rule], facts=cells_first, words=words, place=place)


def _exempt_levels(rule: BoundRule) -> Sequence[str]:
    return [label_key(level) for level in rule.source.exempt_levels]


def _level(returned: Return) -> str:
    return label_key(returned.cover.get("level", ""))


def _failure(
    rule: BoundRule, result: Result, returned: Return, last_year: Mapping[FactAddress, Number | None]
) -> Finding:
    values: dict[str, Number] = {}
    for figure in rule.figures:
        value = last_year.get(figure.address) if figure.of_last_year else returned.facts.get(figure.address)
        if value is not None:
            values[figure.key] = value
    is_in_doubt = bool(rule.source.exempt_levels) and not _level(returned)
    entry = returned.entries.get(rule.facts[0]) if rule.facts else None
    return Finding(
        rule.id,
        Outcome.FAILED,
        Severity.INFO if is_in_doubt else rule.source.severity,
        returned.unit,
        facts=rule.facts,
        found=result.found if result.found is not None else describe_values(rule, values),
        expected=result.expected,
        scope=rule.scope,
        values=values,
        place=entry.place if entry is not None else None,
    )

"""What is wrong with single cells and with the form as a whole, before any figures are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from xl_disclosure.checks.fact_lists import MOST_NAMED, count_facts, name_facts
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.hints import blank_totals, describe_totals
from xl_disclosure.checks.wording import SLIP
from xl_disclosure.errors import Place
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.returns.model import CellState, Entry, Number, Problem, ProblemKind, Return
from xl_disclosure.rules.short_names import fact_name

NUMBERS, NOTED, BLANK = "numbers", "numbers.noted", "blank"
LAYOUT, STRAY, EDITION, YEAR = "layout", "layout.stray", "edition", "edition.year"
"""The ids of the rules carried out here."""

_RULE_OF: Mapping[ProblemKind, str] = {
    ProblemKind.NOT_A_NUMBER: NUMBERS,
    ProblemKind.NEGATIVE: NUMBERS,
    ProblemKind.NOT_WHOLE: NUMBERS,
    ProblemKind.ERROR_VALUE: NUMBERS,
    ProblemKind.UNCALCULATED: NUMBERS,
    ProblemKind.NOTED: NOTED,
    ProblemKind.UNKNOWN_ROW: LAYOUT,
    ProblemKind.MISSING_ROW: LAYOUT,
    ProblemKind.CHANGED_LABEL: LAYOUT,
    ProblemKind.ASKEW_ROW: LAYOUT,
    ProblemKind.STRAY_FIGURE: STRAY,
    ProblemKind.MIXED_EDITION: EDITION,
    ProblemKind.WRONG_EDITION: EDITION,
    ProblemKind.UNKNOWN_YEAR: YEAR,
}


def check_cells(edition: Edition, returned: Return) -> list[Finding]:
    """Return a finding for each problem of reading and each figure that cannot be, one for all blanks together.

    A rule of these that finds nothing is listed as passed.
    """
    problems = [*returned.problems, *_impossible_figures(edition, returned)]
    findings = [_finding(edition, returned, problem) for problem in problems]
    findings.extend(_blank_findings(edition, returned))
    failed = {finding.rule for finding in findings}
    for rule in (NUMBERS, NOTED, BLANK, LAYOUT, STRAY, EDITION, YEAR):
        if rule not in failed:
            findings.append(Finding(rule, Outcome.PASSED, edition.rules[rule].severity, returned.unit))
    return findings


def are_possible(edition: Edition, figures: Mapping[FactAddress, Number]) -> bool:
    """Tell whether every figure is whole, or an amount of money, and none below 0.

    It may say no of figures that ``check_cells`` finds no fault with, such as a change that is a decrease.
    """
    if min(figures.values(), default=0) < 0:
        return False
    money = _amounts_of_money(edition)
    return {*map(type, figures.values())} <= {int} or all(
        isinstance(figure, int) or address in money for address, figure in figures.items()
    )


@cache
def _amounts_of_money(edition: Edition) -> frozenset[FactAddress]:
    return frozenset(address for address, fact in edition.facts.items() if fact.measure is Measure.MONEY)


def _finding(edition: Edition, returned: Return, problem: Problem) -> Finding:
    source = edition.rules[_RULE_OF[problem.kind]]
    return Finding(
        source.id,
        Outcome.FAILED,
        source.severity,
        returned.unit,
        facts=(problem.address,) if problem.address is not None else (),
        found=problem.text,
        words={"message": problem.message, "remedy": problem.remedy},
        place=problem.place,
    )


def _impossible_figures(edition: Edition, returned: Return) -> list[Problem]:
    """Return a problem for each figure that is negative or broken where it must not be, unless reading told of it."""
    told = {problem.address for problem in returned.problems}
    found: list[Problem] = []
    for address, value in returned.facts.items():
        if value is None or address in told or address not in edition.facts:
            continue
        fact = edition.facts[address]
        if value < 0 and fact.measure is not Measure.CHANGE:
            entry = returned.entries[address]
            found.append(_impossible(ProblemKind.NEGATIVE, address, entry, f"“{fact_name(fact)}”是负数"))
        elif value % 1 and fact.measure is not Measure.MONEY:
            entry = returned.entries[address]
            found.append(_impossible(ProblemKind.NOT_WHOLE, address, entry, f"“{fact_name(fact)}”不是整数"))
    return found


def _impossible(kind: ProblemKind, address: FactAddress, entry: Entry, what: str) -> Problem:
    wanted = "不小于0的数" if kind is ProblemKind.NEGATIVE else "整数"
    return Problem(kind, entry.place, entry.text, f"{what}：{entry.text}", f"改填{wanted}", address)


def _blank_findings(edition: Edition, returned: Return) -> list[Finding]:
    blank = _blank_facts(edition, returned)
    if not blank:
        return []
    source = edition.rules[BLANK]
    words = {"message": _blank_message(edition, returned, blank)}
    totals = blank_totals(edition, returned.facts, blank)
    if totals:
        words[SLIP] = describe_totals(edition, totals)
    finding = Finding(
        source.id,
        Outcome.FAILED,
        source.severity,
        returned.unit,
        facts=blank,
        words=words,
        place=_first_place(returned, blank),
    )
    return [finding]


def _blank_facts(edition: Edition, returned: Return) -> tuple[FactAddress, ...]:
    """Return the facts that have no figure and of which no other finding tells."""
    told = {problem.address for problem in returned.problems if problem.kind is not ProblemKind.NOTED}
    form_is_changed = any(_RULE_OF[problem.kind] in (LAYOUT, EDITION) for problem in returned.problems)
    facts = returned.facts
    blank: list[FactAddress] = []
    for address in edition.facts:
        if facts.get(address) is not None:
            continue
        entry = returned.entries.get(address)
        is_told = form_is_changed if entry is None else entry.state is not CellState.BLANK and address in told
        if not is_told:
            blank.append(address)
    return tuple(blank)


def _blank_message(edition: Edition, returned: Return, blank: Sequence[FactAddress]) -> str:
    if len(blank) == len(edition.facts):
        return "整表未填"
    if len(blank) <= MOST_NAMED:
        return f"空白{len(blank)}格：{name_facts(edition, blank, returned.entries)}"
    first = name_facts(edition, blank[:1], returned.entries)
    return f"空白{len(blank)}格：{count_facts(edition, blank)}；第一处是{first}"


def _first_place(returned: Return, addresses: Sequence[FactAddress]) -> Place | None:
    entry = returned.entries.get(addresses[0])
    return entry.place if entry is not None else None

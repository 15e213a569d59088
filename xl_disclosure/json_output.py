"""The JSON shapes the command line prints."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xl_disclosure.actions.check import CheckResult
from xl_disclosure.actions.trace import TraceResult
from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.wording import basis, fix, message
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rollup.result import Rollup

Json = dict[str, object]


def return_json(returned: Return) -> Json:
    """Return what ``read --json`` prints of one file."""
    return {
        "edition": returned.edition,
        "unit": returned.unit,
        "year": returned.year,
        "facts": _numbers(returned.facts),
        "where": {
            address: {"sheet": entry.place.sheet, "cell": entry.place.cell}
            for address, entry in returned.entries.items()
        },
        "blank": list(returned.blank),
        "problems": [
            {
                "kind": problem.kind.value,
                "where": {"sheet": problem.place.sheet, "cell": problem.place.cell},
                "text": problem.text,
                "message": f"{problem.message}。{problem.remedy}。",
            }
            for problem in returned.problems
        ],
    }


def check_json(result: CheckResult) -> Json:
    """Return what ``check --json`` prints of one file."""
    returned = result.returned
    return {
        "file": result.file,
        "edition": returned.edition,
        "unit": returned.unit,
        "year": returned.year,
        "findings": [finding_json(result.edition, finding) for finding in result.failed],
        "skipped": [
            {"rule": finding.rule, "scope": finding.scope, "outcome": finding.outcome.value, "reason": finding.reason}
            for finding in result.not_run
        ],
        "matches": [
            {
                "text": match.words,
                "value": _number(match.value),
                "facts": list(match.facts),
                "expected": _number(match.expected),
                "where": {"sheet": match.place.sheet, "cell": match.place.cell},
            }
            for match in result.matches
        ],
    }


def rollup_json(rollup: Rollup) -> Json:
    """Return what ``aggregate --json`` prints."""
    return {
        "edition": rollup.edition.id,
        "year": rollup.year,
        "facts": _numbers(rollup.facts),
        "units": [
            {
                "unit": line.receipt.unit,
                "file": line.receipt.file,
                "status": line.receipt.status.value,
                "errors": line.errors,
                "warnings": line.warnings,
            }
            for line in rollup.lines
        ],
        "findings": [finding_json(rollup.edition, finding) for finding in rollup.failed],
    }


def trace_json(result: TraceResult) -> Json:
    """Return what ``trace --json`` prints."""
    trace = result.trace
    return {
        "edition": result.edition.id,
        "year": result.year,
        "address": result.address,
        "name": result.edition.fact_names[result.address],
        "where": {"sheet": result.place.sheet, "cell": result.place.a1},
        "units": [
            {
                "unit": part.unit,
                "file": part.file,
                "sha256": part.digest,
                "figure": _number(part.figure),
                "correction": _number(part.correction),
                "reason": part.reason,
            }
            for part in trace.parts
        ],
        "sum": _number(trace.sum),
        "shown": _number(trace.shown),
        "agrees": trace.agrees,
    }


def finding_json(edition: Edition, finding: Finding) -> Json:
    """Return one finding as JSON, its text made here."""
    return {
        "rule": finding.rule,
        "rules": finding.words.get("rules", finding.rule).split("、"),
        "severity": finding.severity.value,
        "unit": finding.unit,
        "facts": list(finding.facts),
        "found": _number(finding.found),
        "expected": _number(finding.expected),
        "message": message(edition, finding),
        "fix": fix(edition, finding),
        "basis": basis(edition, finding),
    }


def _numbers(facts: Mapping[FactAddress, Number | None]) -> Json:
    return {str(address): _number(value) for address, value in facts.items()}


def _number(value: object) -> object:
    """Return money as a JSON number: whole where it is whole."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)

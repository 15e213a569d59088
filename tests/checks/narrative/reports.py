"""Returns and paragraphs for the tests of the narrative checks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xl_disclosure.checks import wording
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.narrative import NarrativeCheck, check_narrative
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import CellState, Entry, Number, Return, TextParagraph


def make_return(edition: str, year: int, facts: Mapping[str, Number | None], unit: str = "") -> Return:
    """Return a return of the facts given."""
    entries: dict[FactAddress, Entry] = {}
    for address, value in facts.items():
        state = CellState.BLANK if value is None else CellState.NUMBER
        entries[FactAddress(address)] = Entry(value, state, "" if value is None else str(value), Place())
    return Return(edition, unit, year, entries)


def as_number(value: float | None) -> Number | None:
    """Return a number of a JSON file as the project keeps it."""
    return Decimal(str(value)) if isinstance(value, float) else value


def paragraphs(*texts: str) -> list[TextParagraph]:
    """Return texts as the paragraphs of a narrative, each with its line."""
    return [TextParagraph(text, Place(cell=f"第{number}段")) for number, text in enumerate(texts, start=1)]


def check_report(report: Mapping[str, Any]) -> NarrativeCheck:
    """Hold the narrative of a published report against its facts, in its printed edition."""
    edition = report["printed_edition"]
    facts = {address: as_number(value) for address, value in report["facts"].items()}
    returned = make_return(edition, report["year"], facts, report["unit"])
    return check_narrative(load_edition(edition), returned, paragraphs(*report["narrative"]))


def failed(check: NarrativeCheck) -> list[Finding]:
    """Return the findings that failed."""
    return [finding for finding in check.findings if finding.outcome is Outcome.FAILED]


def outcomes(check: NarrativeCheck) -> dict[str, Outcome]:
    """Return how each rule came out; of a rule with several findings the last."""
    return {finding.rule: finding.outcome for finding in check.findings}


def message(edition: str, finding: Finding) -> str:
    """Return the Chinese sentence of a finding, as a clerk reads it."""
    return wording.message(load_edition(edition), finding)

"""Returns and paragraphs for the tests of the narrative checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xl_disclosure.checks import wording
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.narrative import NarrativeCheck, check_narrative
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import CellState, Entry, Number, Return, TextParagraph

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def make_return(edition: str, year: int | None, facts: Mapping[str, Number | None], unit: str = "某某局") -> Return:
    """Return a return of the facts given."""
    entries: dict[FactAddress, Entry] = {}
    for address, value in facts.items():
        state = CellState.BLANK if value is None else CellState.NUMBER
        entries[FactAddress(address)] = Entry(value, state, "" if value is None else str(value), Place())
    return Return(edition, unit, year, entries)


def paragraphs(*texts: str) -> list[TextParagraph]:
    """Return texts as the paragraphs of a narrative, each with its line."""
    return [TextParagraph(text, Place(cell=f"第{number}段")) for number, text in enumerate(texts, start=1)]


def check(
    *texts: str,
    facts: Mapping[str, Number | None] | None = None,
    edition: str = "2021",
    year: int | None = 2022,
    last_year: Sequence[str] | None = None,
) -> NarrativeCheck:
    """Hold texts against facts."""
    returned = make_return(edition, year, facts or {})
    before = paragraphs(*last_year) if last_year is not None else None
    return check_narrative(load_edition(edition), returned, paragraphs(*texts), before)


def check_report(report: Mapping[str, Any]) -> NarrativeCheck:
    """Hold the narrative of a published report against its facts, in its printed edition."""
    edition = report["printed_edition"]
    facts = {address: _as_number(value) for address, value in report["facts"].items()}
    returned = make_return(edition, report["year"], facts, report["unit"])
    return check_narrative(load_edition(edition), returned, paragraphs(*report["narrative"]))


def failed(told: NarrativeCheck) -> list[Finding]:
    """Return the findings that failed."""
    return [finding for finding in told.findings if finding.outcome is Outcome.FAILED]


def mistakes(told: NarrativeCheck) -> list[tuple[str, Number | str | None, Number | str | None]]:
    """Return of every finding that failed its rule, what was found and what was expected."""
    return [(finding.rule, finding.found, finding.expected) for finding in failed(told)]


def outcome(told: NarrativeCheck, rule: str) -> Outcome:
    """Return how a rule came out."""
    return next(finding.outcome for finding in told.findings if finding.rule == rule)


def reason(told: NarrativeCheck, rule: str) -> str:
    """Return why a rule was skipped."""
    return next(finding.reason for finding in told.findings if finding.rule == rule)


def message(edition: str, finding: Finding) -> str:
    """Return the Chinese sentence of a finding, as a clerk reads it."""
    return wording.message(load_edition(edition), finding)


def _as_number(value: float | None) -> Number | None:
    return Decimal(str(value)) if isinstance(value, float) else value

"""The narrative of a report held against its form and against what the official format demands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.narrative.absences import check_absences
from xl_disclosure.checks.narrative.breakdowns import BREAKDOWN_RULE, check_breakdowns
from xl_disclosure.checks.narrative.chapter_demands import (
    FEE_RULE,
    LENGTH_RULE,
    POINTS_RULE,
    PROBLEMS_RULE,
    check_chapter_demands,
)
from xl_disclosure.checks.narrative.citations import BASIS_RULE, check_citations
from xl_disclosure.checks.narrative.heading_order import SECTIONS_RULE, check_headings
from xl_disclosure.checks.narrative.holdings import Form
from xl_disclosure.checks.narrative.lists import check_lists
from xl_disclosure.checks.narrative.passages import read_passages
from xl_disclosure.checks.narrative.record import Record, TextMatch
from xl_disclosure.checks.narrative.splits import check_splits
from xl_disclosure.checks.narrative.stated_figures import check_stated_figures
from xl_disclosure.checks.narrative.years import YEAR_RULE, check_years
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Return, TextParagraph

_RULES_OF_THE_TEXT_ITSELF = (
    BREAKDOWN_RULE,
    YEAR_RULE,
    SECTIONS_RULE,
    LENGTH_RULE,
    POINTS_RULE,
    FEE_RULE,
    PROBLEMS_RULE,
    BASIS_RULE,
)


@dataclass(frozen=True, slots=True)
class NarrativeCheck:
    """Hold the findings on a narrative (failed, passed, skipped) and every figure that was matched to the form."""

    findings: list[Finding]
    matches: list[TextMatch]


def check_narrative(
    edition: Edition,
    returned: Return,
    paragraphs: Sequence[TextParagraph],
    last_year_paragraphs: Sequence[TextParagraph] | None = None,
) -> NarrativeCheck:
    """Hold a narrative against a return: each text rule of the edition fails, passes, or is skipped with a reason.

    A sentence that cannot be read is left alone. Rules on chapters need the chapter headings among the paragraphs.
    Raises RuleError for a phrase of the edition that is no pattern.
    """
    record = _hold_against(edition, returned, paragraphs, last_year_paragraphs)
    record.close(checked_rules(edition))
    return NarrativeCheck(record.findings, record.matches)


def is_narrative_faultless(edition: Edition, returned: Return, paragraphs: Sequence[TextParagraph]) -> bool:
    """Tell whether ``check_narrative`` finds nothing wrong with a narrative. Raises as it does."""
    return not _hold_against(edition, returned, paragraphs, None).findings


def _hold_against(
    edition: Edition,
    returned: Return,
    paragraphs: Sequence[TextParagraph],
    last_year_paragraphs: Sequence[TextParagraph] | None,
) -> Record:
    """Return what failed and what was matched, before it is said of the other rules how they came out."""
    record = Record(edition, returned)
    form = Form(edition, returned)
    passages = read_passages(paragraphs, edition.outline)
    before = read_passages(last_year_paragraphs, edition.outline) if last_year_paragraphs is not None else None
    check_stated_figures(record, form, passages)
    check_absences(record, form, passages)
    check_breakdowns(record, passages)
    check_lists(record, form, passages)
    check_splits(record, passages)
    check_years(record, passages)
    check_headings(record, passages)
    check_chapter_demands(record, passages, before)
    check_citations(record, passages)
    return record


def checked_rules(edition: Edition) -> frozenset[str]:
    """Return the ids of the rules that a check of the narrative carries out for an edition."""
    claims = edition.claims
    of_figures = {claim.rule for claim in claims.figures} | {claim.zero_rule for claim in claims.figures} - {""}
    of_absences = {claim.rule for claim in claims.absences}
    return frozenset({*_RULES_OF_THE_TEXT_ITSELF, *of_figures, *of_absences})

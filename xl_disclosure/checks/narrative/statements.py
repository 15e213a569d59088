"""Figures of the text that claims of the edition fit: what the text states of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.checks.narrative.figures import Figure
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import MARK, compile_phrase, has_figure, is_found, is_met
from xl_disclosure.checks.narrative.record import Record, Terms
from xl_disclosure.checks.narrative.sentences import Clause, Marked, Sentence, read_sentences
from xl_disclosure.forms.claims import FigureClaim

_JOINED_TO_ANOTHER = re.compile(f"(?<!{MARK})(?:[、和与或]|(?<!涉)及)$")
"""What stands before a phrase that is only the last of several names: 予以公开、部分公开 12件."""


ClaimedMark = tuple[FigureClaim, str, Marked, Clause, Sentence]
"""The mark of a figure with a claim whose phrase fits it, its words, its clause and its sentence."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold one figure of the text with the claim that fits it, and where it stands."""

    claim: FigureClaim
    figure: Figure
    marked: Marked
    clause: Clause
    sentence: Sentence
    passage: Passage

    @property
    def words(self) -> str:
        """Return the phrase as written."""
        return self.passage.read.words(self.marked)

    @property
    def excerpt(self) -> str:
        """Return the clause as written, cut short."""
        return self.passage.read.excerpt(self.clause.marked)

    @property
    def allowed_holdings(self) -> tuple[str, ...]:
        """Return the holdings of the form that the figure may be."""
        claim = self.claim
        return claim.facts + claim.wider if is_found(claim.wider_when, self.sentence.text) else claim.facts


def find_statements(record: Record, passage: Passage) -> Iterator[Statement]:
    """Give the figures of a paragraph that claims fit; each goes to the first claim that does."""
    claims = record.terms.claims
    taken: set[str] = set()
    for claim, mark, marked, clause, sentence in _claims_on_marks(record.terms, passage.heading, passage.read.marked):
        figure = passage.read.figure(mark)
        is_fit = figure.counter in (claim.counters or claims.counters) and not figure.vague
        if is_fit and mark not in taken and is_met(claim.about, passage.heading + passage.text):
            taken.add(mark)
            yield Statement(claim, figure, marked, clause, sentence, passage)


@lru_cache(maxsize=2048)
def _claims_on_marks(terms: Terms, heading: str, paragraph: str) -> tuple[ClaimedMark, ...]:
    """Return the figures of a marked paragraph under a heading that claims may fit, the first such claim first."""
    return tuple(
        claimed
        for sentence in read_sentences(paragraph)
        for clause in sentence.all_clauses
        if has_figure(clause.text) and not is_elsewhere(terms, clause)
        for claimed in _claims_in(terms, heading, sentence, clause)
    )


def is_elsewhere(terms: Terms, clause: Clause) -> bool:
    """Tell whether a clause speaks of another year, another unit or a change."""
    of_another_year = clause.year is not None and terms.year is not None and clause.year != terms.year
    return of_another_year or is_found(terms.claims.elsewhere, clause.text)


def _claims_in(terms: Terms, heading: str, sentence: Sentence, clause: Clause) -> Iterator[ClaimedMark]:
    up_to_here = heading + sentence.up_to(clause)
    for claim, start, end, mark in _phrases_in(terms, clause.text, is_behind=clause.behind):
        if is_met(claim.when, up_to_here):
            yield claim, mark, clause.marked.part(start, end), clause, sentence


@lru_cache(maxsize=2048)
def _phrases_in(terms: Terms, clause: str, *, is_behind: bool) -> tuple[tuple[FigureClaim, int, int, str], ...]:
    """Return the claims that the marked text of a clause may make, each with the place of its words and its mark.

    Figures are marks in it, so that units whose figures alone differ have it in common.
    """
    return tuple(
        (claim, found.start(), found.end(), found["figure"])
        for claim in terms.claims.figures
        if terms.asks_for(claim.rule) and not (claim.whole and is_behind) and not is_found(claim.unless, clause)
        for found in _phrase_matches(claim, clause)
    )


def _phrase_matches(claim: FigureClaim, clause: str) -> Iterator[re.Match[str]]:
    for phrase in claim.phrases:
        for found in compile_phrase(phrase).finditer(clause):
            if _JOINED_TO_ANOTHER.search(clause[: found.start()]) is None:
                yield found

"""Figures of the text that claims of the edition fit: what the text states of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xl_disclosure.checks.narrative.figures import Figure
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import MARK, compile_phrase, has_figure, is_found, is_met
from xl_disclosure.checks.narrative.record import Record
from xl_disclosure.checks.narrative.sentences import Clause, Marked, Sentence
from xl_disclosure.forms.claims import FigureClaim

_JOINED_TO_ANOTHER = re.compile(f"(?<!{MARK})(?:[、和与或]|(?<!涉)及)$")
"""What stands before a phrase that is only the last of several names: 予以公开、部分公开 12件."""


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
    for sentence in passage.read.sentences:
        for clause in sentence.all_clauses:
            if not has_figure(clause.text) or is_elsewhere(record, clause):
                continue
            taken: set[int] = set()
            for statement in _clause_statements(record, passage, sentence, clause):
                if statement.figure.start not in taken:
                    taken.add(statement.figure.start)
                    yield statement


def is_elsewhere(record: Record, clause: Clause) -> bool:
    """Tell whether a clause speaks of another year, another unit or a change."""
    of_another_year = clause.year is not None and record.year is not None and clause.year != record.year
    return of_another_year or is_found(record.claims.elsewhere, clause.text)


def _clause_statements(record: Record, passage: Passage, sentence: Sentence, clause: Clause) -> Iterator[Statement]:
    up_to_here = passage.heading + sentence.up_to(clause)
    paragraph = passage.heading + passage.text
    for claim in record.claims.figures:
        if not record.asks_for(claim.rule) or not _may_speak(claim, clause):
            continue
        if not is_met(claim.when, up_to_here) or not is_met(claim.about, paragraph):
            continue
        for found in _phrase_matches(claim, clause):
            figure = passage.read.figure(found["figure"])
            if figure.counter in (claim.counters or record.claims.counters) and not figure.vague:
                marked = clause.marked.part(found.start(), found.end())
                yield Statement(claim, figure, marked, clause, sentence, passage)


def _may_speak(claim: FigureClaim, clause: Clause) -> bool:
    is_of_a_part = claim.whole and clause.behind
    return not is_of_a_part and not is_found(claim.unless, clause.text)


def _phrase_matches(claim: FigureClaim, clause: Clause) -> Iterator[re.Match[str]]:
    for phrase in claim.phrases:
        for found in compile_phrase(phrase).finditer(clause.text):
            if _JOINED_TO_ANOTHER.search(clause.text[: found.start()]) is None:
                yield found

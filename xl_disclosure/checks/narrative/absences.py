"""Sentences that say there was none of something, held against the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.checks.narrative.holdings import Form
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import compile_phrase, is_found, is_met
from xl_disclosure.checks.narrative.record import Failure, Record, Terms, TextMatch
from xl_disclosure.checks.narrative.sentences import Clause, Marked, Sentence, read_sentences
from xl_disclosure.checks.narrative.statements import is_elsewhere
from xl_disclosure.forms.claims import AbsenceClaim
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.phrases import format_number


def check_absences(record: Record, form: Form, passages: Sequence[Passage]) -> None:
    """Hold every 未收到 …, 均获维持 … that a claim of the edition fits against the figures that must then be 0."""
    for passage in passages:
        for absence in _find_absences(record.terms, passage.heading, passage.read.marked):
            _check_absence(record, form, absence, passage)


@dataclass(frozen=True, slots=True)
class Absence:
    """Hold words that say there was none, the claim they fit, and the holdings that must then be 0."""

    claim: AbsenceClaim
    marked: Marked
    sentence: Sentence
    holdings: tuple[str, ...]


@lru_cache(maxsize=2048)
def _find_absences(terms: Terms, heading: str, paragraph: str) -> tuple[Absence, ...]:
    """Return the absences in a marked paragraph under a heading."""
    found: list[Absence] = []
    for sentence in read_sentences(paragraph):
        for clause in sentence.clauses:
            if clause.behind or is_elsewhere(terms, clause):
                continue
            for claim, start, end in _phrases_in(terms, clause.text):
                if is_met(claim.when, heading + sentence.text):
                    marked = clause.marked.part(start, end)
                    holdings = tuple(_named_holdings(claim, clause, marked, sentence))
                    found.append(Absence(claim, marked, sentence, holdings))
    return tuple(found)


@lru_cache(maxsize=2048)
def _phrases_in(terms: Terms, clause: str) -> tuple[tuple[AbsenceClaim, int, int], ...]:
    """Return the claims that the marked text of a clause makes, each with the place of its words."""
    claims = [claim for claim in terms.claims.absences if terms.asks_for(claim.rule)]
    spans = [(claim, _find_phrase(claim, clause)) for claim in claims]
    return tuple((claim, *span) for claim, span in spans if span is not None)


def _check_absence(record: Record, form: Form, absence: Absence, passage: Passage) -> None:
    claim = absence.claim
    values = _figures(form, absence.holdings)
    if not values:
        return
    record.used.add(claim.rule)
    left = {address: value for address, value in values.items() if value}
    words = passage.read.words(absence.marked)
    excerpt = passage.read.excerpt(absence.sentence.marked)
    total = sum(left.values())
    record.matches.append(
        TextMatch(claim.rule, words, 0, tuple(values), total, not left, passage.place, excerpt),
    )
    if left:
        said = "、".join(f"{form.name(address)}为 {format_number(value)}" for address, value in left.items())
        message = {"excerpt": excerpt, "said": words, "form": said, "hint": ""}
        record.fail(Failure(claim.rule, passage.place, 0, total, message, left))


def _find_phrase(claim: AbsenceClaim, clause: str) -> tuple[int, int] | None:
    if is_found(claim.unless, clause):
        return None
    for phrase in claim.phrases:
        found = compile_phrase(phrase).search(clause)
        if found is not None:
            return found.span()
    return None


def _named_holdings(claim: AbsenceClaim, clause: Clause, marked: Marked, sentence: Sentence) -> Iterator[str]:
    """Give the holdings of the subjects named in the clause from the phrase on or, with none there, in the sentence."""
    from_phrase = clause.text[clause.text.index(marked.text) :]
    named = [subject for subject in claim.subjects if subject in from_phrase]
    for subject in named or [subject for subject in claim.subjects if subject in sentence.text]:
        yield from claim.subjects[subject]


def _figures(form: Form, holdings: Sequence[str]) -> Mapping[FactAddress, Number]:
    values: dict[FactAddress, Number] = {}
    for text in holdings:
        holding = form.holding(text)
        if holding is not None:
            values.update(holding.values)
    return values

"""Sentences that say there was none of something, held against the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xl_disclosure.checks.narrative.holdings import Form
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import compile_phrase, is_found, is_met
from xl_disclosure.checks.narrative.record import Failure, Record, TextMatch
from xl_disclosure.checks.narrative.sentences import Clause, Marked, Sentence
from xl_disclosure.checks.narrative.statements import is_elsewhere
from xl_disclosure.forms.claims import AbsenceClaim
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.phrases import format_number


def check_absences(record: Record, form: Form, passages: Sequence[Passage]) -> None:
    """Hold every 未收到 …, 均获维持 … that a claim of the edition fits against the figures that must then be 0."""
    for passage in passages:
        for sentence in passage.read.sentences:
            for clause in sentence.clauses:
                if clause.behind or is_elsewhere(record, clause):
                    continue
                for claim in record.claims.absences:
                    if record.asks_for(claim.rule) and is_met(claim.when, passage.heading + sentence.text):
                        _check_absence(record, form, claim, clause, (passage, sentence))


def _check_absence(
    record: Record, form: Form, claim: AbsenceClaim, clause: Clause, context: tuple[Passage, Sentence]
) -> None:
    passage, sentence = context
    marked = _find_phrase(claim, clause)
    if marked is None:
        return
    values = _figures(form, _named_holdings(claim, clause, marked, sentence))
    if not values:
        return
    record.used.add(claim.rule)
    left = {address: value for address, value in values.items() if value}
    words = passage.read.words(marked)
    excerpt = passage.read.excerpt(sentence.marked)
    total = sum(left.values())
    record.matches.append(
        TextMatch(claim.rule, words, 0, tuple(values), total, not left, passage.place, excerpt),
    )
    if left:
        said = "、".join(f"{form.name(address)}为 {format_number(value)}" for address, value in left.items())
        message = {"excerpt": excerpt, "said": words, "form": said, "hint": ""}
        record.fail(Failure(claim.rule, passage.place, 0, total, message, left))


def _find_phrase(claim: AbsenceClaim, clause: Clause) -> Marked | None:
    if is_found(claim.unless, clause.text):
        return None
    for phrase in claim.phrases:
        found = compile_phrase(phrase).search(clause.text)
        if found is not None:
            return clause.marked.part(found.start(), found.end())
    return None


def _named_holdings(claim: AbsenceClaim, clause: Clause, marked: Marked, sentence: Sentence) -> Iterator[str]:
    """Give the holdings of the subjects named in the clause from the phrase on or, with none there, in the sentence."""
    from_phrase = clause.text[clause.text.index(marked.text) :]
    named = [subject for subject in claim.subjects if subject in from_phrase]
    for subject in named or [subject for subject in claim.subjects if subject in sentence.text]:
        yield from claim.subjects[subject]


def _figures(form: Form, holdings: Iterator[str]) -> Mapping[FactAddress, Number]:
    values: dict[FactAddress, Number] = {}
    for text in holdings:
        holding = form.holding(text)
        if holding is not None:
            values.update(holding.values)
    return values

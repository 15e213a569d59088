"""Figures of one paragraph of which one is the sum of the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xl_disclosure.checks.narrative.breakdowns import BREAKDOWN_RULE
from xl_disclosure.checks.narrative.figures import Figure
from xl_disclosure.checks.narrative.passages import Passage, with_figures
from xl_disclosure.checks.narrative.phrases import compile_phrase
from xl_disclosure.checks.narrative.record import Failure, Record, Terms
from xl_disclosure.checks.narrative.sentences import read_sentences
from xl_disclosure.forms.claims import SplitClaim
from xl_disclosure.rules.phrases import format_number


def check_splits(record: Record, passages: Sequence[Passage]) -> None:
    """Add up the parts of every split that a claim of the edition fits."""
    if not record.asks_for(BREAKDOWN_RULE):
        return
    for passage in with_figures(passages):
        for claim, marks in _find_splits(record.terms, passage.read.marked):
            total, *parts = map(passage.read.figure, marks)
            if not any(figure.vague or figure.counter != total.counter for figure in (total, *parts)):
                record.used.add(BREAKDOWN_RULE)
                _check_split(record, claim, total, parts, passage)


@lru_cache(maxsize=2048)
def _find_splits(terms: Terms, paragraph: str) -> tuple[tuple[SplitClaim, tuple[str, ...]], ...]:
    """Return the splits that a marked paragraph may have: the claim, and the marks of the total and the parts."""
    found: list[tuple[SplitClaim, tuple[str, ...]]] = []
    for claim in terms.claims.splits:
        needed = [_first_mark(phrase, paragraph) for phrase in (claim.total, *claim.parts)]
        if all(needed):
            further = [_first_mark(phrase, paragraph) for phrase in claim.further]
            found.append((claim, tuple(filter(None, (*needed, *further)))))
    return tuple(found)


def _check_split(record: Record, claim: SplitClaim, total: Figure, known: Sequence[Figure], passage: Passage) -> None:
    found = sum(part.value for part in known)
    if found == total.value:
        return
    written = "＋".join(format_number(part.value) for part in known)
    record.fail(
        Failure(
            rule=BREAKDOWN_RULE,
            place=passage.place,
            found=found,
            expected=total.value,
            words={
                "excerpt": passage.read.excerpt(passage.read.sentences[0].marked),
                "parts": f"{claim.name} {written}＝{format_number(found)}{total.counter}",
                "whole": f"文中的总数是 {format_number(total.value)}{total.counter}",
            },
        )
    )


def _first_mark(phrase: str, paragraph: str) -> str:
    for sentence in read_sentences(paragraph):
        for clause in sentence.clauses:
            found = compile_phrase(phrase).search(clause.text)
            if found is not None:
                return found["figure"]
    return ""

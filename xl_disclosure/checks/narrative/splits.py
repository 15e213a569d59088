"""Figures of one paragraph of which one is the sum of the others."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.checks.narrative.breakdowns import BREAKDOWN_RULE
from xl_disclosure.checks.narrative.figures import Figure
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import compile_phrase
from xl_disclosure.checks.narrative.record import Failure, Record
from xl_disclosure.forms.claims import SplitClaim
from xl_disclosure.rules.phrases import format_number


def check_splits(record: Record, passages: Sequence[Passage]) -> None:
    """Add up the parts of every split that a claim of the edition fits."""
    if not record.asks_for(BREAKDOWN_RULE):
        return
    for passage in passages:
        for claim in record.claims.splits:
            _check_split(record, claim, passage)


def _check_split(record: Record, claim: SplitClaim, passage: Passage) -> None:
    total = _first_figure(claim.total, passage)
    parts = [_first_figure(phrase, passage) for phrase in claim.parts]
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return
    known += [part for phrase in claim.further if (part := _first_figure(phrase, passage)) is not None]
    if any(figure.vague or figure.counter != total.counter for figure in (total, *known)):
        return
    record.used.add(BREAKDOWN_RULE)
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


def _first_figure(phrase: str, passage: Passage) -> Figure | None:
    for sentence in passage.read.sentences:
        for clause in sentence.clauses:
            found = compile_phrase(phrase).search(clause.text)
            if found is not None:
                return passage.read.figure(found["figure"])
    return None

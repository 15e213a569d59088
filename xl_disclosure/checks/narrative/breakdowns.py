"""Totals in the text that are broken down in it: behind 其中 or in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from xl_disclosure.checks.narrative.figures import PERCENT
from xl_disclosure.checks.narrative.items import (
    Item,
    add_up,
    counted_alike,
    first_group,
    read_items,
    running_sums,
    split_at_of_which,
    written_sum,
)
from xl_disclosure.checks.narrative.passages import Passage, with_figures
from xl_disclosure.checks.narrative.phrases import is_found
from xl_disclosure.checks.narrative.record import Failure, Record, Terms
from xl_disclosure.checks.narrative.sentences import OF_WHICH, Aside, ReadText, Sentence, read_sentences, read_text
from xl_disclosure.forms.claims import Claims
from xl_disclosure.rules.phrases import format_number

BREAKDOWN_RULE = "text.breakdown"

_FEWEST_PARTS = 3
"""Fewer parts than these may name only some of a total, unless the last is 其他."""

_FEWEST_FIGURES = 2
"""Of a paragraph in which one is broken down."""

_REST = "其他|其它|其余"
_ONLY_SOME = ("含", "包括", "不含", "不包括")
_SENTENCES_BEYOND = 2


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Hold a total of the text, the parts it is broken down into, and items further on that may still belong.

    ``others`` are other figures that the parts may divide just as well.
    """

    total: Item
    others: tuple[Item, ...]
    parts: tuple[Item, ...]
    beyond: tuple[Item, ...] = ()


def check_breakdowns(record: Record, passages: Sequence[Passage]) -> None:
    """Add up every breakdown in the text; one that may be meant to be incomplete is left alone."""
    if not record.asks_for(BREAKDOWN_RULE):
        return
    for passage in with_figures(passages, _FEWEST_FIGURES):
        if not _may_break_down(passage.read.marked):
            continue
        for sentence, breakdown, verdict in _judged(record.terms, passage.text):
            if verdict is not None:
                record.used.add(BREAKDOWN_RULE)
            if verdict is False:
                record.fail(_failure(breakdown, sentence, passage))


@lru_cache(maxsize=2048)
def _may_break_down(paragraph: str) -> bool:
    """Tell whether a marked paragraph has what a breakdown stands in."""
    return OF_WHICH in paragraph or any(sentence.asides for sentence in read_sentences(paragraph))


@lru_cache(maxsize=2048)
def _judged(terms: Terms, paragraph: str) -> tuple[tuple[Sentence, Breakdown, bool | None], ...]:
    """Return the breakdowns of a paragraph, each with its sentence and whether its parts make up the total."""
    read = read_text(paragraph)
    return tuple(
        (sentence, breakdown, judge(breakdown, terms.claims))
        for number, sentence in enumerate(read.sentences)
        for breakdown in find_breakdowns(read, number, terms.claims)
    )


def find_breakdowns(read: ReadText, number: int, claims: Claims) -> Iterator[Breakdown]:
    """Give the breakdowns of the sentence of that number in a paragraph."""
    sentences = read.sentences
    sentence = sentences[number]
    segments = [list(read_items(part, read, claims)) for part in split_at_of_which(sentence.clauses)]
    if number and sentence.text.startswith(OF_WHICH):
        segments[0] = list(read_items(sentences[number - 1].clauses, read, claims))
    beyond: list[Item] = []
    for later in sentences[number + 1 : number + 1 + _SENTENCES_BEYOND]:
        beyond.extend(read_items(later.clauses, read, claims))
    for totals, parts in pairwise(segments):
        yield from _by_counter(totals, parts, beyond)
    for aside in sentence.asides:
        yield from _in_brackets(aside, read, claims)


def judge(breakdown: Breakdown, claims: Claims) -> bool | None:
    """Tell whether the parts make up the total; None where the text leaves open what they are parts of."""
    targets = {item.value for item in (breakdown.total, *breakdown.others)}
    if targets & running_sums((*breakdown.parts, *breakdown.beyond)):
        return True
    parts = first_group(breakdown.parts)
    if any(item.figure.vague or is_found(claims.overlapping, item.label) for item in parts):
        return None
    ends_with_the_rest = len(parts) > 1 and is_found(_REST, parts[-1].label)
    if len(parts) < _FEWEST_PARTS and not ends_with_the_rest:
        return None
    is_open_ended = any(item.is_open_ended for item in parts)
    return None if is_open_ended and add_up(parts) < breakdown.total.value else False


def _in_brackets(aside: Aside, read: ReadText, claims: Claims) -> Iterator[Breakdown]:
    if not aside.after or not aside.clauses or aside.clauses[0].text.startswith(_ONLY_SOME):
        return
    segments = split_at_of_which(aside.clauses)
    begins_with_of_which = aside.clauses[0].text.startswith(OF_WHICH)
    parts = list(read_items(segments[1] if begins_with_of_which else segments[0], read, claims))
    total = Item("", read.figure(aside.after))
    if begins_with_of_which or len(parts) >= _FEWEST_PARTS:
        yield from _by_counter([total], parts, [])


def _by_counter(totals: Sequence[Item], parts: Sequence[Item], beyond: Sequence[Item]) -> Iterator[Breakdown]:
    """Give one breakdown for every counter among the totals; the last total with it is the likeliest."""
    usable = [item for item in totals if item.figure.counter != PERCENT and not item.figure.vague]
    for counter in dict.fromkeys(item.figure.counter for item in usable):
        alike = [item for item in usable if item.figure.counter == counter]
        total = alike[-1]
        found = counted_alike(parts, total)
        if len(found) > 1 or (found and beyond):
            yield Breakdown(total, tuple(alike[:-1]), found, counted_alike(beyond, total))


def _failure(breakdown: Breakdown, sentence: Sentence, passage: Passage) -> Failure:
    parts = first_group(breakdown.parts)
    found, expected = add_up(parts), breakdown.total.value
    counter = breakdown.total.figure.counter
    return Failure(
        rule=BREAKDOWN_RULE,
        place=passage.place,
        found=found,
        expected=expected,
        words={
            "excerpt": passage.read.excerpt(sentence.marked),
            "parts": f"各部分 {written_sum(parts)}＝{format_number(found)}{counter}",
            "whole": f"文中的总数是 {format_number(expected)}{counter}",
        },
    )

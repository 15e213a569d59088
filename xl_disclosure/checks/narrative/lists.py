"""Lists in the text that divide a total which stands elsewhere: in the form or in a sentence before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.checks.narrative.breakdowns import BREAKDOWN_RULE, find_breakdowns
from xl_disclosure.checks.narrative.holdings import Form
from xl_disclosure.checks.narrative.items import Item, add_up, counted_alike, read_items, written_sum
from xl_disclosure.checks.narrative.passages import Passage, with_figures
from xl_disclosure.checks.narrative.phrases import compile_phrase, has_figure, is_found, is_met
from xl_disclosure.checks.narrative.record import Failure, Record, Terms, TextMatch
from xl_disclosure.checks.narrative.sentences import ReadText, Sentence, read_text
from xl_disclosure.checks.narrative.statements import is_elsewhere
from xl_disclosure.forms.claims import Claims, ListClaim
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.phrases import format_number

_FEWEST_ITEMS = 4
_SHARE_OF_LABELS = 0.5
_SENTENCES_BEFORE = 4


@dataclass(frozen=True, slots=True)
class ItemList:
    """Hold a list without a total of its own, items of the next sentence that may belong, and totals stated before."""

    claim: ListClaim
    items: tuple[Item, ...]
    beyond: tuple[Item, ...]
    stated: tuple[Number, ...]
    sentence: Sentence
    passage: Passage

    @property
    def possible_sums(self) -> set[Number]:
        """Return what the items may add up to: the first may name what the others divide, the next may still belong."""
        return {add_up(self.items), add_up(self.items[1:]), add_up((*self.items, *self.beyond))}

    @property
    def is_open_ended(self) -> bool:
        """Tell whether 等 says that the list is incomplete."""
        return any(item.is_open_ended for item in self.items)


Listed = tuple[int, ListClaim, tuple[Item, ...], tuple[Item, ...]]
"""The number of a sentence that is a list, the claim it fits, its items, and those of the next that may belong."""


def check_lists(record: Record, form: Form, passages: Sequence[Passage]) -> None:
    """Hold every list that a claim of the edition fits against the total stated before it, or else against the form."""
    if not record.asks_for(BREAKDOWN_RULE):
        return
    for listed in find_lists(record, passages):
        if listed.stated:
            _hold_against_text(record, form, listed)
        else:
            _hold_against_form(record, form, listed)


def find_lists(record: Record, passages: Sequence[Passage]) -> Iterator[ItemList]:
    """Give the lists of a text in order."""
    previous: Passage | None = None
    for passage in with_figures(passages):
        found = _listed(record.terms, passage.text) if len(passage.read.figures) >= _FEWEST_ITEMS else ()
        for number, claim, items, beyond in found:
            stated = tuple(_stated_totals(record.terms, claim, _sentences_before(passage, number, previous)))
            yield ItemList(claim, items, beyond, stated, passage.read.sentences[number], passage)
        previous = passage


@lru_cache(maxsize=2048)
def _listed(terms: Terms, paragraph: str) -> tuple[Listed, ...]:
    claims, read = terms.claims, read_text(paragraph)
    found: list[Listed] = []
    for number, sentence in enumerate(read.sentences):
        items = _list_items(read, number, claims)
        claim = _fitting_claim(items, sentence, claims)
        if claim is not None:
            following = read.sentences[number + 1 : number + 2]
            beyond = [item for later in following for item in read_items(later.clauses, read, claims)]
            found.append((number, claim, items, counted_alike(beyond, items[0])))
    return tuple(found)


def _list_items(read: ReadText, number: int, claims: Claims) -> tuple[Item, ...]:
    if any(True for _ in find_breakdowns(read, number, claims)):
        return ()
    items = tuple(read_items(read.sentences[number].clauses, read, claims))
    return counted_alike(items, items[0]) if items else ()


def _fitting_claim(items: Sequence[Item], sentence: Sentence, claims: Claims) -> ListClaim | None:
    if len(items) < _FEWEST_ITEMS or any(item.figure.vague for item in items):
        return None
    for claim in claims.lists:
        fitting = [item for item in items if is_met(claim.labels, item.label)]
        is_meant = is_met(claim.when, sentence.text) and not is_found(claim.unless, sentence.text)
        is_list = len(fitting) >= _SHARE_OF_LABELS * len(items) and items[0].figure.counter in claim.counters
        if is_meant and is_list:
            return claim
    return None


def _sentences_before(passage: Passage, number: int, previous: Passage | None) -> tuple[tuple[Passage, Sentence], ...]:
    """Return the sentences with figures shortly before the one of that number, or else those of the last paragraph."""
    here = [(passage, sentence) for sentence in passage.read.sentences[:number]]
    there = [(previous, sentence) for sentence in previous.read.sentences] if previous is not None else []
    with_figures = [(stating, sentence) for stating, sentence in here or there if has_figure(sentence.text)]
    return tuple(with_figures[-_SENTENCES_BEFORE:])


def _stated_totals(terms: Terms, claim: ListClaim, before: Sequence[tuple[Passage, Sentence]]) -> Iterator[Number]:
    for passage, sentence in before:
        for clause in sentence.clauses:
            if is_elsewhere(terms, clause):
                continue
            for phrase in claim.totals:
                found = compile_phrase(phrase).search(clause.text)
                if found is not None and passage.read.figure(found["figure"]).counter in claim.counters:
                    yield passage.read.figure(found["figure"]).value


def _hold_against_text(record: Record, form: Form, listed: ItemList) -> None:
    """Hold a list against the totals stated before it; the largest is the whole, others may be parts of it."""
    record.used.add(BREAKDOWN_RULE)
    if listed.possible_sums & set(listed.stated):
        return
    if any(form.equal(listed.claim.holdings, possible) for possible in listed.possible_sums):
        return
    total = max(listed.stated)
    if not (listed.is_open_ended and add_up(listed.items) < total):
        record.fail(_failure(listed, total, f"文中的总数是 {format_number(total)}{listed.items[0].figure.counter}", {}))


def _hold_against_form(record: Record, form: Form, listed: ItemList) -> None:
    holding = form.first(listed.claim.holdings)
    if holding is None:
        return
    record.used.add(BREAKDOWN_RULE)
    beside = [other for text in listed.claim.beside if (other := form.holding(text)) is not None]
    agrees = bool(listed.possible_sums & {holding.value, *(other.value for other in beside)})
    excerpt = listed.passage.read.excerpt(listed.sentence.marked)
    found = add_up(listed.items)
    words = written_sum(listed.items)
    record.matches.append(
        TextMatch(BREAKDOWN_RULE, words, found, holding.facts, holding.value, agrees, listed.passage.place, excerpt)
    )
    if agrees or (listed.is_open_ended and found < holding.value):
        return
    values: dict[FactAddress, Number] = dict(holding.values)
    for other in beside:
        values.update(other.values)
    hint = "".join(f"，{form.describe(other)}" for other in beside)
    record.fail(_failure(listed, holding.value, f"表中{form.describe(holding)}{hint}", values))


def _failure(listed: ItemList, expected: Number, whole: str, values: dict[FactAddress, Number]) -> Failure:
    found = add_up(listed.items)
    counter = listed.items[0].figure.counter
    excerpt = listed.passage.read.excerpt(listed.sentence.marked)
    parts = f"{listed.claim.name} {written_sum(listed.items)}＝{format_number(found)}{counter}"
    return Failure(
        rule=BREAKDOWN_RULE,
        place=listed.passage.place,
        found=found,
        expected=expected,
        words={"excerpt": excerpt, "parts": parts, "whole": whole},
        values=values,
    )

"""The counted items of a sentence: each figure with the name that stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xl_disclosure.checks.narrative.figures import Figure
from xl_disclosure.checks.narrative.phrases import MARK, is_found
from xl_disclosure.checks.narrative.sentences import OF_WHICH, Clause, ReadText
from xl_disclosure.forms.claims import Claims
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.phrases import format_number

_MARK = re.compile(MARK)
_AND_SO_ON = re.compile("等|左右|以上")
_SEMICOLON = ";"


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one counted item.

    ``label`` is the marked text before its figure, ``after`` that behind it up to the next figure or the end of the
    clause; ``stop`` is the mark that ends its clause where it is the last of it.
    """

    label: str
    figure: Figure
    after: str = ""
    stop: str = ""

    @property
    def value(self) -> Number:
        """Return the value of its figure."""
        return self.figure.value

    @property
    def is_open_ended(self) -> bool:
        """Tell whether 等 follows: then the list does not claim to be complete."""
        return _AND_SO_ON.match(self.after) is not None


def read_items(clauses: Iterable[Clause], read: ReadText, claims: Claims) -> Iterator[Item]:
    """Give the items of clauses in order, those left out that only compare (同比增加3件)."""
    for clause in clauses:
        marks = list(_MARK.finditer(clause.text))
        for number, mark in enumerate(marks):
            start = marks[number - 1].end() if number else 0
            end = marks[number + 1].start() if number + 1 < len(marks) else len(clause.text)
            stop = clause.stop if number + 1 == len(marks) else ""
            label = clause.text[start : mark.start()]
            if not is_found(claims.comparison, label):
                yield Item(label, read.figure(mark.group()), clause.text[mark.end() : end], stop)


def split_at_of_which(clauses: Iterable[Clause]) -> list[list[Clause]]:
    """Return the clauses before the first 其中, those from there to the next, and so on; clauses with one are cut."""
    segments: list[list[Clause]] = [[]]
    for clause in clauses:
        start = 0
        for found in re.finditer(OF_WHICH, clause.text):
            head = clause.marked.part(start, found.start())
            segments[-1].append(Clause(head, "", clause.behind, clause.year))
            segments.append([])
            start = found.end()
        tail = clause.marked.part(start, len(clause.text))
        segments[-1].append(Clause(tail, clause.stop, clause.behind, clause.year))
    return segments


def counted_alike(items: Iterable[Item], pattern: Item) -> tuple[Item, ...]:
    """Return the items with the counter of another and written in the same kind of numerals."""
    wanted = (pattern.figure.counter, pattern.figure.chinese)
    return tuple(item for item in items if (item.figure.counter, item.figure.chinese) == wanted)


def first_group(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items that belong together: up to the first ； where commas part those within, otherwise all.

    Empty where the first ； cuts off a single item although later ones stand together: that list cannot be read.
    """
    groups: list[list[Item]] = [[]]
    for item in items:
        groups[-1].append(item)
        if item.stop == _SEMICOLON:
            groups.append([])
    groups = [group for group in groups if group]
    if len(groups) <= 1 or all(len(group) == 1 for group in groups):
        return tuple(items)
    return tuple(groups[0]) if len(groups[0]) > 1 else ()


def add_up(items: Iterable[Item]) -> Number:
    """Return the sum of items."""
    return sum(item.value for item in items)


def running_sums(items: Iterable[Item]) -> set[Number]:
    """Return the sums of the first item, the first two, and so on."""
    sums: set[Number] = set()
    total: Number = 0
    for item in items:
        total += item.value
        sums.add(total)
    return sums


def written_sum(items: Iterable[Item]) -> str:
    """Return the addition as a reader would write it, such as 1＋2＋108."""
    return "＋".join(format_number(item.value) for item in items)

"""Paragraphs taken apart into sentences and clauses, with every counted figure marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from xl_disclosure.checks.narrative.figures import Figure, find_figures
from xl_disclosure.checks.narrative.phrases import FIRST_MARK, LAST_MARK, MARK

OF_WHICH = "其中"

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，！？"} | {0x3000: " "}
_LEFT_OUT = re.compile(f"(?:[ \t\r\f\v\u00a0\u200b\ufeff“”‘’\"'「」『』]|{MARK})+")
_TITLE = re.compile("《[^《》]+》")
_SENTENCE_END = re.compile("[。！？!?\n]")
_BRACKETS = re.compile(r"\([^()]*\)")
_CLAUSE_END = re.compile(f"[,，;:()。！？!?\n]|(?<={MARK})、")
_LAST_MARK = re.compile(f"({MARK})[,，]?$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年", re.ASCII)
_SHORTEST_EXCERPT = 12
_LONGEST_EXCERPT = 64


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold text in which each figure is one mark, with the place of each character in the whole marked paragraph."""

    text: str
    places: tuple[int, ...]

    def part(self, start: int, end: int) -> Marked:
        """Return the characters from ``start`` up to ``end``."""
        return Marked(self.text[start:end], self.places[start:end])


@dataclass(frozen=True, slots=True)
class Clause:
    """Hold one clause; ``stop`` is the mark that ends it.

    ``behind`` tells that it stands behind 其中 or in brackets; ``year`` is the year last named in the sentence.
    """

    marked: Marked
    stop: str
    behind: bool
    year: int | None

    @property
    def text(self) -> str:
        """Return the marked text."""
        return self.marked.text


@dataclass(frozen=True, slots=True)
class Aside:
    """Hold the clauses of one pair of brackets; ``after`` is the mark of the figure they explain, if any."""

    after: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence: its whole marked text, its clauses outside brackets, and those inside."""

    marked: Marked
    clauses: tuple[Clause, ...]
    asides: tuple[Aside, ...]

    @property
    def text(self) -> str:
        """Return the marked text, brackets and all."""
        return self.marked.text

    def up_to(self, clause: Clause) -> str:
        """Return the marked text up to the end of a clause."""
        last = clause.marked.places[-1] if clause.marked.places else 0
        return self.text[: bisect_right(self.marked.places, last)]

    @property
    def all_clauses(self) -> tuple[Clause, ...]:
        """Return every clause, those in brackets last."""
        return (*self.clauses, *(clause for aside in self.asides for clause in aside.clauses))


@dataclass(frozen=True, slots=True)
class ReadText:
    """Hold one paragraph as read: as it was, its figures, and its text with a mark for each figure.

    ``places`` say where each character of the marked text stands in the paragraph.
    """

    original: str
    figures: tuple[Figure, ...]
    marked: str
    places: tuple[int, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of the marked text."""
        return read_sentences(self.marked)

    def figure(self, mark: str) -> Figure:
        """Return the figure that a mark stands for."""
        return self.figures[ord(mark) - FIRST_MARK]

    def end_of(self, place: int) -> int:
        """Return the place behind the character or figure that begins at ``place``."""
        return next((figure.end for figure in self.figures if figure.start == place), place + 1)

    def words(self, marked: Marked) -> str:
        """Return what stands in the paragraph from the first to the last character of marked text."""
        if not marked.places:
            return ""
        start, end = self._span(marked)
        return self.original[start:end].strip()

    def excerpt(self, marked: Marked) -> str:
        """Return the words around marked text, cut short with … to fit a message."""
        start, end = self._span(marked)
        if end - start < _SHORTEST_EXCERPT:
            start = max(0, start - _SHORTEST_EXCERPT)
        words = self.original[start:end].strip()
        if len(words) > _LONGEST_EXCERPT:
            words = f"{words[: _LONGEST_EXCERPT // 2]}…{words[-_LONGEST_EXCERPT // 2 :]}"
        return words

    def _span(self, marked: Marked) -> tuple[int, int]:
        return self.places[marked.places[0]], self.end_of(self.places[marked.places[-1]])


def fold_digits(text: str) -> str:
    """Return text of the same length with half-width digits and marks, commas apart."""
    return text.translate(_FULL_WIDTH)


@lru_cache(maxsize=2048)
def read_text(original: str) -> ReadText:
    """Take a paragraph apart. Most of what units write is what the template offers all of them."""
    folded = fold_digits(original)
    figures = tuple(find_figures(folded))[: LAST_MARK - FIRST_MARK + 1]
    return ReadText(original, figures, *_mark(folded, figures))


@lru_cache(maxsize=2048)
def read_sentences(marked: str) -> tuple[Sentence, ...]:
    """Take a marked paragraph apart. Units whose figures alone differ have it in common."""
    whole = Marked(marked, tuple(range(len(marked))))
    return tuple(_read_sentence(part) for part in _cut(whole, _SENTENCE_END))


def _mark(folded: str, figures: tuple[Figure, ...]) -> tuple[str, tuple[int, ...]]:
    """Return the marked text of a paragraph and where each of its characters stands."""
    titles = [(title.start() + 1, title.end() - 1, "") for title in _TITLE.finditer(folded)]
    marks = [(figure.start, figure.end, chr(FIRST_MARK + number)) for number, figure in enumerate(figures)]
    left_out = [(*found.span(), "") for found in _LEFT_OUT.finditer(folded)]
    pieces: list[str] = []
    places: list[int] = []
    place = 0
    for start, end, mark in sorted([*titles, *marks, *left_out], key=itemgetter(0)):
        if start < place:
            continue  # within a title or figure
        pieces += (folded[place:start], mark)
        places += range(place, start)
        places += (start,) if mark else ()
        place = end
    pieces.append(folded[place:])
    places += range(place, len(folded))
    return "".join(pieces), tuple(places)


def _cut(marked: Marked, ends: re.Pattern[str]) -> Iterator[Marked]:
    """Give the parts between the ends, each with its end, blank ones left out."""
    start = 0
    for end in ends.finditer(marked.text):
        if end.start() > start:
            yield marked.part(start, end.end())
        start = end.end()
    if start < len(marked.text):
        yield marked.part(start, len(marked.text))


def _read_sentence(marked: Marked) -> Sentence:
    outer = Marked("", ())
    asides: list[Aside] = []
    start = 0
    for brackets in _BRACKETS.finditer(marked.text):
        outer = _join(outer, marked.part(start, brackets.start()))
        after = _LAST_MARK.search(outer.text)
        inner = marked.part(brackets.start() + 1, brackets.end() - 1)
        asides.append(Aside(after[1] if after else "", tuple(_clauses(inner, behind=True))))
        start = brackets.end()
    outer = _join(outer, marked.part(start, len(marked.text)))
    return Sentence(marked, tuple(_clauses(outer, behind=False)), tuple(asides))


def _clauses(marked: Marked, *, behind: bool) -> Iterator[Clause]:
    year: int | None = None
    for part in _cut(marked, _CLAUSE_END):
        ends = bool(_CLAUSE_END.search(part.text))
        text = part.part(0, len(part.text) - 1) if ends else part
        named = _YEAR.findall(text.text)
        year = int(named[-1]) if named else year
        behind = behind or OF_WHICH in text.text
        yield Clause(text, part.text[-1] if ends else "", behind, year)


def _join(first: Marked, second: Marked) -> Marked:
    return Marked(first.text + second.text, first.places + second.places)

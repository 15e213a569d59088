"""The chapter headings of a text, told from its other numbered paragraphs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.checks.narrative.numerals import read_numeral
from xl_disclosure.checks.narrative.sentences import fold_digits
from xl_disclosure.forms.narrative import Outline, Section
from xl_disclosure.forms.text import label_key

_NUMBERED = re.compile(r"\s*(?P<numeral>[一二三四五六七八九十]{1,3})\s*[、.](?!\d)\s*(?P<words>\S.*)")
_LONGEST = 40
_LIKENESS_OF_SAME_NUMBER = 0.35
_LIKENESS_OF_ANOTHER_NUMBER = 0.9


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold a short paragraph numbered 一、二、三 ..., with its number and the words behind it."""

    text: str
    number: int
    words: str

    def likeness(self, other: Heading) -> float:
        """Return how much of the words of two headings is the same, from 0 to 1."""
        return _likeness(self.words, other.words)

    def is_like(self, other: Heading) -> bool:
        """Tell whether it may be another heading, its wording or its number changed."""
        needed = _LIKENESS_OF_SAME_NUMBER if self.number == other.number else _LIKENESS_OF_ANOTHER_NUMBER
        return self.likeness(other) >= needed

    def is_same(self, other: Heading) -> bool:
        """Tell whether number and wording are the same, spaces and widths apart."""
        return label_key(self.text) == label_key(other.text)


@lru_cache(maxsize=2048)
def _likeness(words: str, others: str) -> float:
    return difflib.SequenceMatcher(None, words, others, autojunk=False).ratio()


@lru_cache(maxsize=2048)
def read_heading(text: str) -> Heading | None:
    """Return a paragraph as a heading; None where it is too long, not numbered, or goes on behind a full stop."""
    stripped = text.strip()
    found = _NUMBERED.fullmatch(fold_digits(stripped))
    if found is None or len(stripped) > _LONGEST or "。" in stripped[:-1]:
        return None
    number = read_numeral(found["numeral"])
    return Heading(stripped, number, found["words"]) if isinstance(number, int) else None


def official_headings(outline: Outline) -> tuple[tuple[Section, Heading], ...]:
    """Return the chapters of an outline with their headings, those without a number left out."""
    read = [(section, read_heading(section.heading)) for section in outline.sections if section.level == 1]
    return tuple((section, heading) for section, heading in read if heading is not None)


def chapter_starts(texts: Sequence[str], outline: Outline) -> Iterator[int]:
    """Give the positions of the paragraphs that are chapter headings.

    Where the outline's headings are fixed, those like one of them; otherwise those whose numbers go up from the last.
    """
    official = [heading for _, heading in official_headings(outline)]
    words = {heading.words for heading in official}
    last = 0
    for position, text in enumerate(texts):
        heading = read_heading(text)
        if heading is None:
            continue
        is_official = heading.words in words or any(heading.is_like(one) for one in official)
        if is_official if outline.exact_headings else heading.number > last:
            last = heading.number
            yield position

"""The paragraphs of a narrative, each with the chapter it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from xl_disclosure.checks.narrative.headings import chapter_starts
from xl_disclosure.checks.narrative.sentences import ReadText, read_text
from xl_disclosure.errors import Place
from xl_disclosure.forms.narrative import Outline
from xl_disclosure.returns.model import TextParagraph

HEADINGS_OF_A_WHOLE = 3
"""A text with fewer chapter headings is taken for an excerpt."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one paragraph, where it stood, and the heading of its chapter; a heading stands in its own chapter."""

    read: ReadText
    place: Place
    heading: str
    is_heading: bool

    @property
    def text(self) -> str:
        """Return the paragraph as it was."""
        return self.read.original


@dataclass(frozen=True)
class Chapter:
    """Hold one chapter: its heading and the paragraphs below it."""

    heading: str
    place: Place
    passages: tuple[Passage, ...]

    @cached_property
    def text(self) -> str:
        """Return the text below the heading, paragraphs on lines of their own."""
        return "\n".join(passage.text.strip() for passage in self.passages)


def read_passages(paragraphs: Sequence[TextParagraph], outline: Outline) -> tuple[Passage, ...]:
    """Read paragraphs in order, blank ones left out."""
    written = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    starts = set(chapter_starts([paragraph.text for paragraph in written], outline))
    passages: list[Passage] = []
    heading = ""
    for position, paragraph in enumerate(written):
        is_heading = position in starts
        heading = paragraph.text.strip() if is_heading else heading
        passages.append(Passage(read_text(paragraph.text), paragraph.place, heading, is_heading))
    return tuple(passages)


def with_figures(passages: Sequence[Passage], fewest: int = 1) -> list[Passage]:
    """Return the paragraphs with at least so many figures, in order."""
    return [passage for passage in passages if len(passage.read.figures) >= fewest]


def chapters(passages: Sequence[Passage]) -> Iterator[Chapter]:
    """Give the chapters in order; what stands above the first heading belongs to none."""
    starts = [position for position, passage in enumerate(passages) if passage.is_heading]
    for start, end in pairwise([*starts, len(passages)]):
        yield Chapter(passages[start].heading, passages[start].place, tuple(passages[start + 1 : end]))


def is_whole(passages: Sequence[Passage]) -> bool:
    """Tell whether the text has enough chapter headings to be the whole report rather than an excerpt."""
    return sum(passage.is_heading for passage in passages) >= HEADINGS_OF_A_WHOLE

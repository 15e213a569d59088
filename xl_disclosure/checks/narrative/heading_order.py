"""The chapter headings of a text held against those the official format fixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xl_disclosure.checks.narrative.headings import Heading, official_headings, read_heading
from xl_disclosure.checks.narrative.passages import Passage, is_whole
from xl_disclosure.checks.narrative.record import Failure, Record
from xl_disclosure.errors import Place

SECTIONS_RULE = "text.sections"

_NO_HEADINGS = "正文中没有章节标题"


@dataclass(frozen=True, slots=True)
class StandingHeading:
    """Hold a heading of the text and its paragraph's position and place."""

    heading: Heading
    position: int
    place: Place


@dataclass(frozen=True, slots=True)
class Deviation:
    """Hold one way in which the headings differ from the official ones; ``standing`` is None for a missing one."""

    said: str
    expected: str
    standing: StandingHeading | None


def check_headings(record: Record, passages: Sequence[Passage]) -> None:
    """Report in one finding all headings that are changed and, of a whole text, those missing, moved or added."""
    outline = record.edition.outline
    if not record.asks_for(SECTIONS_RULE) or not outline.exact_headings:
        return
    official = [heading for _, heading in official_headings(outline)]
    standing = [
        StandingHeading(heading, position, passage.place)
        for position, passage in enumerate(passages)
        if (heading := read_heading(passage.text)) is not None
    ]
    if _stand_as_printed(official, standing):
        record.used.add(SECTIONS_RULE)
        return
    kept = pair(official, standing)
    if not any(kept):
        record.skip(SECTIONS_RULE, _NO_HEADINGS)
        return
    record.used.add(SECTIONS_RULE)
    deviations = list(_changed(official, kept))
    if is_whole(passages):
        deviations += [*_missing(official, kept), *_added(official, kept, standing), *_moved(kept)]
    if deviations:
        record.fail(_failure(deviations))


def _stand_as_printed(official: Sequence[Heading], standing: Sequence[StandingHeading]) -> bool:
    """Tell whether the headings are plainly the official ones in their order; it may say no where they are."""
    is_distinct = len({heading.words for heading in official}) == len(official) > 0
    return is_distinct and [heading.text for heading in official] == [one.heading.text for one in standing]


def pair(official: Sequence[Heading], standing: Sequence[StandingHeading]) -> list[StandingHeading | None]:
    """Return for every official heading the one that stands for it in the text: the likest, each used once."""
    kept: list[StandingHeading | None] = [None] * len(official)
    likeness = [
        (standing_one.heading.likeness(expected), -standing_one.position, number, standing_one)
        for number, expected in enumerate(official)
        for standing_one in standing
        if standing_one.heading.is_like(expected)
    ]
    for _, _, number, candidate in sorted(likeness, key=lambda entry: entry[:3], reverse=True):
        if kept[number] is None and candidate not in kept:
            kept[number] = candidate
    return kept


def _changed(official: Sequence[Heading], kept: Sequence[StandingHeading | None]) -> Iterator[Deviation]:
    for expected, found in zip(official, kept, strict=True):
        if found is not None and not found.heading.is_same(expected):
            yield Deviation(f"“{found.heading.text}”应为“{expected.text}”", expected.text, found)


def _missing(official: Sequence[Heading], kept: Sequence[StandingHeading | None]) -> Iterator[Deviation]:
    for expected, found in zip(official, kept, strict=True):
        if found is None:
            yield Deviation(f"缺少“{expected.text}”", expected.text, None)


def _added(
    official: Sequence[Heading], kept: Sequence[StandingHeading | None], standing: Sequence[StandingHeading]
) -> Iterator[Deviation]:
    """Give the headings numbered beyond the official ones; a lower number may be a list within a chapter."""
    for found in standing:
        if found not in kept and found.heading.number > len(official):
            yield Deviation(f"多出“{found.heading.text}”", "", found)


def _moved(kept: Sequence[StandingHeading | None]) -> Iterator[Deviation]:
    found = [one for one in kept if one is not None]
    for before, after in pairwise(found):
        if after.position < before.position:
            said = f"“{after.heading.text}”应在“{before.heading.text}”之后"
            yield Deviation(said, after.heading.text, after)


def _failure(deviations: Sequence[Deviation]) -> Failure:
    found = [deviation.standing.heading.text for deviation in deviations if deviation.standing is not None]
    expected = [deviation.expected for deviation in deviations if deviation.expected]
    places = [deviation.standing.place for deviation in deviations if deviation.standing is not None]
    return Failure(
        rule=SECTIONS_RULE,
        place=places[0] if places else None,
        found="；".join(found),
        expected="；".join(expected),
        words={"said": "；".join(deviation.said for deviation in deviations)},
    )

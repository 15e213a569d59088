"""The chapter headings of a text held against those the official format fixes."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.checks.narrative.headings import Heading, official_headings, read_heading
from xl_disclosure.checks.narrative.passages import Passage, is_whole
from xl_disclosure.checks.narrative.record import Failure, Record

SECTIONS_RULE = "text.sections"

_NO_HEADINGS = "正文中没有章节标题"

Found = tuple[Passage, Heading]


def check_headings(record: Record, passages: Sequence[Passage]) -> None:
    """Report every fixed heading whose wording is changed and, of a whole text, what is missing, moved or added."""
    outline = record.edition.outline
    if not record.asks_for(SECTIONS_RULE) or not outline.exact_headings:
        return
    found = [(passage, heading) for passage in passages if (heading := read_heading(passage.text)) is not None]
    official = [heading for _, heading in official_headings(outline)]
    kept = [_find_like(heading, found) for heading in official]
    if not any(kept):
        record.skip(SECTIONS_RULE, _NO_HEADINGS)
        return
    record.used.add(SECTIONS_RULE)
    for expected, standing in zip(official, kept, strict=True):
        if standing is not None and not standing[1].is_same(expected):
            _report(record, standing, f"标题“{standing[1].text}”", expected.text)
    if is_whole(passages):
        _check_whole(record, passages, official, kept, found)


def _check_whole(
    record: Record, passages: Sequence[Passage], official: list[Heading], kept: list[Found | None], found: list[Found]
) -> None:
    for expected, standing in zip(official, kept, strict=True):
        if standing is None:
            _report(record, None, f"缺少标题“{expected.text}”", expected.text)
    for standing in found:
        if standing[1].number > len(official) and standing not in kept:
            _report(record, standing, f"多出标题“{standing[1].text}”", "")
    places = [passages.index(standing[0]) for standing in kept if standing is not None]
    if places != sorted(places):
        order = "、".join(standing[0].text.strip() for standing in kept if standing is not None)
        _report(record, None, "标题的先后次序", order)


def _find_like(expected: Heading, found: list[Found]) -> Found | None:
    """Return the paragraph that is the heading: the one of its very wording, otherwise the first like it."""
    like = [standing for standing in found if standing[1].is_like(expected)]
    same = [standing for standing in like if standing[1].is_same(expected)]
    return next(iter(same or like), None)


def _report(record: Record, standing: Found | None, said: str, expected: str) -> None:
    place = standing[0].place if standing is not None else None
    text = standing[1].text if standing is not None else ""
    should = f"应为“{expected}”" if expected else "官方格式没有这一部分"
    record.fail(Failure(SECTIONS_RULE, place, text, expected, {"said": said, "should": should}))

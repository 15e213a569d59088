"""What the official format demands of a chapter's text: length, subjects, and that it says something of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from xl_disclosure.checks.narrative.passages import Chapter, Passage, chapters, is_whole
from xl_disclosure.checks.narrative.phrases import is_found
from xl_disclosure.checks.narrative.record import Failure, Record
from xl_disclosure.forms.claims import SectionClaim
from xl_disclosure.forms.rules import Severity
from xl_disclosure.forms.text import label_key

LENGTH_RULE = "text.length"
POINTS_RULE = "text.points"
FEE_RULE = "text.fee"
PROBLEMS_RULE = "text.problems"

_RULES = (LENGTH_RULE, POINTS_RULE, FEE_RULE, PROBLEMS_RULE)
_NO_CHAPTERS = "正文没有分章的标题，可能只是摘录"
_NO_CHAPTER = "正文中没有找到这一章"
_COUNTED_AS_ONE = re.compile(r"[A-Za-z0-9.,%:/_-]+|\S")
_NONE = "(?:我局|本机关|本单位|本年度|目前|暂)?(?:无|没有|不存在|未发现)(?:主要|突出|明显)?(?:问题)?"
_SAYS_NOTHING = re.compile(rf"(?:\W|{_NONE})*")


def check_chapter_demands(
    record: Record, passages: Sequence[Passage], last_year_passages: Sequence[Passage] | None
) -> None:
    """Hold the chapters of a whole text against the edition's demands; of an excerpt nothing is said."""
    if not is_whole(passages):
        for rule in _RULES:
            record.skip(rule, _NO_CHAPTERS)
        return
    before = list(chapters(last_year_passages or ()))
    found = list(chapters(passages))
    for rule in _RULES:
        record.skip(rule, _NO_CHAPTER)
    for claim in record.claims.sections:
        chapter = _find_chapter(claim, found)
        if chapter is not None:
            _check_length(record, claim, chapter)
            _check_points(record, claim, chapter)
            _check_mention(record, claim, chapter)
            _check_own_words(record, claim, chapter, _find_chapter(claim, before))


@lru_cache(maxsize=1024)
def count_characters(text: str) -> int:
    """Return the length of a text as word processors count it: each Chinese character or mark, each Latin word."""
    return len(_COUNTED_AS_ONE.findall(text))


def _find_chapter(claim: SectionClaim, found: Sequence[Chapter]) -> Chapter | None:
    return next((chapter for chapter in found if _is_found(claim.heading, label_key(chapter.heading))), None)


def _check_length(record: Record, claim: SectionClaim, chapter: Chapter) -> None:
    if not claim.longest or not record.asks_for(LENGTH_RULE):
        return
    record.used.add(LENGTH_RULE)
    if len(chapter.text) <= claim.longest:
        return
    length = count_characters(chapter.text)
    if length > claim.longest:
        words = {"chapter": chapter.heading, "over": str(length - claim.longest)}
        record.fail(Failure(LENGTH_RULE, chapter.place, length, claim.longest, words))


def _check_points(record: Record, claim: SectionClaim, chapter: Chapter) -> None:
    if not claim.points or not record.asks_for(POINTS_RULE):
        return
    record.used.add(POINTS_RULE)
    missing = _not_found(claim.points, chapter)
    if missing:
        words = {"chapter": chapter.heading, "missing": "、".join(missing)}
        covered = "、".join(point for point in claim.points if point not in missing)
        record.fail(Failure(POINTS_RULE, chapter.place, covered, "、".join(claim.points), words))


def _check_mention(record: Record, claim: SectionClaim, chapter: Chapter) -> None:
    if not claim.mentions or not record.asks_for(FEE_RULE):
        return
    record.used.add(FEE_RULE)
    missing = _not_found(claim.mentions, chapter)
    if missing:
        record.fail(Failure(FEE_RULE, chapter.place, None, "、".join(missing), {"chapter": chapter.heading}))


def _not_found(subjects: Mapping[str, str], chapter: Chapter) -> list[str]:
    return [subject for subject, pattern in subjects.items() if not _is_found(pattern, chapter.text)]


_is_found = lru_cache(maxsize=2048)(is_found)


def _check_own_words(record: Record, claim: SectionClaim, chapter: Chapter, before: Chapter | None) -> None:
    if not claim.repeated or not record.asks_for(PROBLEMS_RULE):
        return
    record.used.add(PROBLEMS_RULE)
    if _SAYS_NOTHING.fullmatch(chapter.text):
        words = {"chapter": chapter.heading, "what": "没有内容，或只写“无”"}
        record.fail(Failure(PROBLEMS_RULE, chapter.place, chapter.text, None, words))
    elif before is not None:
        likeness = _likeness(chapter.text, before.text)
        if likeness >= claim.repeated:
            words = {"chapter": chapter.heading, "what": f"与上年报告的文字 {likeness}% 相同"}
            record.fail(Failure(PROBLEMS_RULE, chapter.place, likeness, None, words), Severity.WARN)


def _likeness(text: str, other: str) -> int:
    """Return how much of two texts is the same, in per cent, figures left out of account."""
    from rapidfuzz import fuzz

    first, second = (re.sub(r"\d", "", label_key(one)) for one in (text, other))
    return round(fuzz.ratio(first, second))

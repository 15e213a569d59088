"""Years left over from another report: in sentences on the year's work, the period covered, and the signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.checks.narrative.numerals import read_numeral
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import is_found
from xl_disclosure.checks.narrative.record import Failure, Record, Terms
from xl_disclosure.checks.narrative.sentences import ReadText, Sentence, fold_digits, read_sentences
from xl_disclosure.forms.claims import YearWords
from xl_disclosure.forms.text import label_key

YEAR_RULE = "text.year"

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年", re.ASCII)
_OPENING_YEAR = re.compile(r"(?:…|截[至止]到?)?((?:19|20)\d{2})年(?!以来|起|[前底至—-]|\d{1,2}月(?!31日))", re.ASCII)
_PERIOD = re.compile(
    "统计(?:期限|时限|时段|时间)[^自为从是]{0,4}[自为从是](?P<first>[^起至到-]+?)起?[至到-](?P<last>[^。]+)"
)
_DAY = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日|(?P<broken>\d{4}月\d{1,2}日)", re.ASCII)
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"(?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}})年{_NUMERAL}月{_NUMERAL}日"
_SIGNATURE = re.compile(rf"(?:^|[。\n])(?P<signer>[^。,，;\d\n]{{0,40}}?){_DATE}$", re.ASCII | re.MULTILINE)
_SIGNER = re.compile("(?:局|办|委|室|府|厅|院|部|会|中心|区|县|市|州|省|镇|乡|街道|处|站|所|队)$")
_SPACES = re.compile("[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class DatedWords:
    """Hold words of the text with the year found in them, the year expected, and what it is the year of."""

    said: str
    excerpt: str
    found: int | str
    expected: int | str


Dated = tuple[str, int | str, int | str]
"""Of dated words what they are the year of, the year found and the one expected."""


def check_years(record: Record, passages: Sequence[Passage]) -> None:
    """Hold the years of a text against the reporting year."""
    if not record.asks_for(YEAR_RULE):
        return
    if record.year is None:
        record.skip(YEAR_RULE, "没有读到报告年度")
        return
    for passage in passages:
        for dated in find_dated_words(record.terms, passage.read, record.returned.unit, record.year):
            record.used.add(YEAR_RULE)
            if dated.found != dated.expected:
                words = {"excerpt": dated.excerpt, "said": dated.said}
                record.fail(Failure(YEAR_RULE, passage.place, dated.found, dated.expected, words))


def find_dated_words(terms: Terms, read: ReadText, unit: str, year: int) -> Iterator[DatedWords]:
    """Give the sentences, periods and signatures of a paragraph that should be of the reporting year, or the next."""
    for sentence, said, found, expected in _dated_sentences(terms, read.marked, year):
        yield DatedWords(said, read.excerpt(sentence.marked), found, expected)
    if "日" not in read.original:
        return
    for signer, said, signed in _signed_lines(read.original):
        if not signer or label_key(signer) == label_key(unit) or _SIGNER.search(signer):
            yield DatedWords("落款年份", said, signed, year + 1)


@lru_cache(maxsize=2048)
def _dated_sentences(terms: Terms, paragraph: str, year: int) -> tuple[tuple[Sentence, *Dated], ...]:
    """Return the sentences of a marked paragraph that should be of some year."""
    return tuple(
        (sentence, *dated)
        for sentence in read_sentences(paragraph)
        for dated in (*_opening_years(sentence.text, terms.claims.years, year), *_periods(sentence.text, year))
    )


def _opening_years(text: str, words: YearWords, year: int) -> Iterator[Dated]:
    """Give the year that opens a sentence on the year's own work or on plans; nothing where it compares years."""
    opening = _OPENING_YEAR.match(text)
    if opening is None or is_found(words.compared, text):
        return
    named = {int(one) for one in _YEAR.findall(text)}
    if is_found(words.planned, text):
        yield "今后打算的年份", max(named), max(year + 1, *named)
    elif is_found(words.stated, text):
        yield "本年情况的年份", year if year in named else int(opening[1]), year


def _periods(text: str, year: int) -> Iterator[Dated]:
    """Give the first and last day of the period that figures cover; a day without its year is left alone."""
    period = _PERIOD.search(text)
    if period is None:
        return
    for said, part, expected in (("统计期限起始日", "first", "1月1日"), ("统计期限截止日", "last", "12月31日")):
        day = _DAY.match(period[part])
        if day is not None:
            found = day["broken"] or f"{day['year']}年{int(day['month'])}月{int(day['day'])}日"
            yield said, found, f"{year}年{expected}"


@lru_cache(maxsize=2048)
def _signed_lines(text: str) -> tuple[tuple[str, str, int], ...]:
    """Return the dates that stand alone or at the end of a line: what stands before, the whole line, and the year."""
    found: list[tuple[str, str, int]] = []
    for signature in _SIGNATURE.finditer(_SPACES.sub("", fold_digits(text))):
        signed = read_numeral(signature["year"])
        if isinstance(signed, int):
            found.append((signature["signer"], signature.group().strip("。\n"), signed))
    return tuple(found)

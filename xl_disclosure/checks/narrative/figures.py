"""Counted figures in prose: a numeral with its counter, such as 12件 or 一百二十三条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xl_disclosure.checks.narrative.numerals import ARABIC_NUMERAL, CHINESE_NUMERAL, read_numeral
from xl_disclosure.returns.model import Number

PERCENT = "%"

# Each counter with the characters that, following it, make another word of it (12个工作日, 第20条例, 3项目).
_COUNTERS = {
    "人次": "",
    "件次": "",
    "批次": "",
    "场次": "",
    "班次": "",
    "人": "员民均数大才社力口工",
    "名": "单称录",
    "件": "套",
    "条": "例款线目",
    "宗": "",
    "起": "草来诉到步因源点始至",
    "项": "目",
    "次": "性年日序",
    "个": "工月小体人别性方",
    "篇": "",
    "份": "额",
    "期": "间限末内",
    "批": "",
    "家": "庭级属园",
    "场": "所地景监",
    "部": "门分委署级",
    "册": "",
    "例": "如外会",
    "元": "",
    PERCENT: "",
}
_VAGUE_BEFORE = "近|约|逾|超过?|不足|大约|至少|(?<=[\\d一二三四五六七八九十百千])[-—–~至到]"
_VAGUE_AFTER = "[余多来几]"
_NO_COUNT = "一(?:件事|条龙|次性|条条|件件|项项|个个|人一|家一)"
_FIRST = "近约逾超不大至到\\-—–~\\d零〇一二两三四五六七八九十百千万亿"
"""What a figure or the word before it opens with: few characters of a text do."""
_PART_OF_NUMERAL = "第.零〇一二两三四五六七八九十百千万亿"


def _one_of(counters: dict[str, str]) -> str:
    return "|".join(name + (f"(?![{barred}])" if barred else "") for name, barred in counters.items())


_FIGURE = re.compile(
    rf"(?=[{_FIRST}])"
    rf"(?!{_NO_COUNT})"
    rf"(?P<vague>{_VAGUE_BEFORE})?"
    rf"(?<![\d{_PART_OF_NUMERAL}])"
    rf"(?P<numeral>{ARABIC_NUMERAL}|{CHINESE_NUMERAL})"
    rf"[ \u00a0]*(?P<more>{_VAGUE_AFTER})?(?P<scale>[万亿])?[ \u00a0]*"
    rf"(?P<counter>{_one_of(_COUNTERS)})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one counted figure; ``start`` and ``end`` are its place in the text it was found in.

    ``vague`` figures (近1000条, 30余件, 3至5次) say too little to be held against anything.
    """

    value: Number
    counter: str
    start: int
    end: int
    vague: bool = False
    chinese: bool = False


def find_figures(text: str) -> Iterator[Figure]:
    """Give the counted figures of a text with half-width digits, in order; 万元 and 亿元 are read as 元."""
    for found in _FIGURE.finditer(text):
        numeral = found["numeral"]
        value = read_numeral(numeral + (found["scale"] or ""))
        if value is None:
            continue
        vague = bool(found["vague"] or found["more"])
        yield Figure(value, found["counter"], found.start("numeral"), found.end(), vague, not numeral[0].isdigit())

"""The line of help above 报告正文, which tells how long a chapter of limited length is while it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xl_disclosure.forms.model import Edition
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import BODY_FIRST_ROW

_HELP = (
    "一行一段，可以增删、改写；同一章的各段连着写。"
    "引用数据写成 {{ 年度 }}、{{ 单位 }} 或 {{ 指标名称 }}，生成报告时换成表中的数。"
)
_LENGTH = "“%s”现有约%s字，应在%s字以内%s。"
_TOO_LONG = "，请删减"
_COUNTED_ROWS = 5000


def narrative_help(edition: Edition, lines: Sequence[tuple[str, str]]) -> CellContent:
    """Return the line of help over the given lines of (chapter, text).

    Where the edition limits the length of a chapter it is a formula. Characters are counted as they stand in the sheet,
    fields and paragraphs that are not used included.
    """
    shown, formula = _HELP, f'"{_HELP}"'
    for heading, longest in _limited(edition):
        length = sum(len(text) for section, text in lines if section == heading)
        counted = _counted(heading)
        excess = f'"&IF({counted}>{longest},"{_TOO_LONG}","")&"'
        shown += _LENGTH % (heading, length, longest, _TOO_LONG if length > longest else "")
        formula += '&"' + _LENGTH % (heading, f'"&{counted}&"', longest, excess) + '"'
    return CellContent(shown, formula=formula) if shown != _HELP else CellContent(shown)


def _limited(edition: Edition) -> Iterator[tuple[str, int]]:
    """Give the heading and the greatest length of each chapter of limited length."""
    for claim in edition.claims.sections:
        for section in edition.outline.sections:
            if claim.longest and re.search(claim.heading, section.heading):
                yield section.heading, claim.longest


def _counted(heading: str) -> str:
    first, last = BODY_FIRST_ROW + 1, BODY_FIRST_ROW + _COUNTED_ROWS
    return f'SUMPRODUCT(($A${first}:$A${last}="{heading}")*LEN($B${first}:$B${last}))'

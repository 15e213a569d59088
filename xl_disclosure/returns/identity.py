"""Whose return a file is and of which year, from its cover, its titles, its signatures and its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, zip_longest
from pathlib import PurePath

from xl_disclosure.forms.cover import COVER_FIELDS
from xl_disclosure.forms.text import fold_width
from xl_disclosure.returns.model import TextParagraph
from xl_disclosure.returns.sources.document import Position, SourceTable

FIRST_YEAR = 2008
"""The year the 条例 came into force."""

LAST_YEAR = 2100

LONGEST_TITLE = 80
LONGEST_UNIT = 40
LONGEST_SIGNATURE = 200

FURTHER_LABELS = {"填报单位": "unit", "填表单位": "unit", "填表人": "preparer", "填表日期": "date"}
"""Wordings of cover fields on printed forms, besides those of our own cover."""

_LABELS = {**{label: code for code, label in COVER_FIELDS.items()}, **FURTHER_LABELS}
_LABEL_PATTERN = "|".join(r"\s*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
_SIGNATURE = re.compile(rf"({_LABEL_PATTERN})\s*(?:\((?:盖章|公章|签章|签字)\))?\s*:")
_SPACE = re.compile(r"\s+")
_CHINESE_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LONGEST_BARE = max(map(len, (*_LABELS, "(2024年度)")))
"""Characters of a text that is telling by itself alone: a cover field or a year."""

_TITLE = re.compile(
    r"(?:政府)?信息公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报|统计表|统计报表)|附表"
)
_FORM_TITLE = re.compile(r"表(?:\(?\d{4}年度?\)?)?$")
_YEAR = re.compile(r"(\d{4})年度?")
_YEAR_IN_DIGITS = re.compile(r"(\d{4})")
_YEAR_ALONE = re.compile(r"\(?(\d{4})年度?\)?")
_PERIOD = re.compile(r"(\d{4})年1月1日起?(?:至|到|-|—|~)(?:\d{4}年)?12月31日")
_BEFORE_UNIT = re.compile(r"^(?:附件?\d*[:.]?|关于|[\d_\-.]+)+")
_AFTER_UNIT = re.compile(r"(?:关于|的)+$")
_PUNCTUATION = re.compile(r"[,。;:!?、]")
_NO_UNIT = re.compile(r"[,。;:!?、]|^(?:我|本)(?:局|委|办|市|县|区|镇|乡|机关|单位|部门)")
_ANNEX = re.compile(r"附件?\d*:?")


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold the unit, blank when nothing names it, the year, and the fields of the cover."""

    unit: str
    year: int | None
    cover: Mapping[str, str]


def identify(file: str, sources: Sequence[SourceTable], paragraphs: Sequence[TextParagraph]) -> Identity:
    """Return whose return a file is, what it says itself before what its name says."""
    telling = [cell for source in sources for cell in _telling_cells(source)]
    cover = dict(_cover_fields(telling, paragraphs))
    texts = [_compact(text) for _, _, text in telling]
    texts.extend(_compact(paragraph.text) for paragraph in paragraphs if _is_telling(paragraph.text))
    titles = [_split_title(text) for text in texts if _is_title(text)]
    named = _compact(PurePath(file).stem)
    own_name = _split_title(named) if _TITLE.search(named) else ("", _find_year(_YEAR, named))
    units = chain(
        (cover.get("unit", ""),), (unit for unit, _ in titles), _units_above_titles(sources, paragraphs), own_name[:1]
    )
    years = chain(
        (_find_year(_YEAR_IN_DIGITS, _compact(cover.get("year", ""))),),
        (year for _, year in titles),
        (_find_year(_YEAR_ALONE, text) for text in texts if _YEAR_ALONE.fullmatch(text)),
        (_find_year(_PERIOD, text) for text in texts),
        own_name[1:],
    )
    unit = next((unit for unit in units if unit), "")
    return Identity(unit, next((year for year in years if year), None), cover)


def is_apparatus(text: str) -> bool:
    """Tell whether a paragraph belongs to the printed form (its title, year, signatures), not to the narrative."""
    compact = _compact(text)
    is_form_title = _is_title(compact) and _FORM_TITLE.search(compact)
    if is_form_title or _ANNEX.fullmatch(compact) or _YEAR_ALONE.fullmatch(compact):
        return True
    return len(text) <= LONGEST_SIGNATURE and _SIGNATURE.match(fold_width(text).strip()) is not None


def signature_fields(text: str) -> Iterator[tuple[str, str]]:
    """Give (cover field, value) for each label with a colon in a line such as 审核人：某某 填报人：某某."""
    yield from _signature_fields(text)


@lru_cache(maxsize=4096)
def _signature_fields(text: str) -> tuple[tuple[str, str], ...]:
    folded = fold_width(text)
    found = list(_SIGNATURE.finditer(folded)) if ":" in folded else []
    fields: list[tuple[str, str]] = []
    for label, following in zip_longest(found, found[1:]):
        value = folded[label.end() : following.start() if following else len(folded)]
        fields.append((_LABELS[_SPACE.sub("", label[1])], value.strip(" \t\n;,。")))
    return tuple(fields)


def _cover_fields(
    telling: Sequence[tuple[SourceTable, Position, str]], paragraphs: Sequence[TextParagraph]
) -> Iterator[tuple[str, str]]:
    """Give the cover fields that have a value; the first that states one counts, so they come in reverse."""
    found: list[tuple[str, str]] = []
    for source, position, cell in telling:
        if len(cell) <= LONGEST_SIGNATURE:
            found.extend(_cell_fields(source, position, cell))
    for paragraph in paragraphs:
        if len(paragraph.text) <= LONGEST_SIGNATURE:
            found.extend(signature_fields(paragraph.text))
    return reversed([(code, value) for code, value in found if value])


def _cell_fields(source: SourceTable, position: Position, cell: str) -> Iterator[tuple[str, str]]:
    """Give the fields a cell states itself, or for a bare label what stands in the next cell."""
    fields = _fields_in(cell)
    for number, (name, value) in enumerate(fields, start=1):
        if value or number < len(fields):
            yield name, value
            continue
        row, column = position
        width = source.spans.get(position, (1, 1))[1]
        following = source.shown((row, column + width))
        yield name, "" if fold_width(following).endswith(":") else following


@lru_cache(maxsize=4096)
def _fields_in(cell: str) -> tuple[tuple[str, str], ...]:
    code = _LABELS.get(_SPACE.sub("", fold_width(cell)).rstrip(":"))
    return ((code, ""),) if code else _signature_fields(cell)


def _texts(sources: Sequence[SourceTable], paragraphs: Sequence[TextParagraph]) -> Iterator[str]:
    for source in sources:
        for _, text in source.content.texts:
            yield text
    for paragraph in paragraphs:
        yield paragraph.text


@lru_cache(maxsize=4096)
def _compact(text: str) -> str:
    folded = _SPACE.sub("", fold_width(text))
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), folded)


@lru_cache(maxsize=4096)
def _is_title(text: str) -> bool:
    if len(text) > LONGEST_TITLE or _PUNCTUATION.search(text.partition(":")[2] or text):
        return False
    found = _TITLE.search(text)
    return found is not None and (found.end() == len(text) or _YEAR_ALONE.fullmatch(text[found.end() :]) is not None)


@lru_cache(maxsize=8192)
def _is_telling(text: str) -> bool:
    """Tell whether a text by itself says anything of the unit or the year: a cover field, a title, a year, a period."""
    compact = _compact(text)
    is_dated = _YEAR_ALONE.fullmatch(compact) is not None or _PERIOD.search(compact) is not None
    return is_dated or _is_title(compact) or (len(text) <= LONGEST_SIGNATURE and bool(_fields_in(text)))


def _telling_cells(source: SourceTable) -> list[tuple[SourceTable, Position, str]]:
    """Return the cells with a telling text, which few of a long list can be."""
    content = source.content
    telling = {text for text, key in content.keys.items() if _may_tell(key) and _is_telling(text)}
    return [(source, position, cell) for position, cell in content.texts if cell in telling] if telling else []


def _may_tell(key: str) -> bool:
    """Tell whether a text with such a key can be telling, without looking closely."""
    return len(key) <= _LONGEST_BARE or ":" in key or "信息公开" in key or "附表" in key or "年1月1日" in key


def _split_title(text: str) -> tuple[str, int | None]:
    """Return the unit, blank when it is not named, and the year of a title such as 某局2021年度…年度报告."""
    found = _TITLE.search(text)
    head = text[: found.start()] if found else text
    year = _YEAR.search(head)
    unit = head[: year.start()] or head[year.end() :] if year else head
    unit = _AFTER_UNIT.sub("", _BEFORE_UNIT.sub("", unit))
    is_named = unit and len(unit) <= LONGEST_UNIT and not _NO_UNIT.search(unit)
    return unit if is_named else "", _find_year(_YEAR, text)


def _units_above_titles(sources: Sequence[SourceTable], paragraphs: Sequence[TextParagraph]) -> Iterator[str]:
    """Give the line above the first title that leaves the unit out, when it can be a unit's name."""
    texts = [_compact(text) for text in _texts(sources, paragraphs)]
    for above, text in pairwise(texts):
        if _is_title(text) and not _split_title(text)[0] and 0 < len(above) <= LONGEST_UNIT:
            yield "" if _NO_UNIT.search(above) or _is_title(above) else above
            return


def _find_year(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None

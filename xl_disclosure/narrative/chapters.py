"""The lines of 报告正文 put in order under the chapters of an outline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.decode import nearest
from xl_disclosure.forms.narrative import Outline, Section
from xl_disclosure.forms.text import label_key
from xl_disclosure.narrative.printable import one_line
from xl_disclosure.returns.own_book import NARRATIVE_SHEET

_NUMERAL = re.compile(r"\s*([一二三四五六七八九十]+)\s*[、,，.．]")
_DIGITS = "一二三四五六七八九"
_BEYOND_NUMERALS = 1000


@dataclass(frozen=True, slots=True)
class TextRow:
    """Hold one line of 报告正文: what stands in its first three columns, and in which row of which file."""

    section: str
    text: str
    condition: str
    file: str
    row: int

    @property
    def section_place(self) -> Place:
        """Return where the chapter stands."""
        return self._place(0)

    @property
    def text_place(self) -> Place:
        """Return where the text stands."""
        return self._place(1)

    @property
    def condition_place(self) -> Place:
        """Return where the condition stands."""
        return self._place(2)

    def _place(self, column: int) -> Place:
        return Place(self.file, NARRATIVE_SHEET, cell_name(self.row, column))


@dataclass(frozen=True, slots=True)
class ChapterRows:
    """Hold one chapter: its heading as it is to be printed, its part of the outline if any, and its lines."""

    heading: str
    section: Section | None
    rows: tuple[TextRow, ...]

    @property
    def place(self) -> Place:
        """Return where the heading stands; no place where no line names the chapter."""
        return next((row.section_place for row in self.rows if row.section.strip()), Place())


def section_of(outline: Outline, heading: str) -> Section | None:
    """Return the part of the outline that a 章节 means: that of its numeral or, without one, of its wording."""
    return _sections(outline).get(_number(heading) or _unnumbered(outline).get(label_key(heading), 0))


def arrange(outline: Outline, rows: tuple[TextRow, ...]) -> tuple[tuple[TextRow, ...], tuple[ChapterRows, ...]]:
    """Return the lines of the opening, and the chapters in the order of their numerals.

    A line belongs to the chapter of the same numeral as its 章节 (without one, of the same wording), or to that of the
    line above where 章节 is blank.
    Lines before the first chapter are the opening. Where the outline leaves headings free, the clerk's wording is used
    and further chapters may be added.
    Raises InputError naming the cell of a 章节 that is not recognised.
    """
    sections, unnumbered = _sections(outline), _unnumbered(outline)
    opening: list[TextRow] = []
    by_number: dict[int, list[TextRow]] = {number: [] for number in sections}
    current = opening
    for row in rows:
        number = _number(row.section) or unnumbered.get(label_key(row.section), 0)
        if number:
            current = by_number.setdefault(number, [])
        elif row.section.strip() and current is not opening:
            raise _refuse_section(row, outline)
        if number and outline.exact_headings and number not in sections:
            raise _refuse_section(row, outline)
        current.append(row)
    chapters = [
        ChapterRows(_heading(sections.get(number), found, outline), sections.get(number), tuple(found))
        for number, found in sorted(by_number.items())
    ]
    return tuple(opening), tuple(chapters)


def _sections(outline: Outline) -> dict[int, Section]:
    unnumbered = _unnumbered(outline)
    return {_number(section.heading) or unnumbered[label_key(section.heading)]: section for section in outline.sections}


def _unnumbered(outline: Outline) -> dict[str, int]:
    """Return a place behind all numerals for each heading without one, by what is the same in all its wordings."""
    headings = [section.heading for section in outline.sections if not _number(section.heading)]
    return {label_key(heading): _BEYOND_NUMERALS + place for place, heading in enumerate(headings)}


def _heading(section: Section | None, rows: list[TextRow], outline: Outline) -> str:
    wordings = [one_line(row.section) for row in rows if row.section.strip()]
    if section is None:
        return wordings[0]
    if outline.exact_headings:
        return section.heading
    changed = [wording for wording in wordings if label_key(wording) != label_key(section.heading)]
    return changed[0] if changed else section.heading


@lru_cache(maxsize=1024)
def _number(heading: str) -> int:
    """Return the number a heading starts with, such as 12 for 十二、; 0 when there is none."""
    found = _NUMERAL.match(heading)
    if found is None:
        return 0
    tens, ten, ones = found[1].rpartition("十")
    if not ten:
        return _DIGITS.find(ones) + 1
    return 10 * (_DIGITS.find(tens) + 1 if tens else 1) + _DIGITS.find(ones or "〇") + 1


def _refuse_section(row: TextRow, outline: Outline) -> InputError:
    headings = [section.heading for section in outline.sections]
    suggestion = nearest(row.section, headings)
    remedy = f"改为“{suggestion}”" if suggestion else f"改为下列之一：{'、'.join(headings)}"
    if not outline.exact_headings:
        remedy = f"{remedy}；另加一章的，以序号开头，例如“{headings[-1][:2]}”"
    return InputError(f"没有认出章节“{row.section.strip()}”", remedy, row.section_place)

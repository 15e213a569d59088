"""One unit's annual report, ready to be set in Word or on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.model import Edition, FactAddress, FormSheet
from xl_disclosure.narrative.chapters import ChapterRows, TextRow, arrange
from xl_disclosure.narrative.conditions import holds
from xl_disclosure.narrative.context import NOTHING_FURTHER, Context
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.fields import collect_fields
from xl_disclosure.narrative.printable import one_line, split_lines
from xl_disclosure.narrative.tables import PrintedTable, print_table
from xl_disclosure.narrative.text import fill_in
from xl_disclosure.returns.model import Entry, Return

BODY_LEVEL = 0
LONGEST_HEADING = 40
"""A line that starts with （一） or 1. and is no longer than this, in characters, is a heading."""

LONGEST_TITLE_LINE = 20
"""Characters of size 二号 that go on one line."""

_GOES_ON = ("；", ";", "，", ",", "：", ":")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_THIRD_LEVEL = re.compile(r"\d{1,2}[.．、]")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one paragraph and the cell it comes from; ``level`` is 2 or 3 for a heading within a chapter, 0 for text."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Chapter:
    """Hold one chapter: its heading and where that stands, its paragraphs, and the official table printed in it."""

    heading: str
    lines: tuple[Line, ...]
    table: PrintedTable | None
    place: Place


@dataclass(frozen=True, slots=True)
class Annex:
    """Hold the statistics form printed behind the text: 附件1, its title, and its tables."""

    heading: str
    title: str
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold everything a report says. ``cover`` maps the codes of the cover's fields to what stands there."""

    edition: Edition
    unit: str
    year: int
    title: str
    opening: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    annex: Annex | None
    cover: Mapping[str, str]
    entries: Mapping[FactAddress, Entry]

    @property
    def title_lines(self) -> tuple[str, ...]:
        """Return the title in lines: one too long for a line breaks behind the unit's name, not in a word."""
        rest = self.title.removeprefix(self.unit)
        if len(self.title) <= LONGEST_TITLE_LINE or rest in ("", self.title):
            return (self.title,)
        return (self.unit, rest)


def build_report(
    edition: Edition, returned: Return, rows: tuple[TextRow, ...], context: Context = NOTHING_FURTHER
) -> Report:
    """Return the report of one unit: its text with every field filled in, its tables with their figures.

    Args:
        edition: the edition whose outline and tables are used.
        returned: the unit's facts and its cover.
        rows: the lines of 报告正文 in order.
        context: what the text may draw on beside them: the registers' groups, earlier years, a roll-up's units.

    Raises:
        InputError: unit or year are missing, or a line of the text names an unknown or blank field, states a broken
            condition or belongs to no chapter; with sheet, cell and remedy.
    """
    unit, year = _require_cover(returned)
    writer = _Writer(edition, returned, year, collect_fields(edition, returned, context))
    opening, chapters = arrange(edition.outline, rows)
    return Report(
        edition=edition,
        unit=unit,
        year=year,
        title=writer.fill_in_outline(edition.outline.title),
        opening=writer.write(opening),
        chapters=writer.write_chapters(chapters),
        annex=writer.print_annex(),
        cover=_cover(returned, unit, year),
        entries=returned.entries,
    )


def _cover(returned: Return, unit: str, year: int) -> dict[str, str]:
    stated = {code: one_line(returned.cover.get(code, "")) for code in COVER_FIELDS}
    return {**stated, "unit": unit, "year": str(year)}


def _require_cover(returned: Return) -> tuple[str, int]:
    place = Place(file=returned.file, sheet=COVER_SHEET)
    unit = one_line(returned.unit)
    if not unit:
        raise InputError("没有填单位名称", f"在“{COVER_SHEET}”填写{COVER_FIELDS['unit']}", place)
    if returned.year is None:
        raise InputError("没有填报告年度", f"在“{COVER_SHEET}”填写{COVER_FIELDS['year']}，例如 2024", place)
    return unit, returned.year


@dataclass(frozen=True, slots=True)
class _Writer:
    edition: Edition
    returned: Return
    year: int
    fields: Fields

    def fill_in_outline(self, text: str) -> str:
        return fill_in(text, self.fields, Place(file=f"版式 {self.edition.id}", cell="报告提纲"))

    def write(self, rows: tuple[TextRow, ...]) -> tuple[Line, ...]:
        lines: list[Line] = []
        for row in rows:
            if not holds(row.condition, self.edition, self.fields, row.condition_place):
                continue
            for text in split_lines(row.text):
                filled = fill_in(text, self.fields, row.text_place)
                lines.append(Line(filled, _level(filled), row.text_place))
        return tuple(lines)

    def write_chapters(self, chapters: tuple[ChapterRows, ...]) -> tuple[Chapter, ...]:
        sheets = {sheet.name: sheet for sheet in self.edition.sheets}
        written: list[Chapter] = []
        for chapter in chapters:
            section = chapter.section
            sheet = sheets.get(section.sheet) if section else None
            lines = self.write(chapter.rows)
            if lines or sheet or (section and section.required):
                table = self.print_table(sheet, chapter.heading) if sheet else None
                written.append(Chapter(chapter.heading, lines, table, chapter.place))
        return tuple(written)

    def print_annex(self) -> Annex | None:
        outline = self.edition.outline
        if not outline.annex:
            return None
        title = self.fill_in_outline(outline.annex_title)
        return Annex(outline.annex, title, tuple(self.print_table(sheet, title) for sheet in self.edition.sheets))

    def print_table(self, sheet: FormSheet, caption: str) -> PrintedTable:
        return print_table(self.edition, sheet, self.returned.entries, self.year, caption)


def _level(text: str) -> int:
    if len(text) > LONGEST_HEADING or text.endswith(_GOES_ON):
        return BODY_LEVEL
    if _SECOND_LEVEL.match(text):
        return 2
    return 3 if _THIRD_LEVEL.match(text) and not text.endswith("。") else BODY_LEVEL

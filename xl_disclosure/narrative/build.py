"""A report made from a unit's facts and its clerk's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.model import Edition, FormSheet
from xl_disclosure.narrative.chapters import ChapterRows, TextRow, arrange
from xl_disclosure.narrative.charts import ChartSource
from xl_disclosure.narrative.conditions import holds
from xl_disclosure.narrative.context import NOTHING_FURTHER, Context, UnitFigures
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.fields import collect_fields
from xl_disclosure.narrative.printable import one_line, split_lines
from xl_disclosure.narrative.report import Annex, Chapter, Line, Report, UnitsAnnex, UnitTables
from xl_disclosure.narrative.tables import PrintedTable, print_table
from xl_disclosure.narrative.text import fill_in
from xl_disclosure.returns.model import CellState, Entry, Return, TextParagraph

BODY_LEVEL = 0
LONGEST_HEADING = 40
"""A line that starts with （一） or 1. and is no longer than this, in characters, is a heading."""

_GOES_ON = ("；", ";", "，", ",", "：", ":")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_THIRD_LEVEL = re.compile(r"\d{1,2}[.．、]")


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
    writer = _writer(edition, returned, year, context)
    opening, chapters = arrange(edition.outline, rows)
    return Report(
        edition=edition,
        unit=unit,
        year=year,
        title=writer.fill_in_outline(edition.outline.title),
        opening=writer.write(opening),
        chapters=writer.write_chapters(chapters),
        annex=writer.print_annex(),
        units_annex=writer.write_units_annex(chapters),
        cover=_cover(returned, unit, year),
        entries=returned.entries,
    )


def build_text(
    edition: Edition, returned: Return, rows: tuple[TextRow, ...], context: Context = NOTHING_FURTHER
) -> tuple[TextParagraph, ...]:
    """Return the text that a unit's report would have, headings included, each paragraph with the cell it comes from.

    Takes and raises what ``build_report`` does.
    """
    _, year = _require_cover(returned)
    writer = _writer(edition, returned, year, context)
    opening, chapters = arrange(edition.outline, rows)
    writer.fill_in_outline(edition.outline.title)
    paragraphs = [TextParagraph(line.text, line.place) for line in writer.write(opening)]
    for chapter, lines in writer.write_lines(chapters):
        paragraphs.append(TextParagraph(chapter.heading, chapter.place))
        paragraphs.extend(TextParagraph(line.text, line.place) for line in lines)
    if edition.outline.annex:
        writer.fill_in_outline(edition.outline.annex_title)
    writer.write_units_text(chapters)
    return tuple(paragraphs)


def _writer(edition: Edition, returned: Return, year: int, context: Context) -> _Writer:
    return _Writer(edition, returned, year, collect_fields(edition, returned, context), context)


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
    context: Context

    def fill_in_outline(self, text: str) -> str:
        return fill_in(text, self.fields, Place(file=f"版式 {self.edition.id}", cell="报告提纲"))

    def write(self, rows: tuple[TextRow, ...]) -> tuple[Line, ...]:
        lines: list[Line] = []
        for row in rows:
            if row.condition and not holds(row.condition, self.edition, self.fields, row.condition_place):
                continue
            place = row.text_place
            for text in split_lines(row.text):
                filled = fill_in(text, self.fields, place)
                lines.append(Line(filled, _level(filled), place))
        return tuple(lines)

    def write_chapters(self, chapters: Sequence[ChapterRows]) -> tuple[Chapter, ...]:
        source = ChartSource(self.edition, self.year, self.fields, self.context)
        written: list[Chapter] = []
        for chapter, lines in self.write_lines(chapters):
            sheet = self.sheet_of(chapter)
            table = self.print_table(sheet, chapter.heading) if sheet else None
            charts = source.charts_in(chapter.section) if chapter.section else ()
            written.append(Chapter(chapter.heading, lines, charts, table, chapter.place))
        return tuple(written)

    def write_lines(self, chapters: Sequence[ChapterRows]) -> Iterator[tuple[ChapterRows, tuple[Line, ...]]]:
        """Give the chapters that are printed, each with its text; that of the units' tables is an annex."""
        for chapter in chapters:
            section = chapter.section
            if section is not None and section.unit_tables:
                continue
            lines = self.write(chapter.rows)
            if lines or self.sheet_of(chapter) or (section and section.required):
                yield chapter, lines

    def sheet_of(self, chapter: ChapterRows) -> FormSheet | None:
        """Return the sheet of the form that is printed in a chapter."""
        section = chapter.section
        return next((sheet for sheet in self.edition.sheets if section and sheet.name == section.sheet), None)

    def write_units_annex(self, chapters: Sequence[ChapterRows]) -> UnitsAnnex | None:
        """Return the annex of units where the clerk has asked for it and there are units."""
        heading, lines = self.write_units_text(chapters)
        if not lines or not self.context.units:
            return None
        return UnitsAnnex(heading, lines, tuple(self.print_unit(unit) for unit in self.context.units))

    def write_units_text(self, chapters: Sequence[ChapterRows]) -> tuple[str, tuple[Line, ...]]:
        """Return the heading and the text of the chapter on units; no text where the clerk has not asked for it."""
        for chapter in chapters:
            if chapter.section is not None and chapter.section.unit_tables:
                return chapter.heading, self.write(chapter.rows)
        return "", ()

    def print_unit(self, unit: UnitFigures) -> UnitTables:
        entries = {
            address: Entry(value, CellState.NUMBER, str(value), Place())
            for address, value in unit.facts.items()
            if value is not None
        }
        tables = [
            print_table(self.edition, sheet, entries, self.year, self.unit_caption(unit.unit, sheet))
            for sheet in self.edition.sheets
        ]
        return UnitTables(unit.unit, tuple(tables))

    def unit_caption(self, unit: str, sheet: FormSheet) -> str:
        return f"{unit}：{sheet.heading}" if sheet.heading else f"{unit}{self.edition.title}"

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

"""One unit's annual report, ready to be set in Word or on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.errors import Place
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.narrative.charts import Chart
from xl_disclosure.narrative.tables import PrintedTable
from xl_disclosure.returns.model import Entry

LONGEST_TITLE_LINE = 20
"""Characters of size 二号 that go on one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one paragraph and the cell it comes from; ``level`` is 2 or 3 for a heading within a chapter, 0 for text."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Chapter:
    """Hold one chapter: heading and where that stands, paragraphs, pictures, and the official table printed in it."""

    heading: str
    lines: tuple[Line, ...]
    charts: tuple[Chart, ...]
    table: PrintedTable | None
    place: Place


@dataclass(frozen=True, slots=True)
class Annex:
    """Hold the statistics form printed behind the text: 附件1, its title, and its tables."""

    heading: str
    title: str
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True, slots=True)
class UnitTables:
    """Hold the form of one unit of a roll-up."""

    unit: str
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True, slots=True)
class UnitsAnnex:
    """Hold the forms of the units of a roll-up, with the lines above them."""

    heading: str
    lines: tuple[Line, ...]
    units: tuple[UnitTables, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold everything a report says. ``cover`` maps the codes of the cover's fields to what stands there.

    A draft is a report with open errors: it is marked as one on every page.
    """

    edition: Edition
    unit: str
    year: int
    title: str
    opening: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    annex: Annex | None
    units_annex: UnitsAnnex | None
    cover: Mapping[str, str]
    entries: Mapping[FactAddress, Entry]
    is_draft: bool = False

    @property
    def title_lines(self) -> tuple[str, ...]:
        """Return the title in lines: one too long for a line breaks behind the unit's name, not in a word."""
        rest = self.title.removeprefix(self.unit)
        if len(self.title) <= LONGEST_TITLE_LINE or rest in ("", self.title):
            return (self.title,)
        return (self.unit, rest)

"""The stretches of a file's tables that hold an official table: below a header of it, down to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xl_disclosure.forms.model import MONEY_UNITS, Edition
from xl_disclosure.returns.bands import Band, find_bands
from xl_disclosure.returns.cells import COUNT_WORDS
from xl_disclosure.returns.labels import EXACT, key_of
from xl_disclosure.returns.located import Spot
from xl_disclosure.returns.printed import PrintedTable, printed_tables
from xl_disclosure.returns.sources.document import SourceTable

MAX_ITEMS = 800
"""Labels looked at for one table; the longest form has 65."""

TITLE_DISTANCE = 2
"""Rows between the title of a table and its header, at most."""

UNIT_KEYS = frozenset(key_of(unit) for unit in (*COUNT_WORDS, *MONEY_UNITS))

_FIGURE = re.compile(r"[\d.,/\\-]+")

BandsByTable = Mapping[str, Mapping[str, Sequence[Band]]]
"""By the code of an official table and the name of a file's table: the headers found."""


def may_be_label(key: str) -> bool:
    """Tell whether a text may be a label of the form: no unit, no figure, not blank."""
    return bool(key) and key not in UNIT_KEYS and not _FIGURE.fullmatch(key)


@dataclass(frozen=True, eq=False)
class Section:
    """Hold a stretch of rows below a header."""

    source: SourceTable
    band: Band
    rows: range
    is_titled: bool
    """Whether the official table's title stands above the header."""

    @cached_property
    def items(self) -> list[Item]:
        """Return the labels in reading order: texts left of the figures that are neither units nor numbers."""
        items: list[Item] = []
        for row in self.rows:
            for column in self.source.by_row.get(row, ()):
                if not self.band.label_start <= column < self.band.figure_start:
                    continue
                key = key_of(self.source.text((row, column)))
                if may_be_label(key):
                    items.append(Item(self, row, column, key))
            if len(items) >= MAX_ITEMS:
                break
        return items


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """Hold one label of a section."""

    section: Section
    row: int
    column: int
    key: str

    @property
    def spot(self) -> Spot:
        """Return where it stands."""
        return self.section.source, (self.row, self.column)


def find_all_bands(edition: Edition, sources: Sequence[SourceTable]) -> BandsByTable:
    """Return the headers of every official table of an edition in every table of a file."""
    return {
        code: {source.name: find_bands(source, printed) for source in sources}
        for code, printed in printed_tables(edition).items()
    }


def find_sections(printed: PrintedTable, sources: Sequence[SourceTable], bands: BandsByTable) -> Iterator[Section]:
    """Give the stretches that may hold an official table, in order.

    A table that a page break has cut in two goes on in the next one without a header, under the same columns.
    """
    last: Section | None = None
    for source in sources:
        found = bands[printed.table.code][source.name]
        tops = sorted({band.top for by_source in bands.values() for band in by_source[source.name]})
        for band in found:
            last = _section_below(source, band, tops, printed)
            yield last
        if not found and not tops and last is not None and _goes_on(last, source, printed):
            last = Section(source, last.band, range(_height(source)), is_titled=False)
            yield last


def holds_table(printed: PrintedTable, section: Section) -> bool:
    """Tell whether a section is one of an official table: by its title, or by a label of its rows."""
    wordings = printed.rows.values()
    return section.is_titled or any(wording.strength(item.key) for item in section.items for wording in wordings)


def _section_below(source: SourceTable, band: Band, tops: Sequence[int], printed: PrintedTable) -> Section:
    end = next((top for top in tops if top > band.bottom), _height(source))
    title = key_of(printed.table.title)
    above = range(max(0, band.top - TITLE_DISTANCE), band.top)
    texts = (key_of(source.text((row, column))) for row in above for column in source.by_row.get(row, ()))
    is_titled = bool(title) and title in texts
    return Section(source, band, range(band.bottom + 1, end), is_titled)


def _goes_on(section: Section, source: SourceTable, printed: PrintedTable) -> bool:
    if _width(source) != _width(section.source):
        return False
    going_on = Section(source, section.band, range(_height(source)), is_titled=False)
    keys = {item.key for item in going_on.items}
    return any(wording.strength(key) == EXACT for key in keys for wording in printed.rows.values())


def _height(source: SourceTable) -> int:
    return max(source.by_row, default=-1) + 1


def _width(source: SourceTable) -> int:
    return max((columns[-1] for columns in source.by_row.values()), default=-1) + 1

"""An official table found by the labels of its rows and columns, wherever they have moved to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from xl_disclosure.forms.model import MONEY_UNITS, Row, RowKind, fact_address
from xl_disclosure.returns.align import certain_pairs, moved_pairs
from xl_disclosure.returns.bands import unknown_headers
from xl_disclosure.returns.form_problems import (
    askew_row,
    changed_label,
    changed_unit,
    missing_label,
    stray_figure,
    unheaded_figure,
    unknown_label,
)
from xl_disclosure.returns.gaps import Alignment, gap_problems
from xl_disclosure.returns.labels import EXACT, key_of
from xl_disclosure.returns.located import Located, Spot, choose_copy, figure_position
from xl_disclosure.returns.matching import is_figure
from xl_disclosure.returns.model import Problem
from xl_disclosure.returns.printed import PrintedTable
from xl_disclosure.returns.sections import BandsByTable, Item, Section, find_sections, holds_table
from xl_disclosure.returns.sources.document import SourceTable


def locate_rows(printed: PrintedTable, sources: Sequence[SourceTable], bands: BandsByTable) -> Located | None:
    """Return where the facts of an official table stand, found by its labels; None where there is no sign of it.

    Raises InputError when the file holds the table twice with different figures.
    """
    parts: dict[str, list[Section]] = {}
    for section in find_sections(printed, sources, bands):
        if holds_table(printed, section):
            parts.setdefault(section.source.name, []).append(section)
    if not parts:
        return None
    copies = [_locate(printed, sections) for sections in _copies(printed, parts.values())]
    return choose_copy(copies, printed.table.title or printed.table.row_header)


def _copies(printed: PrintedTable, parts: Iterable[list[Section]]) -> list[list[Section]]:
    """Return the sections of each copy: tables that repeat one another apart, those of a divided table together."""
    copies: list[tuple[set[str], list[Section]]] = []
    for sections in parts:
        keys = {item.key for section in sections for item in section.items}
        rows = {code for code, wording in printed.rows.items() if any(wording.fits(key) for key in keys)}
        for seen, together in copies:
            if 2 * len(seen & rows) <= min(len(seen), len(rows)):
                seen.update(rows)
                together.extend(sections)
                break
        else:
            copies.append((rows, list(sections)))
    return [together for _, together in copies]


def _locate(printed: PrintedTable, sections: Sequence[Section]) -> Located:
    alignment = _align(printed, sections)
    located = Located()
    for code, number in alignment.pairs.items():
        _place_row(printed, printed.table.row(code), alignment, number, located)
    for section in sections:
        located.problems.extend(_column_problems(printed, section, alignment))
    located.problems.extend(gap_problems(printed, alignment))
    return located


def _align(printed: PrintedTable, sections: Sequence[Section]) -> Alignment:
    items = [item for section in sections for item in section.items]
    codes = list(printed.rows)
    weights: list[dict[int, int]] = []
    for wording in printed.rows.values():
        strengths = {number: wording.strength(item.key) for number, item in enumerate(items)}
        weights.append({number: strength for number, strength in strengths.items() if strength})
    certain = certain_pairs(weights, len(items))
    certain.update(moved_pairs([_exact(row) for row in weights], certain))
    last_labels = {
        number for number, (item, following) in enumerate(pairwise([*items, None])) if _ends_row(item, following)
    }
    return Alignment(
        sections,
        items,
        {codes[expected]: found for expected, found in certain.items()},
        {codes[expected]: tuple(row) for expected, row in enumerate(weights)},
        last_labels,
    )


def _exact(row: Mapping[int, int]) -> list[int]:
    return [number for number, strength in row.items() if strength == EXACT]


def _ends_row(item: Item | None, following: Item | None) -> bool:
    """Tell whether an item is the last label of its row, the one its figures belong to."""
    if item is None or following is None:
        return item is not None
    return item.section is not following.section or item.row != following.row


def _place_row(printed: PrintedTable, row: Row, alignment: Alignment, number: int, located: Located) -> None:
    item = alignment.items[number]
    if row.kind is RowKind.GROUP:
        if number in alignment.last_labels:
            located.problems.extend(_stray_figures(item, row))
        return
    if number not in alignment.last_labels:
        located.problems.append(missing_label(item.spot, row.label))
        return
    source = item.section.source
    taken = item.section.band.columns.values()
    places = {
        fact_address(printed.table.code, row.code, code): (source, figure_position(source, item.row, column, taken))
        for code, column in item.section.band.columns.items()
    }
    if source.is_askew(item.row, item.section.band.rows, max(taken)):
        located.problems.append(askew_row(item.spot, row.label))
        located.askew.update(places)
        return
    unit = _other_unit(item, row)
    if unit is not None:
        located.problems.append(changed_unit(unit, row.label, row.unit, next(iter(places))))
        return
    located.places.update(places)


def _stray_figures(item: Item, row: Row) -> Iterator[Problem]:
    for spot in _figure_spots(item):
        yield stray_figure(spot, row.label)


def _figure_spots(item: Item) -> list[Spot]:
    source = item.section.source
    positions = [(item.row, column) for column in item.section.band.columns.values()]
    return [(source, position) for position in positions if is_figure(source.cells.get(position))]


def _other_unit(item: Item, row: Row) -> Spot | None:
    """Return where a unit of money stands that is not the form's; units of counts are all one."""
    source = item.section.source
    for column in range(item.column + 1, item.section.band.figure_start):
        text = key_of(source.text((item.row, column)))
        if text and text != key_of(row.unit) and (text in MONEY_UNITS or row.unit in MONEY_UNITS):
            return source, (item.row, column)
    return None


def _column_problems(printed: PrintedTable, section: Section, alignment: Alignment) -> Iterator[Problem]:
    """Give what is wrong with the header of a section: columns missing, renamed, or none of the form's with figures."""
    band, source = section.band, section.source
    missing = [column for column in printed.table.columns if column.code not in band.columns]
    unknown = unknown_headers(source, printed, band)
    if missing and len(missing) == len(unknown):
        for column, position in zip(missing, unknown, strict=True):
            yield changed_label((source, position), column.label)
        return
    for column in missing:
        yield missing_label((source, (band.top, band.figure_start)), column.label)
    rows = [item.row for item in map(alignment.items.__getitem__, alignment.pairs.values()) if item.section is section]
    for position in unknown:
        if any(is_figure(source.cells.get((row, position[1]))) for row in rows):
            yield unknown_label((source, position))
    named = {position[1] for position in unknown}
    for spot in _unheaded_figures(section, rows):
        if spot[1][1] not in named:
            named.add(spot[1][1])
            yield unheaded_figure(spot)


def _unheaded_figures(section: Section, rows: Sequence[int]) -> Iterator[Spot]:
    """Give the figures of rows that stand among the columns of the form but under none of them."""
    source, taken = section.source, section.band.columns.values()
    for row in rows:
        read = {figure_position(source, row, column, taken) for column in taken}
        for column in source.by_row.get(row, ()):
            is_among = section.band.figure_start < column < max(taken)
            if is_among and (row, column) not in read and is_figure(source.cells.get((row, column))):
                yield source, (row, column)

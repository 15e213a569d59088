"""What lies between the rows that were found: rows missing, renamed, added, or there more than once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.forms.model import FactAddress, Row, RowKind, fact_address
from xl_disclosure.returns.form_problems import (
    changed_label,
    missing_label,
    repeated_label,
    unknown_label,
    unlabelled_figure,
)
from xl_disclosure.returns.labels import key_of, split_number
from xl_disclosure.returns.located import Spot
from xl_disclosure.returns.matching import is_figure
from xl_disclosure.returns.model import Problem
from xl_disclosure.returns.printed import PrintedTable
from xl_disclosure.returns.sections import Item, Section
from xl_disclosure.returns.sources.document import RawCell

ALIKE = 0.5
"""How much of two labels must agree for one to be taken for the other changed."""


@dataclass(frozen=True)
class Alignment:
    """Hold which of the labels found is which row.

    ``candidates`` are the labels that fit a row at all; ``last_labels`` those whose row's figures are theirs.
    """

    sections: Sequence[Section]
    items: Sequence[Item]
    pairs: Mapping[str, int]
    candidates: Mapping[str, tuple[int, ...]]
    last_labels: set[int]


@dataclass
class _Gap:
    """Hold the rows missing between two found ones, and the labels there that are none of the form's."""

    missing: list[Row] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def gap_problems(printed: PrintedTable, alignment: Alignment) -> Iterator[Problem]:
    """Give what is wrong with the rows of an official table. What is doubtful is named, never guessed."""
    unexplained = set(range(len(alignment.items))) - set(alignment.pairs.values())
    for row in printed.table.rows:
        if row.code in alignment.pairs:
            continue
        for number in alignment.candidates[row.code]:
            if number in unexplained:
                unexplained.discard(number)
                yield repeated_label(alignment.items[number].spot, row.label, _address(printed, row))
    for (low, high), gap in _gaps(printed, alignment, unexplained).items():
        is_open = low < 0 or high >= len(alignment.items)
        yield from _explain(printed, alignment, gap, is_open=is_open)
    yield from _unlabelled_figures(alignment)


def _gaps(printed: PrintedTable, alignment: Alignment, unexplained: set[int]) -> dict[tuple[int, int], _Gap]:
    """Return the gaps by the positions of the labels found before and after them."""
    found = sorted(alignment.pairs.values())
    edges = [-1, *found, len(alignment.items)]
    gaps: dict[tuple[int, int], _Gap] = {}
    for number in sorted(unexplained):
        low = max(edge for edge in edges if edge < number)
        high = min(edge for edge in edges if edge > number)
        gaps.setdefault((low, high), _Gap()).unknown.append(number)
    low = -1
    for row in printed.table.rows:
        if row.code in alignment.pairs:
            low = alignment.pairs[row.code]
            continue
        has_candidates = any(number not in found for number in alignment.candidates[row.code])
        if not has_candidates:
            high = min(edge for edge in edges if edge > low)
            gaps.setdefault((low, high), _Gap()).missing.append(row)
    return gaps


def _explain(printed: PrintedTable, alignment: Alignment, gap: _Gap, *, is_open: bool) -> Iterator[Problem]:
    """Give the problems of one gap; above the first row and below the last only what has figures is of the form."""
    items = alignment.items
    unknown = [number for number in gap.unknown if not is_open or _figure_cells(items[number])]
    changed = _changed_labels(gap.missing, unknown, items)
    for row in gap.missing:
        if row.code in changed:
            yield changed_label(items[changed[row.code]].spot, row.label, _address(printed, row))
        elif row.kind is not RowKind.GROUP:
            yield missing_label(_near(alignment, printed, row), row.label, _address(printed, row))
    for number in unknown:
        if number in changed.values() or (is_open and not any(map(is_figure, _figure_cells(items[number])))):
            continue
        yield unknown_label(items[number].spot)


def _changed_labels(missing: Sequence[Row], unknown: Sequence[int], items: Sequence[Item]) -> dict[str, int]:
    """Return which unknown label stands where a missing row's should: as many as are missing, or those alike."""
    if len(missing) == len(unknown):
        return {row.code: number for row, number in zip(missing, unknown, strict=True)}
    changed: dict[str, int] = {}
    for row in missing:
        rest = [number for number in unknown if number not in changed.values()]
        best = max(rest, key=lambda number: _likeness(row, items[number]), default=None)
        if best is not None and _likeness(row, items[best]) >= ALIKE:
            changed[row.code] = best
    return changed


def _likeness(row: Row, item: Item) -> float:
    return difflib.SequenceMatcher(None, split_number(key_of(row.label))[1], split_number(item.key)[1]).ratio()


def _near(alignment: Alignment, printed: PrintedTable, row: Row) -> Spot:
    """Return where the row before a missing one stands, else where the header does."""
    first = alignment.sections[0]
    spot = (first.source, (first.band.top, first.band.figure_start))
    for other in printed.table.rows:
        if other.code == row.code:
            break
        if other.code in alignment.pairs:
            spot = alignment.items[alignment.pairs[other.code]].spot
    return spot


def _figure_cells(item: Item) -> list[RawCell]:
    """Return what stands in the figure columns of a label's row, blank cells left out."""
    cells = item.section.source.cells
    found = [cells.get((item.row, column), "") for column in item.section.band.columns.values()]
    return [cell for cell in found if cell != ""]


def _unlabelled_figures(alignment: Alignment) -> Iterator[Problem]:
    """Give the figures in rows without any label between the first row found and the last."""
    labelled = {(item.section.source.name, item.row) for item in alignment.items}
    found = [alignment.items[number] for number in alignment.pairs.values()]
    for section in alignment.sections:
        rows = [item.row for item in found if item.section is section]
        for row in range(min(rows, default=0), max(rows, default=0)):
            if (section.source.name, row) in labelled:
                continue
            for column in section.band.columns.values():
                if is_figure(section.source.cells.get((row, column))):
                    yield unlabelled_figure((section.source, (row, column)))


def _address(printed: PrintedTable, row: Row) -> FactAddress | None:
    """Return the address of a row's only fact; None for a row of several, or of none."""
    columns = printed.table.columns
    if row.kind is RowKind.GROUP or len(columns) > 1:
        return None
    return fact_address(printed.table.code, row.code, columns[0].code)

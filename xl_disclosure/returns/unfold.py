"""Text copied cell by cell, laid out again as the printed form it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from xl_disclosure.forms.grid import CellRole
from xl_disclosure.returns.align import certain_pairs
from xl_disclosure.returns.labels import key_of
from xl_disclosure.returns.printed import PrintedCell, PrintedSheet
from xl_disclosure.returns.sections import may_be_label
from xl_disclosure.returns.sources.document import Position, SourceTable

MAX_STREAM = 2_000
"""Cells looked at; the longest form has 267."""

LABELS_NEEDED = 3
"""A third of a sheet's labels must be there, or the text is not of that sheet."""


def unfold(source: SourceTable, printed: PrintedSheet) -> SourceTable | None:
    """Return cells that follow one another, laid out as a form sheet is printed; None when they are of no such sheet.

    Merged cells come once in copied text, so where a cell stands says little; which label it follows says all.
    Cells between two labels fill the places printed between them in order, and what is left over gets a row of its own.
    """
    stream = sorted(source.cells)[:MAX_STREAM]
    keys = [key_of(source.text(position)) for position in stream]
    labels = [number for number, cell in enumerate(printed.cells) if _is_landmark(cell)]
    weights = [_fits(printed.cells[number], keys) for number in labels]
    pairs = {labels[expected]: found for expected, found in certain_pairs(weights, len(stream)).items()}
    in_order = _rising(pairs)
    if LABELS_NEEDED * len(in_order) < len(labels):
        return None
    layout = _lay_out(printed, in_order, keys)
    doubtful = layout.overfull | (layout.short if _is_cell_by_cell(stream) else _cut_unevenly(layout))
    cells = {position: source.cells[stream[number]] for position, number in layout.origins.items()}
    names = {position: source.name_cell(stream[number]) for position, number in layout.origins.items()}
    return replace(
        source,
        cells={position: cell for position, cell in cells.items() if cell != ""},
        name_cell=lambda position: names.get(position, ""),
        row_widths={row: 0 if row in doubtful else printed.column_count for row in layout.rows},
        is_loose=False,
    )


def _is_cell_by_cell(stream: Sequence[Position]) -> bool:
    """Tell whether cells have lines of their own, as most then do: a line lost puts the figures after it out of place.

    Of lines of many cells, a last column that is blank throughout may be cut off.
    """
    return 2 * sum(column == 0 for _, column in stream) > len(stream)


def _cut_unevenly(layout: _Layout) -> set[int]:
    """Return the rows with figures that end before another one does: a cell may be lost anywhere in them.

    Where all rows lack as many, it is their last columns that are blank; one row alone tells nothing.
    """
    lacking = {row: number for row, number in layout.lacking.items() if row not in layout.without_figures}
    least = min(lacking.values()) if len(lacking) > 1 else 0
    return {row for row, number in lacking.items() if number > least}


def _is_landmark(cell: PrintedCell) -> bool:
    return cell.wording is not None and cell.role is not CellRole.UNIT


def _fits(cell: PrintedCell, keys: list[str]) -> dict[int, int]:
    wording = cell.wording
    if wording is None:
        return {}
    strengths = {number: wording.strength(key) for number, key in enumerate(keys) if key}
    return {number: strength for number, strength in strengths.items() if strength}


def _rising(pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the pairs in printed order, those left out that would lead back in the text."""
    rising: list[tuple[int, int]] = []
    for printed_number in sorted(pairs):
        if not rising or pairs[printed_number] > rising[-1][1]:
            rising.append((printed_number, pairs[printed_number]))
    return rising


@dataclass
class _Layout:
    """Hold which cell of the text stands at each place, the rows with too many cells, and what rows of figures lack."""

    origins: dict[Position, int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    overfull: set[int] = field(default_factory=set)
    lacking: dict[int, int] = field(default_factory=dict)
    without_figures: set[int] = field(default_factory=set)

    @property
    def short(self) -> set[int]:
        """Return the rows with too few cells."""
        return {row for row, number in self.lacking.items() if number > 0}


def _lay_out(printed: PrintedSheet, pairs: list[tuple[int, int]], keys: Sequence[str]) -> _Layout:
    """Return the text laid out; rows move down where it has more than is printed."""
    layout = _Layout()
    added = 0
    width = printed.column_count - printed.label_column
    ends = [*pairs[1:], (len(printed.cells), len(keys))]
    for (printed_start, start), (printed_end, end) in zip(pairs, ends, strict=True):
        places = [cell.position for cell in printed.cells[printed_start:printed_end]]
        found = range(start, end)
        for (row, column), number in zip(places, found, strict=False):
            layout.origins[row + added, column] = number
            layout.rows.add(row + added)
        rest = found[len(places) :]
        if len(places) > 1:
            layout.lacking[places[0][0] + added] = max(0, len(places) - len(found))
            if len(found) == 1:
                layout.without_figures.add(places[0][0] + added)
        if rest and not may_be_label(keys[rest[0]]) and (printed_end < len(printed.cells) or keys[rest[0]]):
            layout.overfull.add(places[0][0] + added)
        last_row = places[-1][0] + added
        for offset, number in enumerate(rest):
            position = (last_row + 1 + offset // width, printed.label_column + offset % width)
            layout.origins[position] = number
        if printed_end < len(printed.cells):
            added += -(-len(rest) // width)
    return layout

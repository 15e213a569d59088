"""A form sheet found just as it is printed, anywhere in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.labels import Wording, key_of
from xl_disclosure.returns.printed import PrintedSheet
from xl_disclosure.returns.sources.document import OddCell, OddKind, Position, RawCell, SourceTable


def match_printed(table: SourceTable, printed: PrintedSheet) -> Iterator[Mapping[FactAddress, Position]]:
    """Give the places of a sheet's facts for every spot of a table where it stands label for label as printed.

    A spot with figures where the form has none is left for a closer look.
    """
    (first_row, first_column), first = printed.texts[0]
    for row, column in _positions(table, first):
        offset = (row - first_row, column - first_column)
        if not _all_labels_match(table, printed, offset) or _is_askew(table, printed, offset):
            continue
        if not _has_further_figures(table, printed, offset):
            yield _moved(printed, offset).figures


@dataclass(frozen=True, slots=True)
class _Moved:
    """Hold where the labels and facts of a sheet stand: nearly all units leave a form where they found it.

    ``labels`` are what those without a year in them read, ``with_year`` the others.
    """

    labels: Mapping[Position, str]
    with_year: Mapping[Position, Wording]
    wordings: Mapping[Position, Wording]
    figures: Mapping[FactAddress, Position]


@lru_cache(maxsize=64)
def _moved(printed: PrintedSheet, offset: Position) -> _Moved:
    down, right = offset
    wordings = {(row + down, column + right): wording for (row, column), wording in printed.texts}
    return _Moved(
        {place: wording.label for place, wording in wordings.items() if not wording.is_pattern},
        {place: wording for place, wording in wordings.items() if wording.is_pattern},
        wordings,
        {fact.address: (row + down, column + right) for (row, column), fact in printed.figures},
    )


def _all_labels_match(table: SourceTable, printed: PrintedSheet, offset: Position) -> bool:
    cells, moved = table.cells, _moved(printed, offset)
    doubtful = moved.with_year if moved.labels.items() <= cells.items() else moved.wordings
    for place, wording in doubtful.items():
        cell = cells.get(place)
        if cell == wording.label:
            continue
        is_same = wording.fits(key_of(cell)) if isinstance(cell, str) else _may_be_label(cell, wording)
        if not is_same:
            return False
    return True


def _positions(table: SourceTable, wording: Wording) -> list[Position]:
    if wording.keys.isdisjoint(table.content.keys.values()):  # as in most sheets: places need not be known
        return []
    return [position for key in wording.keys for position in table.by_key.get(key, ())]


def _may_be_label(cell: RawCell | None, wording: Wording) -> bool:
    """Tell whether a cell is the formula of a label that holds the year, not calculated yet."""
    return wording.is_pattern and isinstance(cell, OddCell) and cell.kind is OddKind.UNCALCULATED


def _is_askew(table: SourceTable, printed: PrintedSheet, offset: Position) -> bool:
    down, right = offset
    if not table.row_widths:
        return False
    header = range(down, down + min(row for (row, _), _ in printed.figures))
    return any(table.is_askew(row + down, header, column + right) for (row, column), _ in printed.figures)


def _has_further_figures(table: SourceTable, printed: PrintedSheet, offset: Position) -> bool:
    """Tell whether figures stand where the form prints no cell for one, or in the row added right below it."""
    down, right = offset
    if any(is_figure(table.cells.get((row + down, column + right))) for row, column in printed.empties):
        return True
    below = printed.row_count + down
    return any(is_figure(table.cells.get((below, column + right))) for column in printed.figure_columns)


def is_figure(cell: object) -> bool:
    """Tell whether a cell holds a number other than 0, as a number or in digits."""
    if isinstance(cell, str):
        return cell.strip().isdecimal() and cell.strip("0 ") != ""
    return isinstance(cell, int | Decimal) and cell != 0

"""The headers of official tables, found in a table by the labels of their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.returns.labels import key_of
from xl_disclosure.returns.printed import PrintedTable
from xl_disclosure.returns.sources.document import Position, SourceTable


@dataclass(slots=True)
class Band:
    """Hold one header found: its rows, the column where each column's figures stand, and where its labels begin."""

    top: int
    bottom: int
    columns: dict[str, int] = field(default_factory=dict)
    label_start: int = 0

    @property
    def rows(self) -> range:
        """Return the rows of the header."""
        return range(self.top, self.bottom + 1)

    @property
    def figure_start(self) -> int:
        """Return the first column of figures."""
        return min(self.columns.values())


def find_bands(source: SourceTable, printed: PrintedTable) -> list[Band]:
    """Return the headers of an official table in a table, from the top; one with under half its columns is none.

    Two side by side, as where a long form is set in two halves, are two.
    """
    bands: list[Band] = []
    for (row, column), code in _label_hits(source, printed):
        band = _open_band(bands, row, code, _depth(printed))
        if band is None:
            band = Band(row, row)
            bands.append(band)
        band.bottom = max(band.bottom, row)
        band.columns[code] = column
    found = [band for band in bands if 2 * len(band.columns) >= len(printed.columns)]
    for band in found:
        band.label_start = max((_end(other) for other in found if _stands_left(other, band)), default=0)
    return found


def unknown_headers(source: SourceTable, printed: PrintedTable, band: Band) -> list[Position]:
    """Return the cells of a header that stand over columns of their own and are none of the form's."""
    known = _other_header_keys(printed)
    taken = set(band.columns.values())
    found: dict[int, Position] = {}
    for row in band.rows:
        for column in source.by_row.get(row, ()):
            key = key_of(source.text((row, column)))
            is_known = key in known or any(wording.fits(key) for wording in printed.columns.values())
            if column > band.label_start and column not in taken and key and not is_known:
                found[column] = (row, column)
    return list(found.values())


def _label_hits(source: SourceTable, printed: PrintedTable) -> list[tuple[Position, str]]:
    codes = _codes_by_key(printed)
    hits: list[tuple[Position, str]] = []
    for key, positions in source.by_key.items():
        code = codes.get(key) or _patterned_code(printed, key)
        if code:
            hits.extend((position, code) for position in positions)
    return sorted(hits)


def _codes_by_key(printed: PrintedTable) -> Mapping[str, str]:
    return {key: code for code, wording in printed.columns.items() for key in wording.keys}


def _patterned_code(printed: PrintedTable, key: str) -> str:
    for code, wording in printed.columns.items():
        if wording.is_pattern and wording.fits(key):
            return code
    return ""


def _depth(printed: PrintedTable) -> int:
    """Return how many rows of a header may hold the labels that stand right over figures."""
    return max(len(column.over) for column in printed.table.columns) + 1


def _open_band(bands: Sequence[Band], row: int, code: str, depth: int) -> Band | None:
    for band in bands:
        if row < band.top + depth and code not in band.columns:
            return band
    return None


def _stands_left(other: Band, band: Band) -> bool:
    overlaps = other.top <= band.bottom and band.top <= other.bottom
    return other is not band and overlaps and _end(other) <= band.figure_start


def _end(band: Band) -> int:
    return max(band.columns.values()) + 1


def _other_header_keys(printed: PrintedTable) -> set[str]:
    table = printed.table
    labels = [table.row_header, table.unit_header, table.corner, table.title]
    labels.extend(label for column in table.columns for label in column.over)
    return {key_of(label) for label in labels}

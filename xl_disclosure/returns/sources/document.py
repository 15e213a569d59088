"""What every kind of file becomes before anything in it is understood: tables of raw cells, and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice

from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import Place
from xl_disclosure.forms.text import label_keys
from xl_disclosure.returns.labels import LONGEST_LABEL
from xl_disclosure.returns.model import TextParagraph
from xl_disclosure.returns.sources.kept_texts import KeptTexts
from xl_disclosure.returns.sources.list_cells import ListCells

Position = tuple[int, int]
"""Row and column of a cell, counted from 0."""

MAX_ROWS = 5_000
MAX_COLUMNS = 256
MAX_CELLS = 200_000
"""What is read of one table. The forms have 66 rows and 15 columns; what lies beyond these bounds is no form."""

MOST_CELLS_KEPT = 2_000
LARGEST_TEXTS_KEPT = 256 * 1024
"""Cells of a sheet, and characters in them, that is kept for the next file."""

MAX_TABLES = 300
MAX_PARAGRAPHS = 20_000
"""What is read of one file. A report with its annexes has a dozen tables and a few hundred paragraphs."""

SHEET_DIGITS = 15
"""Spreadsheets keep 15 significant digits; what a file has beyond them is left over from binary fractions."""

_FIRST_BEYOND_DIGITS = 10**SHEET_DIGITS
_PRECISION = Context(prec=SHEET_DIGITS)


class OddKind(StrEnum):
    """Name what a cell may hold that is neither text nor a number."""

    ERROR = "error"
    DATE = "date"
    UNCALCULATED = "uncalculated"


@dataclass(frozen=True, slots=True)
class OddCell:
    """Hold a cell with an error value, a date, or a formula whose result the file does not have.

    ``serial`` is the number that a spreadsheet keeps of a date.
    """

    kind: OddKind
    text: str
    serial: int | Decimal | None = field(default=None, compare=False)


RawCell = int | Decimal | str | OddCell
"""What stands in a cell before any policy: a number, text as typed, or something odd. A blank cell is no cell."""


@lru_cache(maxsize=8192)
def a1(position: Position) -> str:
    """Return the name a spreadsheet shows for a cell, such as C12."""
    return cell_name(*position)


_kept_keys: KeptTexts[str] = KeptTexts(label_keys)


@dataclass(frozen=True, eq=False)
class SheetContent:
    """Hold the cells and merged areas of a sheet, and whether it has more cells beyond the bounds.

    Equal only to itself: files that hold a sheet alike may share it.
    """

    cells: Mapping[Position, RawCell]
    spans: Mapping[Position, tuple[int, int]]
    is_cut: bool

    def text(self, position: Position) -> str:
        """Return a cell's text; blank for a number, an odd cell or none."""
        cell = self.cells.get(position)
        return cell if isinstance(cell, str) else ""

    @cached_property
    def texts(self) -> Sequence[tuple[Position, str]]:
        """Return the texts of the sheet with their places, in its order."""
        return [(position, cell) for position, cell in self.cells.items() if isinstance(cell, str)]

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Return the ``label_key`` of each text that the sheet holds, however long it is."""
        if isinstance(self.cells, ListCells):
            texts = [*dict.fromkeys(self.cells.texts)]
        else:
            texts = [cell for cell in dict.fromkeys(self.cells.values()) if isinstance(cell, str)]
        return dict(zip(texts, _kept_keys(texts), strict=True))

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[Position]]:
        """Return where each text stands, by its key as a label."""
        positions: dict[str, list[Position]] = {}
        keys = self.keys
        for position, text in self.texts:
            key = keys[text]
            if key and len(text) <= LONGEST_LABEL:
                positions.setdefault(key, []).append(position)
        return positions

    @cached_property
    def is_small(self) -> bool:
        """Tell whether the sheet is small enough to be kept for the next file."""
        if len(self.cells) > MOST_CELLS_KEPT:
            return False
        return sum(len(cell) for cell in self.cells.values() if isinstance(cell, str)) <= LARGEST_TEXTS_KEPT

    @cached_property
    def extent(self) -> tuple[int, int]:
        """Return how many rows and columns there are up to the last that holds a cell."""
        return max((row for row, _ in self.cells), default=-1) + 1, max((at for _, at in self.cells), default=-1) + 1

    @cached_property
    def by_row(self) -> Mapping[int, tuple[int, ...]]:
        """Return the columns that hold a cell, by row, both in order."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in rows.items()}


@dataclass(frozen=True)
class SourceTable:
    """Hold one sheet or table of a file: its cells by position, merged ones at their first position with their span.

    ``name_cell`` says how a cell is called. ``row_widths`` are the columns that each row fills, where rows are written
    cell after cell: there one cell too few or too many puts the rest out of place. ``is_loose``: cells follow one
    another as read but may stand in wrong columns, as in text copied from a page. ``is_cut``: the file has more cells,
    beyond the bounds.
    """

    file: str
    name: str
    cells: Mapping[Position, RawCell]
    spans: Mapping[Position, tuple[int, int]] = field(default_factory=dict)
    name_cell: Callable[[Position], str] = a1
    row_widths: Mapping[int, int] = field(default_factory=dict)
    is_loose: bool = False
    is_cut: bool = False
    shared: SheetContent | None = field(default=None, compare=False, repr=False)

    def place(self, position: Position) -> Place:
        """Return where a cell stands."""
        return Place(self.file, self.name, self.name_cell(position))

    def text(self, position: Position) -> str:
        """Return a cell's text; see ``SheetContent``."""
        return self.content.text(position)

    def shown(self, position: Position) -> str:
        """Return what a cell shows: its text, its number or its error, without the space around it."""
        cell = self.cells.get(position, "")
        if type(cell) is int:
            return str(cell)
        return (cell.text if isinstance(cell, OddCell) else str(cell)).strip()

    def anchor(self, row: int, column: int) -> Position:
        """Return the first position of the merged area that covers a cell, or the cell's own."""
        return self._covered.get((row, column), (row, column))

    def is_askew(self, row: int, header: Collection[int], last_column: int) -> bool:
        """Tell whether a row's cells cannot all stand under their headers.

        It ends too soon or has more than they, or the rows of the header do not even fit one another.
        """
        header_widths = {self.row_widths[line] for line in header if line in self.row_widths}
        if row not in self.row_widths or not header_widths:
            return False
        beyond = range(max(header_widths), self.row_widths[row])
        has_more = any((row, column) in self.cells for column in beyond)
        return len(header_widths) > 1 or self.row_widths[row] <= last_column or has_more

    @cached_property
    def _covered(self) -> Mapping[Position, Position]:
        covered: dict[Position, Position] = {}
        for (row, column), (rows, columns) in self.spans.items():
            for down in range(min(rows, MAX_ROWS)):
                for right in range(min(columns, MAX_COLUMNS)):
                    covered[row + down, column + right] = (row, column)
                if len(covered) > MAX_CELLS:
                    return covered
        return covered

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[Position]]:
        """Return where each text stands, by its key as a label."""
        return self.content.by_key

    @cached_property
    def by_row(self) -> Mapping[int, tuple[int, ...]]:
        """Return the columns that hold a cell, by row, both in order."""
        return self.content.by_row

    @cached_property
    def content(self) -> SheetContent:
        """Return what the table holds apart from where; files that hold a sheet alike may share it."""
        shared = self.shared
        if shared is not None and shared.cells is self.cells and shared.spans is self.spans:
            return shared
        return SheetContent(self.cells, self.spans, self.is_cut)


@dataclass(frozen=True)
class SourceDocument:
    """Hold what a file consists of. Tables are loaded when asked for: most sheets of a workbook are never needed."""

    file: str
    table_names: tuple[str, ...]
    load: Callable[[str], SourceTable]
    paragraphs: tuple[TextParagraph, ...] = ()

    def tables(self, names: Iterable[str] | None = None) -> Iterator[SourceTable]:
        """Give the tables of those names, or all, in order, as far as the bounds allow for all together."""
        cells = 0
        for name in islice(self.table_names if names is None else names, MAX_TABLES):
            table = self.load(name)
            yield table
            cells += len(table.cells)
            if cells > MAX_CELLS:
                return


def document_of(file: str, tables: Iterable[SourceTable], paragraphs: Iterable[TextParagraph] = ()) -> SourceDocument:
    """Return a document of tables already loaded."""
    by_name = {table.name: table for table in tables}
    return SourceDocument(file, tuple(by_name), by_name.__getitem__, tuple(paragraphs))


def number_from_float(value: float) -> int | Decimal:
    """Return a binary number as the figure a spreadsheet shows for it: whole as int, otherwise exact to 15 digits."""
    if value.is_integer() and abs(value) < _FIRST_BEYOND_DIGITS:
        return int(value)
    return number_from_text(repr(value))


def number_from_text(text: str) -> int | Decimal:
    """Return a number as a file writes it; decimal.InvalidOperation when it is none."""
    if len(text) <= SHEET_DIGITS and text.isdecimal():
        return int(text)
    number = _PRECISION.create_decimal(text)
    if number.is_finite() and number.adjusted() < SHEET_DIGITS and number == number.to_integral_value():
        return int(number)
    return number.normalize(_PRECISION)


def row_and_column(position: Position) -> str:
    """Return the name of a cell of a table in a text, such as 第3行第4列."""
    return f"第{position[0] + 1}行第{position[1] + 1}列"

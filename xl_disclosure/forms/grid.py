"""The official tables as printed: cells with their spans, for a sheet, a document or a page alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from xl_disclosure.forms.model import (
    Column,
    Edition,
    FactAddress,
    FormSheet,
    Row,
    RowKind,
    SheetLayout,
    Table,
    fact_address,
)


class CellRole(StrEnum):
    """Say what a printed cell is for."""

    TITLE = "title"
    HEADER = "header"
    CORNER = "corner"
    LABEL = "label"
    UNIT = "unit"
    FIGURE = "figure"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class GridCell:
    """Describe one printed cell; rows and columns count from 0. ``level`` is the indent level of a label."""

    row: int
    column: int
    text: str
    role: CellRole
    row_span: int = 1
    column_span: int = 1
    address: FactAddress | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold the cells of one form sheet in reading order, and the relative width of each column."""

    cells: tuple[GridCell, ...]
    widths: tuple[float, ...]

    @property
    def row_count(self) -> int:
        """Return the number of printed rows."""
        return max(cell.row + cell.row_span for cell in self.cells)

    @property
    def column_count(self) -> int:
        """Return the number of printed columns."""
        return len(self.widths)

    @property
    def header_rows(self) -> int:
        """Return the number of rows above the first label of a row or figure."""
        return min(cell.row for cell in self.cells if cell.role in (CellRole.LABEL, CellRole.FIGURE))


@cache
def build_grid(edition: Edition, sheet: FormSheet) -> Grid:
    """Return the printed layout of one form sheet of an edition."""
    tables = [edition.tables[code] for code in sheet.tables]
    match sheet.layout:
        case SheetLayout.LIST:
            return _build_list(tables[0])
        case SheetLayout.BLOCKS:
            return _build_blocks(tables)
        case SheetLayout.MATRIX:
            return _build_matrix(tables[0])
        case SheetLayout.STRIP:
            return _build_strip(tables[0])


def _build_list(table: Table) -> Grid:
    cells = [
        GridCell(0, 0, table.row_header, CellRole.HEADER),
        GridCell(0, 1, table.unit_header, CellRole.HEADER),
    ]
    for number, column in enumerate(table.columns):
        cells.append(GridCell(0, 2 + number, column.label, CellRole.HEADER))
    for line, row in enumerate(table.rows, start=1):
        cells.append(GridCell(line, 0, row.label, CellRole.LABEL, level=row.level))
        cells.append(GridCell(line, 1, row.unit, CellRole.UNIT))
        for number, column in enumerate(table.columns):
            cells.append(_figure(table, row, column, line, 2 + number))
    return Grid(tuple(cells), (62, 11, *([15] * len(table.columns))))


def _build_blocks(tables: list[Table]) -> Grid:
    width = 1 + max(len(table.columns) for table in tables)
    cells: list[GridCell] = []
    line = 0
    for table in tables:
        cells.append(GridCell(line, 0, table.title, CellRole.TITLE, column_span=width))
        cells.append(GridCell(line + 1, 0, table.row_header, CellRole.HEADER))
        spans = _spread(len(table.columns), width - 1)
        for column, (start, span) in zip(table.columns, spans, strict=True):
            cells.append(GridCell(line + 1, 1 + start, column.label, CellRole.HEADER, column_span=span))
        line += 2
        for row in table.rows:
            cells.append(GridCell(line, 0, row.label, CellRole.LABEL))
            for column, (start, span) in zip(table.columns, spans, strict=True):
                cells.append(_figure(table, row, column, line, 1 + start, span))
            line += 1
    return Grid(tuple(cells), (25.0,) * width)


def _spread(count: int, width: int) -> list[tuple[int, int]]:
    """Return (start, span) of each of ``count`` columns laid over ``width``; the last takes what is left."""
    return [(number, 1 if number < count - 1 else width - number) for number in range(count)]


def _build_matrix(table: Table) -> Grid:
    label_columns = max(row.level for row in table.rows)
    header_rows = 1 + max(len(column.over) for column in table.columns)
    cells = [
        GridCell(0, 0, table.corner, CellRole.CORNER, row_span=header_rows, column_span=label_columns),
        *_stack_headers([(column.label, column.over) for column in table.columns], label_columns, header_rows),
    ]
    line = header_rows
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            span = _lines_under(table, row)
            cells.append(GridCell(line, row.level - 1, row.label, CellRole.LABEL, row_span=span, level=row.level))
            continue
        span = label_columns - row.level + 1
        cells.append(GridCell(line, row.level - 1, row.label, CellRole.LABEL, column_span=span, level=row.level))
        for number, column in enumerate(table.columns):
            cells.append(_figure(table, row, column, line, label_columns + number))
        line += 1
    cells.sort(key=lambda cell: (cell.row, cell.column))
    label_widths = (7.5, 9.5, 32.0)[:label_columns] if label_columns > 1 else (40.0,)
    return Grid(tuple(cells), (*label_widths, *([7.0] * len(table.columns))))


def _lines_under(table: Table, group: Row) -> int:
    """Return how many printed rows a group label stands beside."""
    lines = 0
    for row in table.children(group.code):
        lines += _lines_under(table, row) if row.kind is RowKind.GROUP else 1
    return lines


def _build_strip(table: Table) -> Grid:
    labels: list[tuple[str, tuple[str, ...]]] = []
    for row in table.rows:
        over = (*row.over, row.label)
        labels.extend((column.label, over) for column in table.columns)
    header_rows = 1 + max(len(over) for _, over in labels)
    cells = _stack_headers(labels, 0, header_rows)
    position = 0
    for row in table.rows:
        for column in table.columns:
            cells.append(_figure(table, row, column, header_rows, position))
            position += 1
    return Grid(tuple(cells), (1.0,) * len(labels))


def _stack_headers(labels: list[tuple[str, tuple[str, ...]]], first_column: int, header_rows: int) -> list[GridCell]:
    """Return header cells for (label, labels over it) pairs: equal neighbours merged, the label filling the rest."""
    cells: list[GridCell] = []
    for depth in range(header_rows - 1):
        for number, (_, over) in enumerate(labels):
            if depth >= len(over) or (number > 0 and labels[number - 1][1][: depth + 1] == over[: depth + 1]):
                continue
            span = 1
            while number + span < len(labels) and labels[number + span][1][: depth + 1] == over[: depth + 1]:
                span += 1
            cells.append(GridCell(depth, first_column + number, over[depth], CellRole.HEADER, column_span=span))
    for number, (label, over) in enumerate(labels):
        cells.append(
            GridCell(len(over), first_column + number, label, CellRole.HEADER, row_span=header_rows - len(over))
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return cells


def _figure(table: Table, row: Row, column: Column, line: int, position: int, span: int = 1) -> GridCell:
    if row.kind is RowKind.GROUP:
        return GridCell(line, position, "", CellRole.EMPTY, column_span=span)
    address = fact_address(table.code, row.code, column.code)
    return GridCell(line, position, "", CellRole.FIGURE, column_span=span, address=address)

"""The official forms as labels to be found and figures to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from xl_disclosure.forms.grid import CellRole, GridCell, build_grid
from xl_disclosure.forms.model import Edition, Fact, FactAddress, FormSheet, Measure, Table
from xl_disclosure.returns.labels import Wording
from xl_disclosure.returns.sources.document import Position


@dataclass(frozen=True)
class PrintedCell:
    """Describe one printed cell: what it may read, or the fact it holds, or neither."""

    position: Position
    role: CellRole
    wording: Wording | None
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class ReadableFact:
    """Hold of a fact what it takes to read its cell."""

    address: FactAddress
    fact: Fact
    measure: Measure
    unit: str
    is_count: bool


@cache
def readable_facts(edition: Edition) -> tuple[ReadableFact, ...]:
    """Return an edition's facts in printed order, made ready for reading thousands of files."""
    return tuple(
        ReadableFact(fact.address, fact, fact.measure, fact.unit, fact.measure is not Measure.MONEY)
        for fact in edition.facts.values()
    )


@dataclass(frozen=True, eq=False)
class PrintedSheet:
    """Hold one form sheet as printed, in reading order. Equal only to itself."""

    sheet: FormSheet
    cells: tuple[PrintedCell, ...]
    texts: tuple[tuple[Position, Wording], ...]
    figures: tuple[tuple[Position, Fact], ...]
    empties: tuple[Position, ...]
    row_count: int
    column_count: int
    label_column: int
    """The column in which the last label before a row's figures stands."""

    @cached_property
    def figure_columns(self) -> frozenset[int]:
        """Return the columns that hold figures."""
        return frozenset(column for (_, column), _ in self.figures)


@cache
def printed_sheets(edition: Edition) -> tuple[PrintedSheet, ...]:
    """Return an edition's form sheets as printed."""
    return tuple(_printed_sheet(edition, sheet) for sheet in edition.sheets)


@dataclass(frozen=True)
class PrintedTable:
    """Hold one official table, what its rows and columns may be called, by their codes, and its facts."""

    table: Table
    rows: Mapping[str, Wording]
    columns: Mapping[str, Wording]
    facts: tuple[Fact, ...]


@cache
def printed_tables(edition: Edition) -> Mapping[str, PrintedTable]:
    """Return an edition's official tables as printed, by their codes."""
    return {
        code: PrintedTable(
            table,
            {row.code: Wording(row.label, row.accept) for row in table.rows},
            {column.code: Wording(column.label, column.accept) for column in table.columns},
            tuple(fact for fact in edition.facts.values() if fact.table.code == code),
        )
        for code, table in edition.tables.items()
    }


@cache
def vocabulary(edition: Edition) -> Mapping[str, str]:
    """Return the labels an edition's form is known by, by their keys, in printed order."""
    known: dict[str, str] = {}
    tables = printed_tables(edition)
    for sheet in edition.sheets:
        for code in sheet.tables:
            for wording in (*tables[code].rows.values(), *tables[code].columns.values()):
                for key in wording.keys:
                    known.setdefault(key, wording.label)
    return known


def _printed_sheet(edition: Edition, sheet: FormSheet) -> PrintedSheet:
    grid = build_grid(edition, sheet)
    accepts = _accepted_wordings(edition, sheet)
    cells = tuple(_printed_cell(edition, cell, accepts) for cell in sorted(grid.cells, key=_reading_order))
    return PrintedSheet(
        sheet,
        cells,
        tuple((cell.position, cell.wording) for cell in cells if cell.wording is not None),
        tuple((cell.position, cell.fact) for cell in cells if cell.fact is not None),
        tuple(cell.position for cell in cells if cell.role is CellRole.EMPTY),
        grid.row_count,
        grid.column_count,
        max((cell.column for cell in grid.cells if cell.role is CellRole.LABEL), default=0),
    )


def _reading_order(cell: GridCell) -> Position:
    return (cell.row, cell.column)


def _printed_cell(edition: Edition, cell: GridCell, accepts: Mapping[str, tuple[str, ...]]) -> PrintedCell:
    wording = Wording(cell.text, accepts.get(cell.text, ())) if cell.text else None
    fact = edition.facts[cell.address] if cell.address is not None else None
    return PrintedCell((cell.row, cell.column), cell.role, wording, fact)


def _accepted_wordings(edition: Edition, sheet: FormSheet) -> dict[str, tuple[str, ...]]:
    accepted: dict[str, tuple[str, ...]] = {}
    for code in sheet.tables:
        table = edition.tables[code]
        parts = [(row.label, row.accept) for row in table.rows]
        parts += [(column.label, column.accept) for column in table.columns]
        for label, accept in parts:
            accepted[label] = (*accepted.get(label, ()), *accept)
    return accepted

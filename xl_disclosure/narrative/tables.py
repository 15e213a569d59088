"""The official tables with their figures filled in, for every kind of document alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from xl_disclosure.forms.grid import CellRole, Grid, GridCell, build_grid
from xl_disclosure.forms.model import YEAR_MARK, Edition, FactAddress, FormSheet, SheetLayout
from xl_disclosure.narrative.figures import printed
from xl_disclosure.returns.model import Entry

_HEAD = (CellRole.HEADER, CellRole.CORNER)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Hold one official table as it is printed, figures included."""

    caption: str
    layout: SheetLayout
    grid: Grid

    @property
    def repeated_rows(self) -> int:
        """Return how many rows head the whole table and stand again on each page: none where blocks have their own."""
        return min(cell.row for cell in self.grid.cells if cell.role not in _HEAD)

    def indent(self, cell: GridCell) -> int:
        """Return by how many characters a label stands in: only a list shows its levels so."""
        return cell.level - 1 if self.layout is SheetLayout.LIST and cell.role is CellRole.LABEL else 0


def print_table(
    edition: Edition, sheet: FormSheet, entries: Mapping[FactAddress, Entry], year: int, caption: str
) -> PrintedTable:
    """Return the table of one form sheet with a unit's figures; a blank fact stays blank."""
    grid = build_grid(edition, sheet)
    cells = tuple(_fill(cell, entries, year) for cell in grid.cells)
    return PrintedTable(caption, sheet.layout, Grid(cells, grid.widths))


def _fill(cell: GridCell, entries: Mapping[FactAddress, Entry], year: int) -> GridCell:
    if cell.address is not None:
        return replace(cell, text=printed(entries.get(cell.address)))
    return replace(cell, text=cell.text.replace(YEAR_MARK, str(year)))

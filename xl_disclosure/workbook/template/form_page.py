"""One form sheet of the template: what stands in it, and how wide and high."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.forms.grid import CellRole, Grid, GridCell
from xl_disclosure.forms.model import FactAddress, FormSheet, SheetLayout
from xl_disclosure.workbook.layout import FORM_FIRST_ROW
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.signature import SIGNATURE_ROWS
from xl_disclosure.workbook.text_fit import fitting_height

_PAGE_WIDTHS: Mapping[SheetLayout, float] = {
    SheetLayout.LIST: 92.0,
    SheetLayout.BLOCKS: 92.0,
    SheetLayout.MATRIX: 108.0,
    SheetLayout.STRIP: 138.0,
}
"""The printed width in digits at which a heading of four characters stands on one line; print shrinks it to A4."""

_FONT_SIZE = 10.5
_LIST_ROW_HEIGHT = 21.0
_ROW_HEIGHT = 25.0


@dataclass(frozen=True, slots=True)
class FormPage:
    """Hold one form sheet being built: ``formulas`` give its totals, ``carried`` are facts known from last year."""

    page: Page
    form: FormSheet
    grid: Grid
    formulas: Mapping[FactAddress, str]
    carried: frozenset[FactAddress]

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the width of each printed column."""
        scale = _PAGE_WIDTHS[self.form.layout] / sum(self.grid.widths)
        return tuple(round(width * scale, 2) for width in self.grid.widths)

    @property
    def last_column(self) -> int:
        """Return the last printed column."""
        return self.grid.column_count - 1

    @property
    def note_column(self) -> int:
        """Return the column of 填报说明, beside what is printed."""
        return self.grid.column_count + 1

    @property
    def heights(self) -> Mapping[int, float]:
        """Return the height of each printed row at which every label shows in full."""
        least = _LIST_ROW_HEIGHT if self.form.layout is SheetLayout.LIST else _ROW_HEIGHT
        heights: dict[int, float] = {}
        for cell in self.grid.cells:
            if cell.row_span == 1:
                width = sum(self.widths[cell.column : cell.column + cell.column_span]) - 2 * self.indent(cell)
                height = fitting_height(cell.text, width, _FONT_SIZE)
                heights[cell.row] = max(heights.get(cell.row, least), height)
        return heights

    def indent(self, cell: GridCell) -> int:
        """Return by how many steps a label stands in: only a list shows its levels so."""
        return cell.level - 1 if self.form.layout is SheetLayout.LIST and cell.role is CellRole.LABEL else 0

    @property
    def is_signed(self) -> bool:
        """Tell whether the form has a signature block of its own."""
        return self.form.layout is SheetLayout.LIST

    @property
    def last_row(self) -> int:
        """Return the last printed row."""
        return FORM_FIRST_ROW + self.grid.row_count - 1 + (SIGNATURE_ROWS if self.is_signed else 0)

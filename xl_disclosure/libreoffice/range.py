"""A rectangle of cells, as xlwings expects it of an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xlwings
from xlwings import base_classes, expansion

from xl_disclosure.libreoffice import formatting, geometry, navigation
from xl_disclosure.libreoffice.advice import RANGE_ADVICE
from xl_disclosure.libreoffice.areas import Area, format_area
from xl_disclosure.libreoffice.blocks import read_formulas, read_values, write_formulas, write_values
from xl_disclosure.libreoffice.copying import copy_cells
from xl_disclosure.libreoffice.errors import NotSupportedError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.font import Font
from xl_disclosure.libreoffice.format_filling import fill_formats_down
from xl_disclosure.libreoffice.formulas import excel_sheet_name, external_sheet_name, to_calc, to_excel
from xl_disclosure.libreoffice.hyperlinks import read_hyperlink, write_hyperlink
from xl_disclosure.libreoffice.names import Name
from xl_disclosure.libreoffice.uno_types import UnoObject
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.sheet import Sheet

# com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas; notes; formats set by hand, by style, within text.
_CONTENTS = 1 | 2 | 4 | 16
_NOTES = 8
_FORMATS = 32 | 64 | 256

_MERGED = True


@refuses_the_rest(base_classes.Range, "use range.api, the UNO object (com.sun.star.sheet.SheetCellRange)", RANGE_ADVICE)
@explains_failures
class Range:
    """Read and change an area of a sheet. One of no cells reads as None and takes no changes."""

    sheet: Sheet
    row: int
    column: int
    shape: tuple[int, int]

    max_cells_per_read = base_classes.DEFAULT_MAX_CELLS_PER_READ
    max_cells_per_write = base_classes.DEFAULT_MAX_CELLS_PER_WRITE

    number_format = formatting.number_format()
    color = formatting.background()
    wrap_text = formatting.wrapping()
    horizontal_alignment = formatting.horizontal_alignment()
    vertical_alignment = formatting.vertical_alignment()
    row_height = formatting.row_height()
    column_width = formatting.column_width()
    row_hidden = formatting.hidden_rows()
    column_hidden = formatting.hidden_columns()
    width = formatting.length(lambda cells: cells.Size.Width)
    height = formatting.length(lambda cells: cells.Size.Height)
    left = formatting.length(lambda cells: cells.Position.X)
    top = formatting.length(lambda cells: cells.Position.Y)

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self.sheet = sheet
        self.area = area
        self.row, self.column = area.row, area.column
        self.shape = area.shape
        self.options: dict[str, Any] = {}
        self._cells: UnoObject | None = None

    @property
    def api(self) -> UnoObject | None:
        """Return the UNO object of the cells; None for no cells."""
        if self._cells is None and not self.area.is_empty:
            self._cells = self.sheet.cells_of(self.area)
        return self._cells

    def __len__(self) -> int:
        return 0 if self.area.is_empty else self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        """Return one cell, counted from the first: by row and column, or by its number row by row."""
        if column is None:
            down, right = divmod(row - 1, self.shape[1])
        else:
            down, right = row - 1, column - 1
        return Range(self.sheet, Area(*[self.row + down, self.column + right] * 2))

    @property
    def raw_value(self) -> Any:
        """Return the value of one cell, or rows of values."""
        if self.area.is_empty:
            return None
        rows = read_values(self.sheet, self.area)
        return rows[0][0] if self.shape == (1, 1) else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if not self.area.is_empty:
            self.sheet.require_changeable(self.api)
            write_values(self.sheet, self.area, data)

    @property
    def formula(self) -> Any:
        """Return what the formula bar shows for one cell, or rows of it."""
        if self.area.is_empty:
            return None
        rows = read_formulas(self.sheet, self.area)
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, data: Any) -> None:
        if not self.area.is_empty:
            self.sheet.require_changeable(self.api)
            write_formulas(self.sheet, self.area, data)

    @property
    def formula_array(self) -> str | None:
        """Return the array formula that fills the range; None when there is none."""
        formula: str = "" if self.api is None else self.api.getArrayFormula()
        return to_excel(formula.removeprefix("{").removesuffix("}")) if formula else None

    @formula_array.setter
    def formula_array(self, formula: str) -> None:
        if self.api is not None:
            self.sheet.require_changeable(self.api)
            self.api.setArrayFormula(to_calc(formula))

    @property
    def has_array(self) -> bool:
        """Tell whether one array formula fills the range."""
        return self.formula_array is not None

    def clear_contents(self) -> None:
        """Empty the cells; formats and notes stay."""
        if self.api is not None:
            self.sheet.require_changeable(self.api)
            self.api.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        """Take all formats off the cells."""
        if self.api is not None:
            self.sheet.require_unprotected()
            self.api.clearContents(_FORMATS)

    def clear(self) -> None:
        """Empty the cells and take formats and notes off."""
        if self.api is not None:
            self.sheet.require_unprotected()
            self.api.clearContents(_CONTENTS | _NOTES | _FORMATS)

    def end(self, direction: str) -> Range:
        """Return the cell that Ctrl and the arrow key lead to from the first cell."""
        return Range(self.sheet, navigation.find_end(self.sheet.api, self.area, self.sheet.whole, direction))

    def expand(self, mode: str = "table") -> Any:
        """Return the range that xlwings' expander of that name makes of this one."""
        expander = expansion.expanders.get(mode, mode)
        return expander.expand(xlwings.Range(impl=self)).impl

    @property
    def current_region(self) -> Range:
        """Return the area around the range that empty rows and columns enclose."""
        if self.api is None:
            return self
        return Range(self.sheet, navigation.find_current_region(self.sheet.api, self.api))

    def select(self) -> None:
        """Show the sheet and select the range."""
        self.sheet.activate()
        self.sheet.book.controller.select(self.api)

    @property
    def address(self) -> str:
        """Return the address, such as $A$1:$B$2."""
        if self.area.is_empty:
            rows, columns = self.shape
            return f"{self(1, 1).address}{{{rows}x{columns}}}"
        return format_area(self.area, self.sheet.whole)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:  # noqa: FBT001
        """Return the address with signs as asked for; an external one names book and sheet."""
        signs = ("$" if row_absolute else "", "$" if column_absolute else "")
        address = format_area(self.area, self.sheet.whole, *signs)
        if not external:
            return address
        return f"{external_sheet_name(self.sheet.book.name, self.sheet.name)}!{address}"

    @property
    def name(self) -> Name | None:
        """Return the first name that stands for just this range."""
        return self.sheet.book.names.find_for(self)

    @name.setter
    def name(self, name: str) -> None:
        self.sheet.book.names.add(name, f"={excel_sheet_name(self.sheet.name)}!{self.address}")

    @property
    def font(self) -> Font:
        """Return the font of the cells."""
        return Font(self)

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns ("c"), rows ("r") or both to their content."""
        self.sheet.require_unprotected()
        geometry.fit(self.api, axis)

    @property
    def merge_area(self) -> Range:
        """Return the merged cells that the first cell belongs to."""
        return Range(self.sheet, navigation.find_merged_area(self.sheet.api, self(1, 1).api))

    @property
    def merge_cells(self) -> bool:
        """Tell whether the first cell belongs to merged cells."""
        return len(self.merge_area) > 1

    def merge(self, across: bool) -> None:  # noqa: FBT001
        """Merge the cells: all into one, or across, each row into one."""
        self.sheet.require_unprotected()
        lines = [self.area._replace(row=row, last_row=row) for row in range(self.row, self.area.last_row + 1)]
        for area in lines if across else [self.area]:
            self.sheet.cells_of(area).merge(_MERGED)

    def unmerge(self) -> None:
        """Make single cells of merged ones."""
        self.sheet.require_unprotected()
        self.sheet.cells_of(self.area).merge(not _MERGED)

    def autofill(self, destination: xlwings.Range, type_: str) -> None:
        """Give the rows of a destination that begins with this one row its formats ("fill_formats").

        Raises:
            NotSupportedError: something else is to be filled, or filled elsewhere.
        """
        if type_ != "fill_formats":
            message = "Range.autofill is not supported on LibreOffice but for formats: write the values"
            raise NotSupportedError(message)
        self.sheet.require_unprotected()
        fill_formats_down(self.sheet, self.area, destination.impl.area)

    def copy(self, destination: xlwings.Range | None) -> None:
        """Copy the cells with their formats to where a destination begins, of this workbook or another.

        Raises:
            NotSupportedError: there is no destination, which means the clipboard.
            LibreOfficeError: the sheet of the destination is protected.
        """
        if destination is None:
            message = "Range.copy() to the clipboard is not supported on LibreOffice: name the destination"
            raise NotSupportedError(message)
        target = destination.impl
        target.sheet.require_unprotected()
        copy_cells(self.sheet, self.area, target.sheet, target.row, target.column)

    @property
    def hyperlink(self) -> str:
        """Return where the link of the first cell leads; LibreOfficeError when it has none."""
        return read_hyperlink(self.sheet.cell_of(self.row, self.column))

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:  # noqa: ARG002
        """Make the first cell show a text that links to an address. LibreOffice has no screen tips of one's own."""
        self.sheet.require_changeable(self.api)
        write_hyperlink(self.sheet.book.api, self.sheet.cell_of(self.row, self.column), address, text_to_display)

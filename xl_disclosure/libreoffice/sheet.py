"""The sheets of a workbook, as xlwings expects them of an engine."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_disclosure.libreoffice import geometry, navigation
from xl_disclosure.libreoffice.advice import SHEET_ADVICE
from xl_disclosure.libreoffice.areas import Area, area_from_uno, parse_area
from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.main_thread import on_main_thread
from xl_disclosure.libreoffice.names import Names
from xl_disclosure.libreoffice.number_formats import NumberFormats
from xl_disclosure.libreoffice.properties import common_property
from xl_disclosure.libreoffice.range import Range
from xl_disclosure.libreoffice.uno_types import UnoObject, uno_exception
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.book import Book


@refuses_the_rest(base_classes.Sheet, "use sheet.api, the UNO object (com.sun.star.sheet.Spreadsheet)", SHEET_ADVICE)
@explains_failures
class Sheet:
    """Read and change one sheet."""

    api: UnoObject
    book: Book

    def __init__(self, api: UnoObject, book: Book) -> None:
        self.api = api
        self.book = book
        self._whole: Area | None = None

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        name: str = self.api.Name
        return name

    @name.setter
    def name(self, name: str) -> None:
        self.api.Name = name
        if self.api.Name != name:
            message = f"the sheet {self.api.Name} cannot be renamed {name!r}: another sheet has that name"
            raise LibreOfficeError(message)

    @property
    def position(self) -> int:
        """Return the sheet's index, counted from 0."""
        position: int = self.api.RangeAddress.Sheet
        return position

    @property
    def index(self) -> int:
        """Return the sheet's number, counted from 1."""
        return self.position + 1

    @property
    def whole(self) -> Area:
        """Return the area of all cells there are."""
        if self._whole is None:
            self._whole = area_from_uno(self.api.RangeAddress)
        return self._whole

    @property
    def number_formats(self) -> NumberFormats:
        """Return the number formats of the workbook."""
        return self.book.number_formats

    @property
    def null_date(self) -> dt.datetime:
        """Return the day that the workbook counts days from."""
        return self.book.null_date

    @property
    def names(self) -> Names:
        """Return the names of the sheet."""
        return Names(self.book, self)

    @property
    def cells(self) -> Range:
        """Return the range of all cells there are."""
        return Range(self, self.whole)

    @property
    def used_range(self) -> Range:
        """Return the smallest range with all content."""
        return Range(self, navigation.find_used_area(self.api))

    def range(self, first: Any, last: Any = None) -> Range:
        """Return a range: by address or name, by (row, column), by two corners, or by (row, column, rows, columns).

        Raises:
            NotSupportedError: the address names several areas.
            LibreOfficeError: it names none on this sheet.
        """
        if last is None:
            return Range(self, self._area(first))
        if isinstance(first, int):
            return Range(self, self._area((first, last)))
        return Range(self, self._area(first).joined(self._area(last)))

    def cells_of(self, area: Area) -> UnoObject:
        """Return the UNO object of an area."""
        corners = area.column - 1, area.row - 1, area.last_column - 1, area.last_row - 1
        return self.api.getCellRangeByPosition(*corners)

    def cell_of(self, row: int, column: int) -> UnoObject:
        """Return the UNO object of a cell."""
        return self.api.getCellByPosition(column - 1, row - 1)

    @property
    def visible(self) -> bool:
        """Return whether the sheet's tab is shown."""
        visible: bool = self.api.IsVisible
        return visible

    @visible.setter
    def visible(self, visible: bool) -> None:
        self.api.IsVisible = bool(visible)
        if self.api.IsVisible != bool(visible):
            message = f"the sheet {self.name} cannot be hidden: a workbook shows at least one sheet"
            raise LibreOfficeError(message)

    def activate(self) -> None:
        """Show the sheet."""
        self.book.controller.setActiveSheet(self.api)

    def select(self) -> None:
        """Show the sheet."""
        self.activate()

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        """Take all formats off all cells."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Empty all cells and take formats and notes off."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns ("c"), rows ("r") or both to their content."""
        self.require_unprotected()
        geometry.fit(self.cells_of(navigation.find_used_area(self.api)), axis)

    def delete(self) -> None:
        """Remove the sheet; LibreOfficeError when it is the only one."""
        try:
            self.book.api.Sheets.removeByName(self.name)
        except uno_exception() as error:
            message = f"the sheet {self.name} cannot be deleted: a workbook has at least one sheet"
            raise LibreOfficeError(message) from error

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy the sheet before or after another one, of this workbook or another."""
        neighbour = before or after or self
        place = neighbour.position + (0 if before else 1)
        sheets = neighbour.book.api.Sheets
        if neighbour.book.api == self.book.api:
            sheets.copyByName(self.name, neighbour.book.sheets.free_name(self.name), place)
        else:
            bring = partial(sheets.importSheet, self.book.api, self.name, place)
            on_main_thread(neighbour.book.app.connection, bring)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Move the sheet before or after another one of the workbook."""
        neighbour = before or after or self
        self.book.api.Sheets.moveByName(self.name, neighbour.position + (0 if before else 1))

    def require_unprotected(self) -> None:
        """Raise LibreOfficeError when the sheet is protected: LibreOffice would disregard the change."""
        if self.api.isProtected():
            raise LibreOfficeError(self._protection())

    def require_changeable(self, cells: UnoObject) -> None:
        """Raise LibreOfficeError when the sheet is protected and one of the cells is locked."""
        if not self.api.isProtected():
            return
        protection = common_property(cells, "CellProtection")
        if protection is None or protection.IsLocked:
            raise LibreOfficeError(self._protection())

    def _protection(self) -> str:
        return f"the sheet {self.name} is protected: unprotect it first, by sheet.api.unprotect(password)"

    def _area(self, place: Any) -> Area:
        match place:
            case Range():
                return place.area
            case (int(row), int(column)):
                if row < 1 or column < 1:
                    message = "rows and columns of a range are counted from 1"
                    raise IndexError(message)
                return Area(row, column, row, column)
            case (int(row), int(column), int(rows), int(columns)):
                return Area(row, column, row + rows - 1, column + columns - 1)
        return self._named_area(str(place))

    def _named_area(self, text: str) -> Area:
        sheet, _, address = text.rpartition("!")
        area = parse_area(address, self.whole)
        if area is not None and sheet.strip("'") in {"", self.name}:
            return area
        if "," in text:
            message = f"{text!r} is not supported on LibreOffice: name one area at a time"
            raise NotSupportedError(message)
        try:
            return area_from_uno(self.api.getCellRangeByName(text).RangeAddress)
        except uno_exception() as error:
            message = f"{text!r} is neither an address nor a name on the sheet {self.name}"
            raise LibreOfficeError(message) from error

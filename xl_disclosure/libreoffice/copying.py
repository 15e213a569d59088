"""Copy cells with all that belongs to them, within a workbook or into another one, and without the clipboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xl_disclosure.libreoffice.areas import Area
from xl_disclosure.libreoffice.main_thread import on_main_thread
from xl_disclosure.libreoffice.uno_types import UnoObject

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.sheet import Sheet

# com.sun.star.sheet.CellFlags: everything but objects of the drawing layer.
_EVERYTHING = 1023 & ~128
_MERGED = True


def copy_cells(source: Sheet, area: Area, destination: Sheet, row: int, column: int) -> None:
    """Copy an area to where a cell of a destination is the first: content, formats, validation, merged cells.

    What was there is gone. References to other sheets of another workbook lead back to its file, as in Excel.
    """
    rows, columns = area.shape
    target = destination.cells_of(Area(row, column, row + rows - 1, column + columns - 1))
    if source.book.api == destination.book.api:
        _copy(source.api, area, destination.api, target)
        return
    work = partial(_copy_from_elsewhere, source, area, destination, target)
    on_main_thread(destination.book.app.connection, work)


def _copy_from_elsewhere(source: Sheet, area: Area, destination: Sheet, target: UnoObject) -> None:
    """Copy from another workbook by way of the sheet: LibreOffice copies cells within one workbook only."""
    sheets = destination.book.api.Sheets
    place = sheets.Count
    sheets.importSheet(source.book.api, source.name, place)
    brought = sheets.getByIndex(place)
    try:
        _take_off_drawings(brought)
        _copy(brought, area, destination.api, target)
    finally:
        sheets.removeByName(brought.Name)


def _copy(source: UnoObject, area: Area, destination: UnoObject, target: UnoObject) -> None:
    corners = area.column - 1, area.row - 1, area.last_column - 1, area.last_row - 1
    address = source.getCellRangeByPosition(*corners).RangeAddress
    if source.Name != destination.Name:
        target.merge(not _MERGED)
        target.clearContents(_EVERYTHING)
    destination.copyRange(target.getCellByPosition(0, 0).CellAddress, address)


def _take_off_drawings(sheet: UnoObject) -> None:
    page = sheet.DrawPage
    for place in reversed(range(page.Count)):
        page.remove(page.getByIndex(place))

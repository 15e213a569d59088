"""Find areas by their content: the used ones, the connected ones, and the end that Ctrl and an arrow key lead to."""

from __future__ import annotations

from xl_disclosure.libreoffice.areas import Area, area_from_uno
from xl_disclosure.libreoffice.uno_types import UnoObject

_DIRECTIONS = {
    "down": (1, 0),
    "d": (1, 0),
    "up": (-1, 0),
    "u": (-1, 0),
    "right": (0, 1),
    "r": (0, 1),
    "left": (0, -1),
    "l": (0, -1),
}

_SELECTING = True


def find_used_area(sheet: UnoObject) -> Area:
    """Return the smallest area with all content of a sheet; its first cell when it is empty."""
    cursor = sheet.createCursor()
    cursor.gotoStartOfUsedArea(not _SELECTING)
    cursor.gotoEndOfUsedArea(_SELECTING)
    return area_from_uno(cursor.RangeAddress)


def find_current_region(sheet: UnoObject, cells: UnoObject) -> Area:
    """Return the area around cells that empty rows and columns enclose."""
    cursor = sheet.createCursorByRange(cells)
    cursor.collapseToCurrentRegion()
    return area_from_uno(cursor.RangeAddress)


def find_merged_area(sheet: UnoObject, cells: UnoObject) -> Area:
    """Return the merged cells that a cell belongs to; the cell itself when it belongs to none."""
    cursor = sheet.createCursorByRange(cells)
    cursor.collapseToMergedArea()
    return area_from_uno(cursor.RangeAddress)


def find_end(sheet: UnoObject, start: Area, whole: Area, direction: str) -> Area:
    """Return the cell that Ctrl and the arrow key of a direction lead to; ValueError for another direction."""
    if direction not in _DIRECTIONS:
        message = f"{direction!r} is no direction: use 'up', 'down', 'left' or 'right'"
        raise ValueError(message)
    down, right = _DIRECTIONS[direction]
    used = find_used_area(sheet)
    if down > 0:
        line = start._replace(last_row=max(start.row, used.last_row), last_column=start.column)
        edge = Area(whole.last_row, start.column, whole.last_row, start.column)
    elif down < 0:
        line = Area(1, start.column, start.row, start.column)
        edge = Area(1, start.column, 1, start.column)
    elif right > 0:
        line = start._replace(last_row=start.row, last_column=max(start.column, used.last_column))
        edge = Area(start.row, whole.last_column, start.row, whole.last_column)
    else:
        line = Area(start.row, 1, start.row, start.column)
        edge = Area(start.row, 1, start.row, 1)
    steps = _steps(_filled(sheet, line, backwards=down + right < 0))
    if steps is None:
        return edge
    row, column = start.row + down * steps, start.column + right * steps
    return Area(row, column, row, column)


def _filled(sheet: UnoObject, line: Area, *, backwards: bool) -> list[bool]:
    cells = sheet.getCellRangeByPosition(line.column - 1, line.row - 1, line.last_column - 1, line.last_row - 1)
    filled = [bool(formula) for row in cells.getFormulaArray() for formula in row]
    return filled[::-1] if backwards else filled


def _steps(filled: list[bool]) -> int | None:
    """Return how far a jump goes from the first of these cells; None when it goes to the edge of the sheet."""
    if all(filled[:2]) and len(filled) > 1:
        return next((place for place, content in enumerate(filled) if not content), len(filled)) - 1
    return next((place for place, content in enumerate(filled) if content and place), None)

"""Sizes of rows and columns: LibreOffice counts in hundredths of a millimetre, Excel in points and characters."""

from __future__ import annotations

from typing import Any

from xl_disclosure.libreoffice.uno_types import UnoObject

_HUNDREDTHS_A_POINT = 2540 / 72
# Excel's character is the widest digit of its standard font, 7 pixels of 1/96 inch, and a column pads it by 5.
_HUNDREDTHS_A_PIXEL = 2540 / 96
_PIXELS_A_CHARACTER = 7
_PADDING_PIXELS = 5
_TOLERANCE = 2


def to_points(hundredths: int) -> float:
    """Return a length in points, to two decimals."""
    return round(hundredths / _HUNDREDTHS_A_POINT, 2)


def common_row_height(cells: UnoObject, rows: int) -> float | None:
    """Return the height of the rows of cells in points; None when they differ."""
    height: int = cells.Rows.Height
    return to_points(height) if abs(cells.Size.Height - rows * height) <= _TOLERANCE * rows else None


def common_column_width(cells: UnoObject, columns: int) -> float | None:
    """Return the width of the columns of cells in characters; None when they differ."""
    width: int = cells.Columns.Width
    if abs(cells.Size.Width - columns * width) > _TOLERANCE * columns:
        return None
    pixels = width / _HUNDREDTHS_A_PIXEL
    narrowest = _PIXELS_A_CHARACTER + _PADDING_PIXELS
    if pixels < narrowest:
        return round(pixels / narrowest, 2)
    return round((pixels - _PADDING_PIXELS) / _PIXELS_A_CHARACTER, 2)


def set_row_height(cells: UnoObject, points: float) -> None:
    """Make the rows of cells as high as that."""
    cells.Rows.Height = round(points * _HUNDREDTHS_A_POINT)


def set_column_width(cells: UnoObject, characters: float) -> None:
    """Make the columns of cells as wide as that."""
    if characters < 1:
        pixels = characters * (_PIXELS_A_CHARACTER + _PADDING_PIXELS)
    else:
        pixels = characters * _PIXELS_A_CHARACTER + _PADDING_PIXELS
    cells.Columns.Width = round(pixels * _HUNDREDTHS_A_PIXEL)


def fit(cells: UnoObject, axis: str | None) -> None:
    """Fit the columns of cells ("c", "columns"), their rows ("r", "rows") or both (None) to their content."""
    if axis in {None, "c", "columns"}:
        cells.Columns.OptimalWidth = True
    if axis in {None, "r", "rows"}:
        cells.Rows.OptimalHeight = True


def are_hidden(lines: UnoObject) -> bool | None:
    """Return whether rows or columns are hidden; None when some are."""
    states: set[Any] = {lines.getByIndex(place).IsVisible for place in range(lines.Count)}
    return not states.pop() if len(states) == 1 else None

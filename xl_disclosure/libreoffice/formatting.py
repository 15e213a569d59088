"""The formats of a range: one attribute each, read from all its cells and set on all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from xl_disclosure.libreoffice import alignment, geometry
from xl_disclosure.libreoffice.colors import from_rgb, to_rgb
from xl_disclosure.libreoffice.failures import explained
from xl_disclosure.libreoffice.number_formats import NumberFormats
from xl_disclosure.libreoffice.properties import common_property
from xl_disclosure.libreoffice.uno_types import UnoObject


class FormattedSheet(Protocol):
    """What formats need of a sheet."""

    @property
    def number_formats(self) -> NumberFormats:
        """Return the number formats of its workbook."""
        ...

    def require_unprotected(self) -> None:
        """Raise LibreOfficeError when the sheet is protected."""
        ...


class FormattedRange(Protocol):
    """What formats need of a range."""

    @property
    def sheet(self) -> FormattedSheet:
        """Return its sheet."""
        ...

    @property
    def api(self) -> UnoObject | None:
        """Return the UNO object of the cells; None for no cells."""
        ...

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many rows and columns there are."""
        ...


class CellFormat:
    """An attribute of a range that reads and sets a format; None for no cells and for cells that differ."""

    def __init__(
        self,
        read: Callable[[FormattedRange, UnoObject], Any],
        write: Callable[[FormattedRange, UnoObject, Any], None],
    ) -> None:
        self._read = read
        self._write = write

    def __set_name__(self, owner: type, name: str) -> None:
        what = f"{owner.__name__}.{name}"
        self._read = explained(what, self._read)
        self._write = explained(what, self._write)

    def __get__(self, target: FormattedRange, _: type) -> Any:
        cells = target.api
        return None if cells is None else self._read(target, cells)

    def __set__(self, target: FormattedRange, value: Any) -> None:
        cells = target.api
        if cells is not None:
            # LibreOffice would disregard the change without a word.
            target.sheet.require_unprotected()
            self._write(target, cells, value)


def number_format() -> CellFormat:
    """Return the attribute for the number format, with Excel's English codes."""
    return CellFormat(
        lambda target, cells: target.sheet.number_formats.get(cells),
        lambda target, cells, text: target.sheet.number_formats.set(cells, text),
    )


def background() -> CellFormat:
    """Return the attribute for the background colour."""

    def read(_: FormattedRange, cells: UnoObject) -> tuple[int, int, int] | None:
        color = common_property(cells, "CellBackColor")
        return None if color is None else to_rgb(color)

    return CellFormat(read, lambda _, cells, color: setattr(cells, "CellBackColor", from_rgb(color)))


def wrapping() -> CellFormat:
    """Return the attribute that says whether text is wrapped."""
    return CellFormat(
        lambda _, cells: common_property(cells, "IsTextWrapped"),
        lambda _, cells, value: setattr(cells, "IsTextWrapped", bool(value)),
    )


def horizontal_alignment() -> CellFormat:
    """Return the attribute for how text stands across."""
    return CellFormat(
        lambda _, cells: alignment.horizontal_alignment(cells),
        lambda _, cells, name: alignment.set_horizontal_alignment(cells, name),
    )


def vertical_alignment() -> CellFormat:
    """Return the attribute for how text stands up and down."""
    return CellFormat(
        lambda _, cells: alignment.vertical_alignment(cells),
        lambda _, cells, name: alignment.set_vertical_alignment(cells, name),
    )


def row_height() -> CellFormat:
    """Return the attribute for the height of the rows, in points."""
    return CellFormat(
        lambda target, cells: geometry.common_row_height(cells, target.shape[0]),
        lambda _, cells, points: geometry.set_row_height(cells, points),
    )


def column_width() -> CellFormat:
    """Return the attribute for the width of the columns, in characters."""
    return CellFormat(
        lambda target, cells: geometry.common_column_width(cells, target.shape[1]),
        lambda _, cells, characters: geometry.set_column_width(cells, characters),
    )


def hidden_rows() -> CellFormat:
    """Return the attribute that says whether the rows are hidden."""
    return CellFormat(
        lambda _, cells: geometry.are_hidden(cells.Rows),
        lambda _, cells, value: setattr(cells.Rows, "IsVisible", not value),
    )


def hidden_columns() -> CellFormat:
    """Return the attribute that says whether the columns are hidden."""
    return CellFormat(
        lambda _, cells: geometry.are_hidden(cells.Columns),
        lambda _, cells, value: setattr(cells.Columns, "IsVisible", not value),
    )


def length(measure: Callable[[UnoObject], int]) -> property:
    """Return the attribute for a length, in points, that LibreOffice gives in hundredths of a millimetre."""

    def read(target: FormattedRange) -> float:
        return 0.0 if target.api is None else geometry.to_points(measure(target.api))

    return property(read)

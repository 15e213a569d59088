"""How the cells of a worksheet part look and what may be typed into them, as far as pasting destroys it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xl_disclosure.workbook.areas import Area, parse_area
from xl_disclosure.workbook.book import CellLook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRUE = ("1", "true")
_FALSE = ("0", "false")

Styles = Sequence[tuple[str, bool]]
"""The fill of each cell style, and whether it locks."""


class CellLooks:
    """Look cells up in a worksheet and the styles of its workbook."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        """Take the root of a worksheet as lxml has it; ValueError where it makes no sense."""
        self._styles = styles
        self._cells = {str(cell.get("r")): int(cell.get("s", "0")) for cell in sheet.iter(f"{_MAIN}c")}
        self._rows = {
            int(row.get("r", "0")) - 1: int(row.get("s", "0"))
            for row in sheet.iter(f"{_MAIN}row")
            if row.get("customFormat") in _TRUE
        }
        self._columns = [
            (int(column.get("min", "0")) - 1, int(column.get("max", "0")) - 1, int(column.get("style", "0")))
            for column in sheet.iter(f"{_MAIN}col")
        ]
        self._validations = list(_read_validations(sheet))
        used = [*self._cells.values(), *self._rows.values(), *(style for *_, style in self._columns)]
        if not all(0 <= style < len(self._styles) for style in used):
            raise ValueError("a style that is not there")

    @property
    def places(self) -> Sequence[tuple[int, int]]:
        """Return the cells that stand in the sheet, those of a look alone included."""
        return [(area.first_row, area.first_column) for area in map(parse_area, self._cells)]

    @property
    def area(self) -> Area:
        """Return the area, from the first cell on, of all cells that stand in the sheet."""
        return Area(0, 0, max(row for row, _ in self.places), max(column for _, column in self.places))

    def look(self, row: int, column: int) -> CellLook:
        """Return the look of a cell."""
        place = Area(row, column, row, column)
        fill, is_locked = self._styles[self._style(str(place), row, column)]
        kinds = [kind for area, kind in self._validations if area.contains(place)]
        return CellLook(fill, is_locked, kinds[0] if kinds else "")

    def _style(self, name: str, row: int, column: int) -> int:
        if name in self._cells:
            return self._cells[name]
        if row in self._rows:
            return self._rows[row]
        return next((style for first, last, style in self._columns if first <= column <= last), 0)


def read_styles(root: Any) -> Styles:
    """Return the cell styles of a styles part, given its root; ValueError or LookupError where it makes no sense."""
    fills = [_fill(fill) for fill in root.iterfind(f"{_MAIN}fills/{_MAIN}fill")]
    styles: list[tuple[str, bool]] = []
    for style in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        protection = style.find(f"{_MAIN}protection")
        is_locked = protection is None or protection.get("locked") not in _FALSE
        styles.append((fills[int(style.get("fillId", "0"))], is_locked))
    return styles


def _fill(fill: Any) -> str:
    pattern = fill.find(f"{_MAIN}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find(f"{_MAIN}fgColor")
    if colour is None:
        return ""
    stated = colour.get("rgb")
    return f"#{stated[-6:].upper()}" if stated is not None else str(sorted(colour.attrib.items()))


def _read_validations(root: Any) -> list[tuple[Area, str]]:
    found: list[tuple[Area, str]] = []
    for validation in root.iter(f"{_MAIN}dataValidation"):
        kind = validation.get("type", "none")
        if kind != "none":
            found.extend((parse_area(reference), kind) for reference in validation.get("sqref", "").split())
    return found

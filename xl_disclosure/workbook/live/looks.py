"""How the cells of an open workbook look and what may be typed into them, asked for in few calls where all is well."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import CellLook
from xl_disclosure.workbook.live.cells import group_cells

if TYPE_CHECKING:
    import xlwings

Place = tuple[int, int]
Ask = Callable[[Sequence[Place]], CellLook | None]
"""Returns the look that cells have in common; None when they have none."""

_AMBIGUOUS = "AMBIGUOUS_VALUE"
_NO_FILL = -1
# com.sun.star.sheet.ValidationType, and xlDVType of Excel, under the names that files use.
_CALC_KINDS = {
    "WHOLE": "whole",
    "DECIMAL": "decimal",
    "DATE": "date",
    "TIME": "time",
    "TEXT_LEN": "textLength",
    "LIST": "list",
    "CUSTOM": "custom",
}
_EXCEL_KINDS = {1: "whole", 2: "decimal", 3: "list", 4: "date", 5: "time", 6: "textLength", 7: "custom"}
_EXCEL_NO_PATTERN = -4142


def odd_cells(sheet: xlwings.Sheet, wanted: Mapping[Place, CellLook]) -> dict[Place, CellLook]:
    """Return the cells that do not look as wanted, each with its look. Excel on the Mac is not asked."""
    engine = sheet.book.app.engine.name
    if engine == "libreoffice":
        ask: Ask = lambda places: _ask_libreoffice(sheet, places)  # noqa: E731
    elif engine == "excel" and sys.platform == "win32":
        ask = lambda places: _ask_excel(sheet, places)  # noqa: E731
    else:
        return {}
    together: dict[CellLook, list[Place]] = {}
    for place, look in wanted.items():
        together.setdefault(look, []).append(place)
    return dict(odd for look, places in together.items() for odd in _odd_among(ask, places, look))


def _odd_among(ask: Ask, places: Sequence[Place], wanted: CellLook) -> Iterator[tuple[Place, CellLook]]:
    """Halve the cells until each odd one is found."""
    look = ask(places)
    if look == wanted:
        return
    if look is not None:
        yield from ((place, look) for place in places)
    if look is not None or len(places) == 1:
        return
    middle = len(places) // 2
    yield from _odd_among(ask, places[:middle], wanted)
    yield from _odd_among(ask, places[middle:], wanted)


def _ask_libreoffice(sheet: xlwings.Sheet, places: Sequence[Place]) -> CellLook | None:
    cells = sheet.book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
    cells.addRangeAddresses(tuple(_addresses(sheet, group_cells(places))), False)  # noqa: FBT003 - do not merge them
    if any(
        cells.getPropertyState(name).value == _AMBIGUOUS for name in ("Validation", "CellBackColor", "CellProtection")
    ):
        return None
    fill = cells.CellBackColor
    kind = _CALC_KINDS.get(cells.Validation.Type.value, "")
    return CellLook("" if fill == _NO_FILL else f"#{fill:06X}", bool(cells.CellProtection.IsLocked), kind)


def _addresses(sheet: xlwings.Sheet, areas: Sequence[Area]) -> Iterator[Any]:
    for area in areas:
        corners = area.first_column, area.first_row, area.last_column, area.last_row
        yield sheet.api.getCellRangeByPosition(*corners).RangeAddress


def _ask_excel(sheet: xlwings.Sheet, places: Sequence[Place]) -> CellLook | None:
    looks = {_look_in_excel(sheet, area) for area in group_cells(places)}
    return looks.pop() if len(looks) == 1 else None


def _look_in_excel(sheet: xlwings.Sheet, area: Area) -> CellLook | None:
    cells = sheet.range((area.first_row + 1, area.first_column + 1), (area.last_row + 1, area.last_column + 1)).api
    pattern, colour, is_locked = cells.Interior.Pattern, cells.Interior.Color, cells.Locked
    if pattern is None or colour is None or is_locked is None:
        return None
    try:
        kind = _EXCEL_KINDS.get(cells.Validation.Type, "")
    except Exception:  # noqa: BLE001 - Excel raises for cells without a rule, and for cells of several
        if cells.Count > 1:
            return None
        kind = ""
    fill = "" if pattern == _EXCEL_NO_PATTERN else _colour_of_excel(int(colour))
    return CellLook(fill, bool(is_locked), kind)


def _colour_of_excel(colour: int) -> str:
    red, green, blue = colour & 0xFF, colour >> 8 & 0xFF, colour >> 16 & 0xFF
    return f"#{red:02X}{green:02X}{blue:02X}"

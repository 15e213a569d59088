"""How text stands in cells, in xlwings' words and in LibreOffice's."""

from __future__ import annotations

from xl_disclosure.libreoffice.errors import NotSupportedError
from xl_disclosure.libreoffice.properties import common_property
from xl_disclosure.libreoffice.uno_types import UnoObject, make_enum

_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
# com.sun.star.table.CellVertJustify2; Excel's default is at the bottom.
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
_STANDARD = 0


def horizontal_alignment(cells: UnoObject) -> str | None:
    """Return how the text of cells stands across; None when they differ."""
    value = common_property(cells, "HoriJustify")
    names = {calc: name for name, calc in _HORIZONTAL.items()}
    return None if value is None else names.get(value.value)


def set_horizontal_alignment(cells: UnoObject, name: str) -> None:
    """Let the text of cells stand across like that."""
    cells.HoriJustify = make_enum("table.CellHoriJustify", _HORIZONTAL[_known(name, _HORIZONTAL)])


def vertical_alignment(cells: UnoObject) -> str | None:
    """Return how the text of cells stands up and down; None when they differ."""
    value = common_property(cells, "VertJustify")
    names = {calc: name for name, calc in _VERTICAL.items()} | {_STANDARD: "bottom"}
    return None if value is None else names.get(value)


def set_vertical_alignment(cells: UnoObject, name: str) -> None:
    """Let the text of cells stand up and down like that."""
    cells.VertJustify = _VERTICAL[_known(name, _VERTICAL)]


def _known(name: str, names: dict[str, str] | dict[str, int]) -> str:
    if name not in names:
        message = f"LibreOffice has no alignment {name!r}: use one of {', '.join(names)}"
        raise NotSupportedError(message)
    return name

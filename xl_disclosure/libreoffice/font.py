"""The font of cells: LibreOffice keeps one for western, one for Asian and one for complex scripts; all are set."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xl_disclosure.libreoffice.colors import from_rgb, to_rgb
from xl_disclosure.libreoffice.formatting import CellFormat, FormattedRange, FormattedSheet
from xl_disclosure.libreoffice.properties import common_property
from xl_disclosure.libreoffice.uno_types import UnoObject, make_enum
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

# com.sun.star.awt.FontWeight
_BOLD = 150.0
_NORMAL = 100.0
_SCRIPTS = ("", "Asian", "Complex")


def _read_bold(_: FormattedRange, cells: UnoObject) -> bool | None:
    weight = common_property(cells, "CharWeight")
    return None if weight is None else weight >= _BOLD


def _read_italic(_: FormattedRange, cells: UnoObject) -> bool | None:
    posture = common_property(cells, "CharPosture")
    return None if posture is None else posture.value != "NONE"


def _read_color(_: FormattedRange, cells: UnoObject) -> tuple[int, int, int] | None:
    color = common_property(cells, "CharColor")
    return None if color is None else to_rgb(color)


def _set_for_all_scripts(cells: UnoObject, name: str, value: Any) -> None:
    for script in _SCRIPTS:
        setattr(cells, name + script, value)


@refuses_the_rest(
    base_classes.Font, "use font.api, the UNO object of the cells (com.sun.star.style.CharacterProperties)"
)
class Font:
    """Read and set the font of a range; what its cells do not have in common is None."""

    bold = CellFormat(
        _read_bold,
        lambda _, cells, value: _set_for_all_scripts(cells, "CharWeight", _BOLD if value else _NORMAL),
    )
    italic = CellFormat(
        _read_italic,
        lambda _, cells, value: _set_for_all_scripts(
            cells, "CharPosture", make_enum("awt.FontSlant", "ITALIC" if value else "NONE")
        ),
    )
    size = CellFormat(
        lambda _, cells: common_property(cells, "CharHeight"),
        lambda _, cells, points: _set_for_all_scripts(cells, "CharHeight", float(points)),
    )
    name = CellFormat(
        lambda _, cells: common_property(cells, "CharFontName"),
        lambda _, cells, name: _set_for_all_scripts(cells, "CharFontName", name),
    )
    color = CellFormat(_read_color, lambda _, cells, color: setattr(cells, "CharColor", from_rgb(color)))

    sheet: FormattedSheet
    api: UnoObject | None
    shape: tuple[int, int]

    def __init__(self, target: FormattedRange) -> None:
        self.sheet = target.sheet
        self.api = target.api
        self.shape = target.shape

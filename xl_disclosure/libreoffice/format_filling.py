"""Give cells the formats of others, their content untouched, and without the clipboard."""

from __future__ import annotations

from typing import Protocol

from xl_disclosure.libreoffice.areas import Area
from xl_disclosure.libreoffice.errors import NotSupportedError
from xl_disclosure.libreoffice.uno_types import UnoObject

_SCRIPTS = ("", "Asian", "Complex")
_OF_EVERY_SCRIPT = ("CharFontName", "CharFontStyleName", "CharHeight", "CharPosture", "CharWeight")
_OF_CHARACTERS = (
    *("CharColor", "CharContoured", "CharShadowed", "CharStrikeout", "CharUnderline", "CharUnderlineColor"),
    *("CharUnderlineHasColor", "CharOverline", "CharRelief", "CharWordMode"),
)
_OF_CELLS = (
    *("CellBackColor", "CellProtection", "HoriJustify", "HoriJustifyMethod", "VertJustify", "VertJustifyMethod"),
    *("IsTextWrapped", "ShrinkToFit", "NumberFormat", "Orientation", "ParaIndent", "RotateAngle", "RotateReference"),
    *("TopBorder2", "BottomBorder2", "LeftBorder2", "RightBorder2", "DiagonalTLBR2", "DiagonalBLTR2", "ShadowFormat"),
)
_FORMATS = tuple(
    sorted((*_OF_CELLS, *_OF_CHARACTERS, *(name + script for name in _OF_EVERY_SCRIPT for script in _SCRIPTS)))
)


class FilledSheet(Protocol):
    """What filling needs of a sheet."""

    def cells_of(self, area: Area) -> UnoObject:
        """Return the UNO object of an area."""
        ...

    def cell_of(self, row: int, column: int) -> UnoObject:
        """Return the UNO object of a cell."""
        ...


def fill_formats_down(sheet: FilledSheet, source: Area, target: Area) -> None:
    """Give every row of a target the formats of the one row it begins with; NotSupportedError when it is another."""
    if source.shape[0] != 1 or target._replace(last_row=target.row) != source:
        message = "formats are filled on LibreOffice from one row down only, which the destination begins with"
        raise NotSupportedError(message)
    for column in range(source.column, source.last_column + 1):
        _fill(sheet.cell_of(source.row, column), sheet.cells_of(target._replace(column=column, last_column=column)))


def _fill(source: UnoObject, target: UnoObject) -> None:
    # The style comes first: to set it takes all other formats off.
    target.CellStyle = source.CellStyle
    target.setPropertyValues(_FORMATS, source.getPropertyValues(_FORMATS))

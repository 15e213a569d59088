"""Colours as xlwings gives and takes them, and as LibreOffice does."""

from __future__ import annotations

from collections.abc import Sequence

Color = Sequence[int] | int | str

_NO_COLOR = -1


def to_rgb(color: int) -> tuple[int, int, int] | None:
    """Return red, green and blue of a colour of LibreOffice; None for none."""
    if color == _NO_COLOR:
        return None
    return color >> 16 & 255, color >> 8 & 255, color & 255


def from_rgb(color: Color | None) -> int:
    """Return LibreOffice's number of a colour given as red, green and blue, as #RRGGBB or as Excel's number."""
    match color:
        case None:
            return _NO_COLOR
        case str():
            return int(color.removeprefix("#"), 16)
        case int():
            # Excel's numbers begin with blue.
            return (color & 255) << 16 | color & 0xFF00 | color >> 16 & 255
    red, green, blue = color
    return red << 16 | green << 8 | blue

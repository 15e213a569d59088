"""What every sheet of the template shares: its formats, its references to the cover, its protection, its buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from xl_disclosure.forms.model import Edition
from xl_disclosure.workbook.layout import cover_place
from xl_disclosure.workbook.template.styles import Styles

A4 = 9
BUTTONS: Mapping[str, str] = {
    "填表": "FillForm",
    "审核": "CheckForm",
    "汇总": "AggregateUnits",
    "生成报告": "WriteReport",
}
"""The buttons' captions, each with its macro."""

REPAIRS: Mapping[str, str] = {"撤销": "UndoAction", "复原版式": "RestoreForm"}
"""The captions of the buttons that mend; in Excel they are on the ribbon, LibreOffice has nothing but the sheet."""

FREEDOMS: Mapping[str, bool] = {"format_columns": True, "format_rows": True, "objects": True}
"""What a clerk may do on any protected sheet; pictures and notes may be added."""

LIST_FREEDOMS: Mapping[str, bool] = {
    **FREEDOMS,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What a clerk may do on a sheet that is a list."""

BUTTON_ROW_HEIGHT = 24
"""The height, in points, of a row in whose middle the buttons stand."""

DEFAULT_COLUMN_PIXELS = 72
"""The width of a column that nobody set, in the default font: 8 pixels a digit and 5 around it."""

_PIXELS_A_DIGIT = 8
_PIXELS_AROUND = 5
_BUTTON_WIDTH = 70
_BUTTON_HEIGHT = 28
_BUTTON_GAP = 4
_BUTTON_LEFT = 2
_BUTTON_TOP = 2
_FOOTER = '&C&"宋体,常规"&10— &P —'


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one sheet of the template being built."""

    sheet: Worksheet
    styles: Styles
    edition: Edition


def cover_reference(field: str) -> str:
    """Return the reference by which a formula reads a field of the cover."""
    place = cover_place(field)
    return f"'{place.sheet}'!${place.a1[: -len(str(place.row + 1))]}${place.row + 1}"


def place_buttons(
    page: Page, row: int, first_column: int, widths: Sequence[float], buttons: Mapping[str, str] = BUTTONS
) -> None:
    """Place buttons side by side in a row of the height for buttons, from a column on; they are not printed.

    ``widths``, in digits, are those of the columns from the first on.
    """
    for (caption, macro), (column, left) in zip(buttons.items(), _button_places(widths), strict=False):
        page.sheet.insert_button(
            row,
            first_column + column,
            {
                "macro": macro,
                "caption": caption,
                "width": _BUTTON_WIDTH,
                "height": _BUTTON_HEIGHT,
                "x_offset": left,
                "y_offset": _BUTTON_TOP,
            },
        )


def _button_places(widths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Give column and offset of one button after another, none across the edge of a column.

    Where the font of the sheet is missing, columns are drawn wider, and so would be a button that reaches over an edge.
    """
    for column, width in enumerate(widths):
        pixels = int(width * _PIXELS_A_DIGIT + 0.5) + _PIXELS_AROUND
        for left in range(_BUTTON_LEFT, pixels - _BUTTON_WIDTH + 1, _BUTTON_WIDTH + _BUTTON_GAP):
            yield column, left


def set_up_print(page: Page, last_row: int | None, last_column: int) -> None:
    """Print on A4 as wide as one page, numbered; without a last row all that is filled in."""
    sheet = page.sheet
    sheet.set_paper(A4)
    sheet.set_margins(left=0.7, right=0.7, top=0.9, bottom=0.9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.print_black_and_white()
    sheet.set_footer(_FOOTER)
    sheet.set_start_page(1)
    if last_row is not None:
        sheet.print_area(0, 0, last_row, last_column)


def protect(page: Page, freedoms: Mapping[str, bool]) -> None:
    """Protect everything but what is unlocked, without a password."""
    page.sheet.protect("", dict(freedoms))

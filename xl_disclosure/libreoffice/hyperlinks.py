"""Hyperlinks of cells. A link into the workbook is given as Excel has it: #'统计表'!C12."""

from __future__ import annotations

import re

from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.formulas import calc_sheet_name, excel_sheet_name
from xl_disclosure.libreoffice.uno_types import UnoObject

_FIELD = "com.sun.star.text.TextField.URL"
_INSTEAD_OF_TEXT = False
_BARE_SHEET = re.compile(r"[^\W\d]\w*")


def read_hyperlink(cell: UnoObject) -> str:
    """Return where the link of a cell leads.

    Raises:
        LibreOfficeError: the cell has none.
    """
    fields = cell.TextFields
    # A link of a number or formula is a property of its cell.
    target: str = fields.getByIndex(0).URL if fields.Count else cell.Hyperlink
    if not target:
        message = "The cell doesn't seem to contain a hyperlink!"
        raise LibreOfficeError(message)
    return _with_excels_reference(target)


def write_hyperlink(document: UnoObject, cell: UnoObject, target: str, text: str) -> None:
    """Make a cell of a document show a text that links to a target."""
    link = document.createInstance(_FIELD)
    link.URL = _with_calcs_reference(target)
    link.Representation = text
    cell.String = ""
    cell.insertTextContent(cell.createTextCursor(), link, _INSTEAD_OF_TEXT)


def _with_calcs_reference(target: str) -> str:
    sheet, separator, reference = target.removeprefix("#").rpartition("!")
    if not target.startswith("#") or not separator:
        return target
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    bare = sheet if _BARE_SHEET.fullmatch(sheet) else calc_sheet_name(sheet).removeprefix("$")
    return f"#{bare}.{reference}"


def _with_excels_reference(target: str) -> str:
    sheet, separator, reference = target.removeprefix("#").rpartition(".")
    if not target.startswith("#") or not separator:
        return target
    sheet = sheet.removeprefix("$")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return f"#{excel_sheet_name(sheet)}!{reference}"

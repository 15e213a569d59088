"""The protection of sheets in an open workbook. The template's has no password: it guards against slips only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xl_disclosure.errors import InputError, Place

if TYPE_CHECKING:
    import xlwings

_NO_PASSWORD = ""
# Members of Excel's Worksheet.Protection that are parameters of Worksheet.Protect as well.
_FREEDOMS = (
    *("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns"),
    *("AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows"),
    *("AllowSorting", "AllowFiltering", "AllowUsingPivotTables"),
)
# What the template allows on any of its sheets.
_USUAL_FREEDOMS = {"AllowFormattingColumns": True, "AllowFormattingRows": True}


def is_protected(sheet: xlwings.Sheet) -> bool:
    """Tell whether a sheet is protected; on the Mac, where Excel does not say, it counts as being so."""
    engine = sheet.book.app.engine.name
    if engine == "libreoffice":
        return bool(sheet.api.isProtected())
    return engine != "excel" or sys.platform != "win32" or bool(sheet.api.ProtectContents)


@contextmanager
def unprotected(sheet: xlwings.Sheet) -> Iterator[None]:
    """Take the protection off a sheet for a while, and put the same one on again.

    Excel on the Mac is left as it is: there only unlocked cells take changes.

    Raises:
        InputError: the clerk protected the sheet with a password.
    """
    engine = sheet.book.app.engine.name
    if engine == "libreoffice" and is_protected(sheet):
        with _unprotected_in_libreoffice(sheet):
            yield
    elif engine == "excel" and sys.platform == "win32" and is_protected(sheet):
        with _unprotected_in_excel(sheet):
            yield
    else:
        yield


def protect_again(sheet: xlwings.Sheet) -> None:
    """Protect a sheet of the template's that is found without its protection."""
    if is_protected(sheet):
        return
    if sheet.book.app.engine.name == "libreoffice":
        sheet.api.protect(_NO_PASSWORD)
    else:
        sheet.api.Protect(Password=_NO_PASSWORD, Contents=True, DrawingObjects=False, **_USUAL_FREEDOMS)


@contextmanager
def _unprotected_in_libreoffice(sheet: xlwings.Sheet) -> Iterator[None]:
    try:
        sheet.api.unprotect(_NO_PASSWORD)
    except Exception as error:
        raise _password_in_the_way(sheet) from error
    try:
        yield
    finally:
        # LibreOffice remembers what the protection allowed.
        sheet.api.protect(_NO_PASSWORD)


@contextmanager
def _unprotected_in_excel(sheet: xlwings.Sheet) -> Iterator[None]:
    protection = sheet.api.Protection
    settings: dict[str, Any] = {name: getattr(protection, name) for name in _FREEDOMS}
    settings |= {"DrawingObjects": sheet.api.ProtectDrawingObjects, "Scenarios": sheet.api.ProtectScenarios}
    try:
        sheet.api.Unprotect(_NO_PASSWORD)
    except Exception as error:
        raise _password_in_the_way(sheet) from error
    try:
        yield
    finally:
        sheet.api.Protect(Password=_NO_PASSWORD, Contents=True, **settings)


def _password_in_the_way(sheet: xlwings.Sheet) -> InputError:
    remedy = "在“审阅”中撤消工作表保护（需要密码），再点一次按钮"
    return InputError("工作表加了密码保护，不能写入", remedy, Place(sheet.book.name, sheet.name))

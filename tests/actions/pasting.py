"""Do to a form that is open in LibreOffice what clerks do: paste over it, insert rows, type where nothing belongs."""

from __future__ import annotations

from typing import Any

import xlwings

from xl_disclosure.libreoffice.uno_types import make_properties

SCRATCH = "草稿"


def paste(book: xlwings.Book, sheet: str, cell: str, rows: list[list[object]]) -> None:
    """Paste plain cells with these values over those from a cell on, as Ctrl+C and Ctrl+V do."""
    scratch = book.sheets.add(SCRATCH, after=book.sheets[-1])
    block = scratch["A1"].resize(len(rows), len(rows[0]))
    block.value = rows
    block.color = (0, 176, 80)
    _paste_range(book.api.CurrentController, block.api, book.sheets[sheet].api.getCellRangeByName(cell))
    scratch.delete()


def copy_within(book: xlwings.Book, sheet: str, source: str, target: str) -> None:
    """Copy cells of a sheet and paste them over others of it."""
    page = book.sheets[sheet].api
    _paste_range(book.api.CurrentController, page.getCellRangeByName(source), page.getCellRangeByName(target))


def allow_overwriting(app: xlwings.App) -> None:
    """Let LibreOffice paste over cells without the question that nobody without a window could answer."""
    provider = app.impl.connection.create("configuration.ConfigurationProvider")
    place = make_properties({"nodepath": "/org.openoffice.Office.Calc/Input"})
    settings = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", place)
    settings.setPropertyValue("ReplaceCellsWarning", False)
    settings.commitChanges()


def _paste_range(controller: Any, source: Any, target: Any) -> None:
    controller.setActiveSheet(source.Spreadsheet)
    controller.select(source)
    copied = controller.getTransferable()
    controller.setActiveSheet(target.Spreadsheet)
    controller.select(target)
    controller.insertTransferable(copied)

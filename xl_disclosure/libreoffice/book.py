"""Workbooks, as xlwings expects them of an engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import base_classes

from xl_disclosure.libreoffice.areas import area_from_uno
from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.file_locks import refuse_locked
from xl_disclosure.libreoffice.main_thread import on_main_thread
from xl_disclosure.libreoffice.names import Names
from xl_disclosure.libreoffice.number_formats import NumberFormats
from xl_disclosure.libreoffice.range import Range
from xl_disclosure.libreoffice.sheets import Sheets
from xl_disclosure.libreoffice.uno_loading import load_uno
from xl_disclosure.libreoffice.uno_types import UnoObject, make_properties, uno_exception
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.app import App

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
    ".html": "HTML (StarCalc)",
}
# Separator, quotation mark and encoding of a text file: a comma, " and UTF-8.
_UTF_8_IF_TEXT = "44,34,76"
_PDF_FILTER = "calc_pdf_Export"
# Whoever keeps LibreOffice from closing a workbook at once closes it afterwards.
_MAY_CLOSE_LATER = True


@refuses_the_rest(base_classes.Book, "use book.api, the UNO object (com.sun.star.sheet.SpreadsheetDocument)")
@explains_failures
class Book:
    """Read and change one workbook."""

    api: UnoObject
    app: App

    def __init__(self, api: UnoObject, app: App) -> None:
        self.api = api
        self.app = app
        self._number_formats: NumberFormats | None = None
        self._null_date: dt.datetime | None = None

    @property
    def name(self) -> str:
        """Return the file's name, or LibreOffice's name for a workbook that was never saved."""
        name: str = Path(self.fullname).name
        return name

    @property
    def fullname(self) -> str:
        """Return the file's path; for a workbook that was never saved just its name."""
        url: str = self.api.URL
        if not url:
            title: str = self.api.Title
            return title
        path: str = load_uno().fileUrlToSystemPath(url) if url.startswith("file:") else url
        return path

    @property
    def sheets(self) -> Sheets:
        """Return the sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Return the names, those of sheets included."""
        return Names(self)

    @property
    def controller(self) -> UnoObject:
        """Return the UNO object of the view of the workbook."""
        return self.api.CurrentController

    @property
    def number_formats(self) -> NumberFormats:
        """Return the number formats."""
        if self._number_formats is None:
            self._number_formats = NumberFormats(self.api)
        return self._number_formats

    @property
    def null_date(self) -> dt.datetime:
        """Return the day that the workbook counts days from."""
        if self._null_date is None:
            day = self.api.NullDate
            self._null_date = dt.datetime(day.Year, day.Month, day.Day)  # noqa: DTZ001 - a workbook knows no time zone
        return self._null_date

    def range_at(self, address: UnoObject) -> Range:
        """Return the range that a UNO address names."""
        return Range(self.sheets(address.Sheet + 1), area_from_uno(address))

    def activate(self) -> None:
        """Bring the workbook's window to the front."""
        self.controller.Frame.activate()
        self.controller.Frame.ContainerWindow.toFront()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save the workbook: where it was, or under a path, in the format that the path's ending names.

        Raises:
            NotSupportedError: the ending names no format that LibreOffice writes, or a password is given.
            LibreOfficeError: the file cannot be written.
        """
        if password is not None:
            message = "Book.save(password=...) is not supported on LibreOffice: save it with a password by hand"
            raise NotSupportedError(message)
        if path is None and self.api.hasLocation():
            self._store(self.fullname, self.api.store)
            return
        target = Path(path or f"{self.name}.xlsx").resolve()
        if str(target) != self.fullname:
            refuse_locked(target)
        settings = make_properties({"FilterName": _filter_for(target), "FilterOptions": _UTF_8_IF_TEXT})
        self._store(str(target), lambda: self.api.storeAsURL(target.as_uri(), settings))

    def to_pdf(self, path: str, quality: str = "standard") -> None:  # noqa: ARG002
        """Write the visible sheets into a PDF file; LibreOfficeError when it cannot be written."""
        settings = make_properties({"FilterName": _PDF_FILTER})
        self._store(path, lambda: self.api.storeToURL(Path(path).resolve().as_uri(), settings))

    def close(self) -> None:
        """Close the workbook without saving it; LibreOfficeError when something in LibreOffice forbids it."""
        name = self.name  # which nothing tells any more where LibreOffice has crashed
        try:
            on_main_thread(self.app.connection, partial(self.api.close, _MAY_CLOSE_LATER))
        except uno_exception() as error:
            message = f"{name} cannot be closed now: finish what is going on in its window (a dialog, printing)"
            raise LibreOfficeError(message) from error

    def _store(self, target: str, store: Callable[[], None]) -> None:
        if not Path(target).parent.is_dir():
            # LibreOffice would make the folder.
            message = f"{target} cannot be written: there is no such folder"
            raise LibreOfficeError(message)
        try:
            store()
        except uno_exception() as error:
            message = f"{target} cannot be written: {error}"
            raise LibreOfficeError(message) from error


def _filter_for(path: Path) -> str:
    if path.suffix.lower() not in _FILTERS:
        message = f"files ending in {path.suffix!r} are not supported on LibreOffice: use one of {', '.join(_FILTERS)}"
        raise NotSupportedError(message)
    return _FILTERS[path.suffix.lower()]

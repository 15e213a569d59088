"""The collection of open workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import base_classes

from xl_disclosure.libreoffice.book import Book
from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.file_locks import refuse_locked
from xl_disclosure.libreoffice.uno_types import UnoObject, make_properties, make_short, uno_exception
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.app import App

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_NEW_SPREADSHEET = "private:factory/scalc"
# com.sun.star.document.MacroExecMode.USE_CONFIG: macros run where the user's settings trust them.
_MACROS_AS_CONFIGURED = 3
# com.sun.star.document.UpdateDocMode: NO_UPDATE, FULL_UPDATE
_LINKS = {False: 0, True: 3}


@refuses_the_rest(base_classes.Books, "use app.api, the UNO object (com.sun.star.frame.Desktop)")
@explains_failures
class Books:
    """Hold the workbooks that are open in LibreOffice."""

    app: App

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> UnoObject:
        """Return the UNO object of everything that is open."""
        return self.app.api.Components

    @property
    def active(self) -> Book:
        """Return the workbook in front, or the first one; LibreOfficeError when none is open."""
        front = self.app.api.CurrentComponent
        if front is not None and front.supportsService(_SPREADSHEET):
            return Book(front, self.app)
        for book in self:
            return book
        message = "no workbook is open in LibreOffice: open one with xlwings.Book(path)"
        raise LibreOfficeError(message)

    def __iter__(self) -> Iterator[Book]:
        components = self.api.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            # LibreOffice's editor for macros is a component that knows no services.
            if hasattr(component, "supportsService") and component.supportsService(_SPREADSHEET):
                yield Book(component, self.app)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a workbook by its name, whatever its letters' case, or by its number from 1; KeyError for another."""
        for number, book in enumerate(self, 1):
            if name_or_index == number or book.name.casefold() == str(name_or_index).casefold():
                return book
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self)

    def add(self) -> Book:
        """Return a new workbook."""
        return Book(self._load(_NEW_SPREADSHEET, {}), self.app)

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,  # noqa: FBT001
        read_only: bool | None = None,  # noqa: FBT001
        *others: object,
    ) -> Book:
        """Open a file; its macros run if the user's settings trust them.

        Raises:
            NotSupportedError: xlwings was given more than `update_links` and `read_only`.
            LibreOfficeError: the file is no workbook that LibreOffice can read, or is open elsewhere.
        """
        if any(other is not None for other in others):
            message = "Books.open takes no more than update_links and read_only on LibreOffice: leave the others out"
            raise NotSupportedError(message)
        settings: dict[str, object] = {"MacroExecutionMode": make_short(_MACROS_AS_CONFIGURED)}
        settings["UpdateDocMode"] = make_short(_LINKS[bool(update_links)])
        if read_only:
            settings["ReadOnly"] = True
        refuse_locked(Path(fullname), read_only=bool(read_only))
        document = self._load(Path(fullname).resolve().as_uri(), settings)
        if not document.supportsService(_SPREADSHEET):
            document.dispose()
            raise LibreOfficeError(_unreadable(fullname))
        return Book(document, self.app)

    def open_hidden(self, path: Path) -> Book:
        """Open a file for reading, without a window and without its macros; LibreOfficeError when it is unreadable."""
        return Book(self._load(path.resolve().as_uri(), {"Hidden": True, "ReadOnly": True}), self.app)

    def _load(self, url: str, settings: dict[str, object]) -> UnoObject:
        try:
            document = self.app.api.loadComponentFromURL(url, "_blank", 0, make_properties(settings))
        except uno_exception() as error:
            raise LibreOfficeError(_unreadable(url)) from error
        if document is None:
            raise LibreOfficeError(_unreadable(url))
        return document


def _unreadable(place: str) -> str:
    return f"LibreOffice cannot open {place} as a workbook: see whether it is damaged or has a password"

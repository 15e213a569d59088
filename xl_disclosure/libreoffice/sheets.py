"""The collection of a workbook's sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlwings import base_classes

from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.sheet import Sheet
from xl_disclosure.libreoffice.uno_types import UnoObject, uno_exception
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.book import Book


@refuses_the_rest(base_classes.Sheets, "use sheets.api, the UNO object (com.sun.star.sheet.Spreadsheets)")
@explains_failures
class Sheets:
    """Hold the sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> UnoObject:
        """Return the UNO object of the sheets."""
        return self._book.api.Sheets

    @property
    def active(self) -> Sheet:
        """Return the sheet that is shown."""
        return Sheet(self._book.controller.ActiveSheet, self._book)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by its name, whatever its letters' case, or by its number from 1; KeyError for another."""
        if isinstance(name_or_index, int):
            return Sheet(self.api.getByIndex(name_or_index - 1), self._book)
        for name in self.api.ElementNames:
            if name.casefold() == name_or_index.casefold():
                return Sheet(self.api.getByName(name), self._book)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        count: int = self.api.Count
        return count

    def __iter__(self) -> Iterator[Sheet]:
        for position in range(len(self)):
            yield Sheet(self.api.getByIndex(position), self._book)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in map(str.casefold, self.api.ElementNames)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Insert a sheet before or after another one, or else before the one that is shown, and show it.

        Raises:
            LibreOfficeError: a sheet cannot have the name.
        """
        neighbour = before or after or self.active
        chosen = name or self.free_name("Sheet")
        try:
            self.api.insertNewByName(chosen, neighbour.position + (1 if after and not before else 0))
        except uno_exception() as error:
            message = f"{chosen!r} cannot be the name of a sheet"
            raise LibreOfficeError(message) from error
        sheet = self(chosen)
        sheet.activate()
        return sheet

    def free_name(self, stem: str) -> str:
        """Return the first name of stem and number that no sheet has."""
        number = 1
        while f"{stem}{number}" in self:
            number += 1
        return f"{stem}{number}"

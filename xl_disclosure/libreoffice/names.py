"""Names of a workbook, those of single sheets included, as xlwings expects them of an engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlwings import base_classes

from xl_disclosure.libreoffice.areas import area_from_uno
from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.formulas import excel_sheet_name, to_calc, to_excel
from xl_disclosure.libreoffice.uno_types import UnoObject, make_struct, uno_exception
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.book import Book
    from xl_disclosure.libreoffice.range import Range
    from xl_disclosure.libreoffice.sheet import Sheet


@refuses_the_rest(base_classes.Name, "use name.api, the UNO object (com.sun.star.sheet.NamedRange)")
@explains_failures
class Name:
    """Read and change one name; `sheet` is the one it belongs to, if it is not the workbook's."""

    api: UnoObject

    def __init__(self, api: UnoObject, book: Book, sheet: Sheet | None) -> None:
        self.api = api
        self._book = book
        self._sheet = sheet

    @property
    def name(self) -> str:
        """Return the name; that of a sheet opens with the sheet's name and an exclamation mark."""
        name: str = self.api.Name
        return name if self._sheet is None else f"{excel_sheet_name(self._sheet.name)}!{name}"

    @name.setter
    def name(self, name: str) -> None:
        self.api.Name = name.rpartition("!")[2]

    @property
    def refers_to(self) -> str:
        """Return the formula that the name stands for, such as =统计表!$A$1:$B$2."""
        return to_excel(f"={self.api.Content}")

    @refers_to.setter
    def refers_to(self, formula: str) -> None:
        self.api.Content = to_calc(formula).removeprefix("=")

    @property
    def refers_to_range(self) -> Range:
        """Return the range that the name stands for; LibreOfficeError when it stands for none."""
        cells = self.api.ReferredCells
        if cells is None:
            message = f"the name {self.name} stands for {self.refers_to}, which is not a range"
            raise LibreOfficeError(message)
        return self._book.range_at(cells.RangeAddress)

    def delete(self) -> None:
        """Remove the name."""
        owner = self._book.api if self._sheet is None else self._sheet.api
        owner.NamedRanges.removeByName(self.api.Name)


@refuses_the_rest(base_classes.Names, "use names.api, the UNO object (com.sun.star.sheet.NamedRanges)")
@explains_failures
class Names:
    """Hold the names of a workbook with those of its sheets, or those of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> UnoObject:
        """Return the UNO object of the names."""
        return (self._book if self._sheet is None else self._sheet).api.NamedRanges

    def __iter__(self) -> Iterator[Name]:
        if self._sheet is not None:
            yield from _names(self._sheet.api, self._book, self._sheet)
            return
        yield from _names(self._book.api, self._book, None)
        for sheet in self._book.sheets:
            yield from _names(sheet.api, self._book, sheet)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name by itself, whatever its letters' case, or by its number from 1; KeyError for another."""
        for number, name in enumerate(self, 1):
            if name_or_index == number or self._is_called(name, name_or_index):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Tell whether there is such a name."""
        try:
            self(name_or_index)
        except KeyError:
            return False
        return True

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return each name's text with the name."""
        return [(name.name, name) for name in self]

    def add(self, name: str, refers_to: str) -> Name:
        """Let a name stand for a formula; one that opens with a sheet's name belongs to that sheet.

        Raises:
            LibreOfficeError: it is taken, or is no name.
        """
        sheet_name, _, bare = name.rpartition("!")
        sheet = self._book.sheets(sheet_name.strip("'")) if sheet_name else self._sheet
        collection = (self._book if sheet is None else sheet).api.NamedRanges
        content = to_calc(refers_to if refers_to.startswith("=") else f"={refers_to}").removeprefix("=")
        try:
            collection.addNewByName(bare, content, make_struct("table.CellAddress"), 0)
        except uno_exception() as error:
            message = f"{name!r} cannot be made a name: it is taken, or it is none (it reads like a cell, or has signs)"
            raise LibreOfficeError(message) from error
        return Name(collection.getByName(bare), self._book, sheet)

    def find_for(self, target: Range) -> Name | None:
        """Return the first name that stands for just these cells."""
        for name in self:
            cells = name.api.ReferredCells
            if cells is None:
                continue
            address = cells.RangeAddress
            if address.Sheet == target.sheet.position and area_from_uno(address) == target.area:
                return name
        return None

    def _is_called(self, name: Name, text: object) -> bool:
        if not isinstance(text, str):
            return False
        spoken = name.name if "!" in text else name.name.rpartition("!")[2]
        return spoken.casefold() == text.casefold()


def _names(owner: UnoObject, book: Book, sheet: Sheet | None) -> Iterator[Name]:
    names = owner.NamedRanges
    for name in names.ElementNames:
        yield Name(names.getByName(name), book, sheet)

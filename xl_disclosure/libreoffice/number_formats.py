"""The number formats of a workbook, written as Excel writes them: with English codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from xl_disclosure.libreoffice.areas import Area
from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.properties import common_property
from xl_disclosure.libreoffice.uno_types import UnoObject, make_struct, uno_exception

# com.sun.star.util.NumberFormat
_DATE = 2
_TRUTH_VALUE = 1024
_UNKNOWN_KEY = -1
_SCANNING = False
_JOINING = True

_PROPERTY = "NumberFormat"
# LibreOffice writes the codes of dates in capitals; so it does the names of colours.
_CODES = re.compile(r'"[^"]*"|\\.|\[[HMS]+\]|\[[A-Z]+\]|AM/PM|A/P|General|[YMDHS]+')


class NumberKind(StrEnum):
    """Say what the number in a cell stands for."""

    PLAIN = "plain"
    DATE = "date"
    TRUTH_VALUE = "truth value"


class NumberFormats:
    """Read and set the number formats of one workbook."""

    def __init__(self, document: UnoObject) -> None:
        self._document = document
        self._formats = document.NumberFormats
        self._english = make_struct("lang.Locale", Language="en", Country="US")
        self._kinds: dict[int, NumberKind] = {}

    def get(self, target: UnoObject) -> str | None:
        """Return the format of cells; None when they do not have all the same."""
        key = common_property(target, _PROPERTY)
        if key is None:
            return None
        found = self._formats.getByKey(key)
        text: str = found.FormatString
        if found.Locale.Language not in {"", "en"}:
            english = self._formats.addNewConverted(text, found.Locale, self._english)
            text = self._formats.getByKey(english).FormatString
        # Excel has no format for truth values: it shows them so of itself.
        return "General" if text == "BOOLEAN" else _CODES.sub(_with_excels_letters, text)

    def set(self, target: UnoObject, text: str) -> None:
        """Give cells a format; LibreOfficeError when it is none."""
        key = self._formats.queryKey(text, self._english, _SCANNING)
        if key == _UNKNOWN_KEY:
            try:
                key = self._formats.addNew(text, self._english)
            except uno_exception() as error:
                message = f"{text!r} is no number format that LibreOffice knows"
                raise LibreOfficeError(message) from error
        target.NumberFormat = key

    def set_kind(self, target: UnoObject, kind: NumberKind) -> None:
        """Give cells the usual format of a kind."""
        formats = {NumberKind.PLAIN: "General", NumberKind.DATE: "yyyy-mm-dd", NumberKind.TRUTH_VALUE: "BOOLEAN"}
        self.set(target, formats[kind])

    def common_kind(self, target: UnoObject) -> NumberKind | None:
        """Return what all numbers in cells stand for; None when the cells are formatted in several ways."""
        key = common_property(target, _PROPERTY)
        return None if key is None else self._kind(key)

    def kinds(self, sheet: int, areas: Iterable[Area]) -> Iterator[tuple[NumberKind, Area]]:
        """Give areas of the sheet with that index split up into parts that hold numbers of one kind each."""
        # Asking one collection of cells again and again is ten times as fast as asking one object for each area.
        probe = self._document.createInstance("com.sun.star.sheet.SheetCellRanges")
        waiting = [list(areas)]
        while waiting:
            group = waiting.pop()
            if not group:
                continue
            addresses = tuple(area.to_uno(sheet) for area in group)
            probe.addRangeAddresses(addresses, _JOINING)
            kind = self.common_kind(probe)
            probe.removeRangeAddresses(addresses)
            if kind is not None:
                yield from ((kind, area) for area in group)
            else:
                waiting += _halves(group)

    def _kind(self, key: int) -> NumberKind:
        if key not in self._kinds:
            types = self._formats.getByKey(key).Type
            kind = NumberKind.DATE if types & _DATE else NumberKind.PLAIN
            self._kinds[key] = NumberKind.TRUTH_VALUE if types & _TRUTH_VALUE else kind
        return self._kinds[key]


def _halves(group: list[Area]) -> tuple[list[Area], list[Area]]:
    if len(group) > 1:
        return group[: len(group) // 2], group[len(group) // 2 :]
    area = group[0]
    rows, columns = area.shape
    if columns > 1:
        middle = area.column + columns // 2
        return [area._replace(last_column=middle - 1)], [area._replace(column=middle)]
    middle = area.row + rows // 2
    return [area._replace(last_row=middle - 1)], [area._replace(row=middle)]


def _with_excels_letters(match: re.Match[str]) -> str:
    code = match.group()
    if code.startswith(('"', "\\")) or code in {"AM/PM", "A/P", "General"}:
        return code
    if code.startswith("[") and not set(code) <= set("[HMS]"):
        return code.capitalize() if len(code) == 1 else "[" + code[1:].capitalize()
    return code.lower()

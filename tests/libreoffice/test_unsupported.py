from __future__ import annotations

import inspect
from typing import Any

import pytest
import xlwings
from xlwings import base_classes

from xl_disclosure.libreoffice import NotSupportedError
from xl_disclosure.libreoffice.app import App
from xl_disclosure.libreoffice.book import Book
from xl_disclosure.libreoffice.books import Books
from xl_disclosure.libreoffice.engine import Apps
from xl_disclosure.libreoffice.font import Font
from xl_disclosure.libreoffice.names import Name, Names
from xl_disclosure.libreoffice.range import Range
from xl_disclosure.libreoffice.sheet import Sheet
from xl_disclosure.libreoffice.sheets import Sheets

ASKED_FOR = [
    (cls, member)
    for cls in (Apps, App, Books, Book, Sheets, Sheet, Range, Font, Names, Name)
    for member in vars(getattr(base_classes, cls.__name__))
    if not member.startswith("_")
]


@pytest.mark.parametrize(("cls", "member"), ASKED_FOR)
def test_every_member_is_there_or_refused_by_name(cls: type, member: str) -> None:
    found = inspect.getattr_static(cls, member, None)
    if found is None:
        # What instances set on themselves is announced in the class.
        assert member in inspect.get_annotations(cls)
        return
    function: Any = found.fget if isinstance(found, property) else found
    if getattr(function, "__name__", "") == "refuse":
        with pytest.raises(NotSupportedError, match=rf"^{cls.__name__}\.{member} is not supported on LibreOffice: \w+"):
            function()


@pytest.mark.libreoffice
def test_what_is_not_supported_says_what_to_use_instead(sheet: xlwings.Sheet) -> None:
    with pytest.raises(NotSupportedError, match=r"Sheet\.charts .* use sheet\.api\.Charts"):
        _ = sheet.charts
    with pytest.raises(NotSupportedError, match=r"Sheet\.pivot_tables .* use sheet\.api\.DataPilotTables"):
        _ = sheet.pivot_tables
    with pytest.raises(NotSupportedError, match=r"Range\.borders .* use range\.api\.TableBorder2"):
        _ = sheet["A1"].borders
    with pytest.raises(NotSupportedError, match=r"Range\.formula2 .* use range\.formula"):
        sheet["A1"].formula2 = "=1"
    with pytest.raises(NotSupportedError, match=r"Range\.insert .* use sheet\.api\.insertCells"):
        sheet["A1"].insert("down")
    with pytest.raises(NotSupportedError, match=r"App\.enable_events .* use"):
        sheet.book.app.enable_events = False

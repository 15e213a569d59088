"""Work on the thread of LibreOffice that paints: its result, its errors, and LibreOffice ended meanwhile."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import xlwings

from xl_disclosure.libreoffice import main_thread
from xl_disclosure.libreoffice.main_thread import on_main_thread
from xl_disclosure.libreoffice.uno_types import uno_exception


@pytest.mark.libreoffice
def test_the_result_of_calls_is_given_back(app: xlwings.App, book: xlwings.Book) -> None:
    assert on_main_thread(app.impl.connection, lambda: book.api.Sheets.Count) == 1


@pytest.mark.libreoffice
def test_what_the_calls_raise_is_raised(app: xlwings.App, book: xlwings.Book) -> None:
    with pytest.raises(uno_exception()):
        on_main_thread(app.impl.connection, lambda: book.api.Sheets.getByName("no such"))
    with pytest.raises(ZeroDivisionError):
        on_main_thread(app.impl.connection, lambda: 1 // 0)
    assert book.sheet_names == ["Sheet1"]


@pytest.mark.libreoffice
def test_sheets_are_brought_over_while_libreoffice_paints(app: xlwings.App, book: xlwings.Book) -> None:
    for _ in range(30):
        other = app.books.add()
        try:
            book.sheets[0].copy(before=other.sheets[0])
            book.sheets[0]["A1:C3"].copy(other.sheets[0]["B2"])
            assert len(other.sheet_names) == 2
        finally:
            other.close()


def test_nobody_waits_for_a_libreoffice_that_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ended:
        @property
        def Name(self) -> str:  # noqa: N802
            raise ConnectionError

    monkeypatch.setattr(main_thread, "_SECONDS_BETWEEN_LOOKS", 0.01)
    never = SimpleNamespace(addCallback=lambda *_: None)
    connection: Any = SimpleNamespace(desktop=Ended(), create=lambda _: never)
    with pytest.raises(ConnectionError):
        on_main_thread(connection, lambda: None)

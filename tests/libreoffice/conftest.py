"""Give tests a LibreOffice of their own, and new workbooks in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings

from tests.running_office import headless_libreoffice


@pytest.fixture(scope="session")
def app() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice."""
    with headless_libreoffice() as app:
        yield app


@pytest.fixture
def book(app: xlwings.App) -> Iterator[xlwings.Book]:
    """Give a new workbook with one sheet."""
    app.activate()
    book = app.books.add()
    yield book
    book.close()


@pytest.fixture
def sheet(book: xlwings.Book) -> xlwings.Sheet:
    """Give the one sheet of a new workbook."""
    return book.sheets[0]

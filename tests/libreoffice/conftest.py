"""Give tests a LibreOffice of their own, and new workbooks in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings

from xl_disclosure import libreoffice


@pytest.fixture(scope="session")
def app() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice that ends with the tests, whatever happens in them."""
    libreoffice.activate()
    app = xlwings.App(visible=False, add_book=False)
    try:
        yield app
    finally:
        app.kill()


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

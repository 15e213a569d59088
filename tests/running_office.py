"""Run a LibreOffice that tests drive through xlwings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import xlwings

from xl_disclosure import libreoffice


@contextmanager
def headless_libreoffice() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice of one's own, which ends whatever happens."""
    libreoffice.activate()
    app = xlwings.App(visible=False, add_book=False)
    try:
        yield app
    finally:
        app.kill()

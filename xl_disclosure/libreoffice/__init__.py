"""An engine that lets xlwings work with LibreOffice Calc on Linux.

    from xl_disclosure import libreoffice

    libreoffice.activate()
    book = xlwings.Book("figures.xlsx")

What it supports is listed in README.md beside this file.
"""

from xl_disclosure.libreoffice.engine import activate
from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError

__all__ = ["LibreOfficeError", "NotSupportedError", "activate"]

"""Excel's add-in xl_disclosure.xlam, built at installation from our macros and those of the installed xlwings."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from xl_disclosure.installation.ribbon import add_ribbon
from xl_disclosure.installation.xlwings_modules import load_xlwings_modules
from xl_disclosure.returns.own_book import HIDDEN_SHEET
from xl_disclosure.workbook.parts.package import CONTENT_TYPES, Package
from xl_disclosure.workbook.vba.macros import load_add_in_modules, load_messages
from xl_disclosure.workbook.vba.module import VbaModule, make_worksheet_module
from xl_disclosure.workbook.vba.project import build_vba_project

ADD_IN_NAME = "xl_disclosure.xlam"
"""The file's name: the workbooks' macros look for it."""

_PROJECT_NAME = "XlDisclosure"
_SHEET_MODULE = "Sheet1"
_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
# By this Excel knows an add-in: its window stays hidden, and a click in it is never recorded as a change.
_ADD_IN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_CREATED = datetime(2021, 9, 26, tzinfo=UTC)  # a fixed day, so that the same sources give the same bytes


def build_add_in() -> bytes:
    """Build the add-in; the same macros and the same version of xlwings give the same bytes.

    Raises:
        SetupError: the installation lacks the macros, or xlwings lacks its own.
    """
    package = Package(add_ribbon(_build_workbook()), ADD_IN_NAME)
    types = package.read(CONTENT_TYPES).replace(_WORKBOOK_TYPE.encode(), _ADD_IN_TYPE.encode())
    return package.with_parts({CONTENT_TYPES: types})


def add_in_modules() -> list[VbaModule]:
    """Return all modules of the add-in: our own, those of xlwings, and the empty one of its sheet.

    Raises:
        SetupError: the installation lacks the macros, or xlwings lacks its own.
    """
    return [*load_add_in_modules(), *load_xlwings_modules(), make_worksheet_module(_SHEET_MODULE)]


def _build_workbook() -> bytes:
    """Build a workbook of one sheet, which holds what the macros say."""
    from xlsxwriter.workbook import Workbook

    project = build_vba_project(_PROJECT_NAME, add_in_modules())
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": "政府信息公开", "created": _CREATED})
        book.add_vba_project(io.BytesIO(project), is_stream=True)
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet(HIDDEN_SHEET)
        sheet.set_vba_name(_SHEET_MODULE)
        for row, (key, text) in enumerate(load_messages().items()):
            sheet.write_row(row, 0, [key, text])
    return content.getvalue()

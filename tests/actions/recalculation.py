"""Have LibreOffice calculate a workbook anew: its formulas stripped of what they came to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl

from tests.programs import Convert
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook


def recalculated(book: Path, sheets: Iterable[str], soffice: Convert, folder: Path) -> openpyxl.Workbook:
    """Return the workbook with the values that LibreOffice gives to the formulas of the sheets named."""
    path = folder / "未计算.xlsm"
    forget_results(book, sheets, path)
    return openpyxl.load_workbook(soffice(path, "xlsx", folder / "calculated"), data_only=True)


def forget_results(source: Path, sheets: Iterable[str], path: Path) -> None:
    """Save a workbook with every formula of the sheets left uncalculated, so that no result of ours is read back."""
    book = FileBook.open(source)
    for sheet in sheets:
        formulas = {
            (row, column): CellContent(None, formula=cell.formula)
            for row, cells in enumerate(book.read_used(sheet))
            for column, cell in enumerate(cells)
            if cell.formula
        }
        assert formulas
        book.write_cells(sheet, formulas)
    book.save(path)

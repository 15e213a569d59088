"""The links of an open workbook that are no formulas: those that came with a file, or that a clerk made by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from xl_disclosure.workbook.links import normal_link

if TYPE_CHECKING:
    import xlwings

# com.sun.star.sheet.CellFlags: text that holds formats or fields, and a link is a field.
_FORMATTED_TEXT = 512
_OWN_WORKBOOK = "#"


def read_links(cells: xlwings.Range) -> Mapping[tuple[int, int], str]:
    """Return by row and column of the sheet where links to cells of the same workbook lead."""
    engine = cells.sheet.book.app.engine.name
    if engine == "libreoffice":
        return dict(_links_in_libreoffice(cells))
    if engine == "excel" and sys.platform == "win32":
        return dict(_links_in_excel(cells))
    return {}


def _links_in_libreoffice(cells: xlwings.Range) -> Iterator[tuple[tuple[int, int], str]]:
    for area in cells.api.queryContentCells(_FORMATTED_TEXT).RangeAddresses:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                if not cells.sheet.api.getCellByPosition(column, row).TextFields.Count:
                    continue
                target = cells.sheet[row, column].hyperlink
                if target.startswith(_OWN_WORKBOOK):
                    yield (row, column), normal_link(target)


def _links_in_excel(cells: xlwings.Range) -> Iterator[tuple[tuple[int, int], str]]:
    for link in cells.api.Hyperlinks:
        if link.SubAddress and not link.Address:
            yield (link.Range.Row - 1, link.Range.Column - 1), normal_link(link.SubAddress)

"""All that a form's sheet in a file is, cell by cell, for comparison with another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell

from xl_disclosure.cell_names import cell_name

_LOOKS = ("number_format", "fill", "font", "border", "alignment", "protection")


def describe_sheets(path: Path, names: Iterable[str]) -> Mapping[tuple[str, str], Any]:
    """Return by sheet and subject what sheets are: contents, looks, merged cells, checks, colours and sizes."""
    book = openpyxl.load_workbook(path)
    return {(name, subject): stated for name in names for subject, stated in _describe(book[name]).items()}


def _describe(sheet: Any) -> Mapping[str, Any]:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return {
        "contents": {cell.coordinate: cell.value for cell in cells if cell.value not in (None, "")},
        "looks": {
            cell.coordinate: [repr(getattr(cell, look)) for look in _LOOKS]
            for cell in cells
            if isinstance(cell, Cell) and cell.has_style
        },
        "merged": sorted(str(area) for area in sheet.merged_cells.ranges),
        "validation": {
            place: (rule.type, rule.operator, rule.formula1, rule.formula2, rule.prompt, rule.error)
            for rule in sheet.data_validations.dataValidation
            for area in rule.sqref.ranges
            for place in _names(area)
        },
        "colours": {
            (place, rule.text or tuple(rule.formula), rule.stopIfTrue, repr(rule.dxf.fill) if rule.dxf else "")
            for area in sheet.conditional_formatting
            for rule in area.rules
            for one in area.sqref.ranges
            for place in _names(one)
        },
        "widths": {
            letters: (round(size.width, 1), size.hidden)
            for letters, size in sheet.column_dimensions.items()
            if size.min
        },
        "heights": {number: size.height for number, size in sheet.row_dimensions.items() if size.height},
        "protection": (sheet.protection.sheet, sheet.protection.formatColumns, sheet.protection.formatRows),
        "frozen": sheet.freeze_panes,
    }


def _names(area: Any) -> list[str]:
    return [cell_name(row - 1, column - 1) for line in area.rows for row, column in line]

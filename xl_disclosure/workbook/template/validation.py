"""What may be typed into the form: each kind of figure with its prompt and its refusal, in Chinese."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from xl_disclosure.forms.grid import Grid, GridCell
from xl_disclosure.forms.model import FactAddress, Measure
from xl_disclosure.workbook.layout import FORM_FIRST_ROW
from xl_disclosure.workbook.template.page import Page

_LARGEST = 999_999_999

_RULES: Mapping[Measure, Mapping[str, object]] = {
    Measure.COUNT: {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "input_message": "填整数，没有的填 0。\n不写单位，不填“/”或“无”。",
        "error_title": "这里只能填整数",
        "error_message": "请填不小于 0 的整数，例如 0、12。没有的填 0；不写单位、文字或小数。",
    },
    Measure.CHANGE: {
        "validate": "integer",
        "criteria": "between",
        "minimum": -_LARGEST,
        "maximum": _LARGEST,
        "input_message": "填整数，增加填正数，减少填负数（如 -18），没有变化填 0。",
        "error_title": "这里只能填整数",
        "error_message": "请填整数：增加填正数，减少填负数，没有变化填 0。不写单位、文字或小数。",
    },
    Measure.MONEY: {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "input_message": "填数字，可以有小数，没有的填 0。\n注意单位是“{unit}”。",
        "error_title": "这里只能填数字",
        "error_message": "请填不小于 0 的数字，例如 0、2.5。只填数字，不写“{unit}”二字。",
    },
}


def validate_entries(page: Page, grid: Grid, computed: Container[FactAddress]) -> None:
    """Validate every cell a clerk fills in, cells of one kind and unit together."""
    kinds: dict[tuple[Measure, str], list[GridCell]] = {}
    for cell in grid.cells:
        if cell.address is not None and cell.address not in computed:
            fact = page.edition.facts[cell.address]
            kinds.setdefault((fact.measure, fact.unit), []).append(cell)
    for (measure, unit), cells in kinds.items():
        _validate_together(page, [(FORM_FIRST_ROW + cell.row, cell.column) for cell in cells], measure, unit)


def _validate_together(page: Page, places: list[tuple[int, int]], measure: Measure, unit: str) -> None:
    rule: dict[str, Any] = dict(_RULES[measure])
    rule["input_title"] = f"单位：{unit}"
    for key in ("input_message", "error_message"):
        rule[key] = rule[key].replace("{unit}", unit)
    rule["other_cells"] = [[*place, *place] for place in places[1:]]
    page.sheet.data_validation(*places[0], *places[0], rule)

"""Whether two cells say the same: each spreadsheet words a formula, and a link, in its own way."""

from __future__ import annotations

import re

from xl_disclosure.workbook.book import CellValue, Value
from xl_disclosure.workbook.links import normal_link

# LibreOffice writes FALSE() for FALSE, and B2:B2 for B2.
_TRUTH_VALUE = re.compile(r"\b(TRUE|FALSE)\(\)")
_RANGE_OF_ONE = re.compile(r"\b([A-Z]{1,3}[0-9]+):\1\b")


def says(present: CellValue, wanted: CellValue) -> bool:
    """Tell whether a cell says what is wanted; of a formula its result is no matter."""
    if normal_link(present.link) != normal_link(wanted.link):
        return False
    if wanted.formula or present.formula:
        return plain_formula(present.formula) == plain_formula(wanted.formula)
    return _shown(present) == _shown(wanted)


def plain_formula(formula: str) -> str:
    """Return a formula without what spreadsheets may put in or leave out."""
    bare = formula.removeprefix("=").replace("'", "").replace("$", "").replace(" ", "")
    return _RANGE_OF_ONE.sub(r"\1", _TRUTH_VALUE.sub(r"\1", bare))


def _shown(cell: CellValue) -> Value:
    return "" if cell.value is None else cell.value

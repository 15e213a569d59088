"""The signature block under a form, filled from the cover."""

from __future__ import annotations

from xl_disclosure.forms.cover import COVER_FIELDS
from xl_disclosure.workbook.template.page import Page, cover_reference
from xl_disclosure.workbook.template.styles import Style

_LINES = (("head", "reviewer", "preparer"), ("phone", "date"))
SIGNATURE_ROWS = len(_LINES)
_SPACE = "　　　　　　"
_DATE_WORDING = 'yyyy""年""m""月""d""日""'


def write_signature(page: Page, first_row: int, last_column: int) -> None:
    """Write the lines of signatures across the printed columns."""
    written = page.styles[Style.SIGNATURE]
    for row, fields in enumerate(_LINES, start=first_row):
        page.sheet.set_row(row, 30)
        page.sheet.merge_range(row, 0, row, last_column, "", written)
        parts = [f'"{COVER_FIELDS[field]}："&{_reading(field)}' for field in fields]
        blank = _SPACE.join(f"{COVER_FIELDS[field]}：" for field in fields)
        page.sheet.write_formula(row, 0, "=" + f'&"{_SPACE}"&'.join(parts), written, blank)


def _reading(field: str) -> str:
    reference = cover_reference(field)
    if field != "date":
        return reference
    return f'IF({reference}="","",TEXT({reference},"{_DATE_WORDING}"))'

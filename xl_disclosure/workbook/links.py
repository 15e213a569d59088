"""Links from one cell of a workbook to another, as a text: ``'统计表'!C12``."""

from __future__ import annotations

import re

_FORMULA = re.compile(r'HYPERLINK\("#(?P<target>(?:[^"]|"")*)",(?:"(?:[^"]|"")*"&?)+\)')


def normal_link(location: str) -> str:
    """Return a link in the one form that is written, however a spreadsheet words it; a name of cells stays."""
    sheet, mark, cell = location.removeprefix("#").rpartition("!")
    if not mark:
        return cell
    name = sheet[1:-1] if sheet.startswith("'") else sheet.replace("'", "''")
    return f"'{name}'!{cell.replace('$', '')}"


def link_in(formula: str) -> str:
    """Return where a formula that does nothing but link and show a text leads; "" for any other formula."""
    found = _FORMULA.fullmatch(formula)
    return normal_link(found["target"].replace('""', '"')) if found is not None else ""

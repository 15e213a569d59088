"""Worksheets written the way nearly every program writes them, taken apart without a parser.

That is several times faster, and an office above reads thousands of workbooks. What is looked for is strict: where it
does not account for every cell of a sheet, None is returned and the sheet is parsed.
"""

from __future__ import annotations

import html
import re

LARGEST = 1024 * 1024
"""Bytes of a sheet taken apart so; larger ones are parsed piece by piece, and no further than needed."""

AFTER_CELLS = b"<conditionalFormatting"
"""What follows the cells and merged areas of a worksheet (ECMA-376 part 1, 18.3.1.99), and can be long."""

PlainCell = tuple[str, str, str, str, str, str, str]
"""Column letters, row number, style, kind, formula, value and inline text, each blank if absent."""

PROLOGUE = rb'\s*(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?[^<>]*\?>)?\s*'
_SHEET_OPENING = re.compile(PROLOGUE + rb"<worksheet[ >]")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?>'
    r"(?:(<f[^<>]*(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v/>)?|<is><t(?: xml:space=\"preserve\")?>([^<]*)</t></is>)"
)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"/>')


def plain_cells(content: bytes) -> tuple[list[PlainCell], list[str]] | None:
    """Return the cells that hold anything and the merged areas of a worksheet, as written; None for an unusual one."""
    end = content.find(AFTER_CELLS)
    content = content if end < 0 else content[:end]
    is_whole = b"</sheetData>" in content or b"<sheetData/>" in content
    merged = _MERGED.findall(content)
    is_plain = len(content) <= LARGEST and b"<!" not in content and _SHEET_OPENING.match(content) is not None
    if not (is_plain and is_whole) or len(merged) != content.count(b"<mergeCell "):
        return None
    cells: list[PlainCell] = []
    for piece in content.split(b"</c>")[:-1]:
        cell = _CELL.fullmatch(piece[piece.rfind(b"<c ") :].decode("utf-8", "replace"))
        if cell is None:
            return None
        letters, number, style, kind, formula, value, inline = cell.groups("")
        if "&" in value or "&" in inline:
            value, inline = html.unescape(value), html.unescape(inline)
        cells.append((letters, number, style, kind, formula, value, inline))
    return cells, [area.decode("ascii") for area in merged]

"""A workbook without its macros and buttons, for offices that may send and receive .xlsx only."""

from __future__ import annotations

import re

from xl_disclosure.workbook.parts.package import CONTENT_TYPES, Package, relationships_part
from xl_disclosure.workbook.parts.workbook_xml import MACRO_WORKBOOK, PLAIN_WORKBOOK, read_workbook

_MACRO_KINDS = ("vbaProject", "vmlDrawing")
"""The last words of the types of relationships that lead to macros and to the buttons that start them."""

_BUTTONS = re.compile(r"<legacyDrawing\s[^>]*/>")
_MACRO_TYPES = re.compile(r"<(?:Default|Override)\s[^>]*(?:vbaProject|vmlDrawing)[^>]*/>")


def without_macros(content: bytes, file: str) -> bytes:
    """Return a macro workbook's bytes as those of a plain one; all else stays as it was.

    Raises:
        InputError: the content is no workbook or is damaged.
    """
    package = Package(content, file)
    workbook = read_workbook(package)
    changed: dict[str, bytes] = {}
    removed: set[str] = set()
    for part in (workbook.part, *(sheet.part for sheet in workbook.sheets.values())):
        if relationships_part(part) not in package:
            continue
        leading = [found for found in package.relationships(part) if found.kind in _MACRO_KINDS]
        removed |= {found.target for found in leading}
        changed[relationships_part(part)] = _without_relationships(package, part, {found.id for found in leading})
        if part != workbook.part and leading:
            changed[part] = _BUTTONS.sub("", package.read_xml(part)).encode()
    types = package.read_xml(CONTENT_TYPES).replace(MACRO_WORKBOOK, PLAIN_WORKBOOK)
    changed[CONTENT_TYPES] = _MACRO_TYPES.sub("", types).encode()
    return package.with_parts(changed, removed)


def _without_relationships(package: Package, part: str, ids: set[str]) -> bytes:
    text = package.read_xml(relationships_part(part))
    for relationship in ids:
        text = re.sub(rf'<Relationship\s[^>]*Id="{re.escape(relationship)}"[^>]*/>', "", text)
    return text.encode()

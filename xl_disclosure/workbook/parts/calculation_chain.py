"""The chain in which Excel calculates formulas (ECMA-376 part 1, 18.6): one stale entry, and Excel repairs the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xl_disclosure.workbook.parts.package import CONTENT_TYPES, Package, relationships_part
from xl_disclosure.workbook.parts.xml_text import read_attributes, root_elements, write_attributes

KIND = "calcChain"
"""The kind of the relationship that leads from the workbook part to the chain."""


def drop_entries(chain: str, gone: Mapping[str, Collection[str]]) -> str:
    """Return the chain without the cells that hold a formula no more, given by sheet number; "" when none is left.

    An entry without a sheet number (``i``) has that of the entry before it.
    """
    elements = list(root_elements(chain))
    entries: list[str] = []
    sheet = ""
    for element in elements:
        attributes = read_attributes(chain[element.start : element.end])
        sheet = attributes.get("i", sheet)
        if attributes.get("r") not in gone.get(sheet, ()):
            entries.append(f"<{element.name}{write_attributes(attributes | {'i': sheet})}/>")
    if not entries:
        return ""
    return chain[: elements[0].start] + "".join(entries) + chain[elements[-1].end :]


def forget_part(package: Package, part: str, workbook: str) -> dict[str, bytes]:
    """Return the parts that named a part removed from the package, as they read without it."""
    names = relationships_part(workbook)
    identifier = next(found.id for found in package.relationships(workbook) if found.target == part)
    return {
        names: _without(package.read_xml(names), "Id", identifier),
        CONTENT_TYPES: _without(package.read_xml(CONTENT_TYPES), "PartName", f"/{part}"),
    }


def _without(text: str, attribute: str, value: str) -> bytes:
    for element in root_elements(text):
        if read_attributes(text[element.start : element.end]).get(attribute) == value:
            return (text[: element.start] + text[element.end :]).encode()
    return text.encode()

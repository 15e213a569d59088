"""The links of a worksheet part (ECMA-376 part 1, 18.3.1.47)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from xl_disclosure.cell_names import cell_name
from xl_disclosure.workbook.areas import Area, parse_area
from xl_disclosure.workbook.links import normal_link
from xl_disclosure.workbook.xml_text import read_attributes, top_elements, write_attributes

# What stands between the rows and the links in a worksheet (CT_Worksheet, a sequence).
_STANDS_BEFORE = frozenset(
    [
        *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
        *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
        "dataValidations",
    ]
)
_MOST_LINKS = 65_530
"""Excel's limit for one worksheet; it repairs, that is strips, a sheet with more."""


def replace_links(after_rows: str, prefix: str, areas: Sequence[Area], links: Mapping[tuple[int, int], str]) -> str:
    """Return what follows a worksheet's rows, the links of the areas replaced by those given by (row, column).

    Links beyond Excel's limit are left out.
    """
    start, end, kept = _find_links(after_rows, prefix, areas)
    new = [
        f"<{prefix}hyperlink{write_attributes({'ref': cell_name(*place), 'location': link})}/>"
        for place, link in islice(links.items(), max(0, _MOST_LINKS - len(kept)))
    ]
    entries = "".join(kept + new)
    element = f"<{prefix}hyperlinks>{entries}</{prefix}hyperlinks>" if entries else ""
    return after_rows[:start] + element + after_rows[end:]


def read_links(after_rows: str, prefix: str) -> dict[tuple[int, int], str]:
    """Return by (row, column) where links to cells of the same workbook lead, those of several cells by the first."""
    _, _, links = _find_links(after_rows, prefix, ())
    found: dict[tuple[int, int], str] = {}
    for link in map(read_attributes, links):
        area = parse_area(link["ref"])
        if "location" in link and not any(name.endswith(":id") for name in link):
            found[area.first_row, area.first_column] = normal_link(link["location"])
    return found


def _find_links(after_rows: str, prefix: str, areas: Sequence[Area]) -> tuple[int, int, list[str]]:
    """Return where the element of all links stands or would stand, and the links that stay."""
    place = 0
    for element in top_elements(after_rows):
        name = element.name.removeprefix(prefix)
        if name == "hyperlinks":
            text = after_rows[element.start : element.end]
            return element.start, element.end, _links_outside(text, areas)
        if name in _STANDS_BEFORE:
            place = element.end
    return place, place, []


def _links_outside(element: str, areas: Sequence[Area]) -> list[str]:
    inner = element[element.index(">") + 1 :]
    kept: list[str] = []
    for link in top_elements(inner):
        text = inner[link.start : link.end]
        place = parse_area(read_attributes(text)["ref"])
        if not any(area.contains(place) for area in areas):
            kept.append(text)
    return kept

"""The links of a worksheet part (ECMA-376 part 1, 18.3.1.47)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice

from xl_disclosure.cell_names import cell_name
from xl_disclosure.workbook.areas import Area, cell_area, parse_area
from xl_disclosure.workbook.links import normal_link
from xl_disclosure.workbook.parts.xml_text import read_attributes, top_elements, write_attributes

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


class SheetLinks:
    """Hold what follows a worksheet's rows, its links kept apart from the rest."""

    def __init__(self, after_rows: str, prefix: str) -> None:
        """Find the links in that text; ``prefix`` is that of the names of elements."""
        self._prefix = prefix
        start, end = _place_of_links(after_rows, prefix)
        self.before, self._element, self._after = after_rows[:start], after_rows[start:end], after_rows[end:]
        self._entries = _entries_in(self._element)

    @cached_property
    def by_place(self) -> dict[tuple[int, int], str]:
        """Return by (row, column) where links to cells of the same workbook lead, those of several cells by the first.

        ValueError for a link that names no cell.
        """
        found: dict[tuple[int, int], str] = {}
        for area, text in self._entries:
            link = read_attributes(text)
            if "location" in link and not any(name.endswith(":id") for name in link):
                found[area.first_row, area.first_column] = normal_link(link["location"])
        return found

    def replace(self, areas: Sequence[Area], links: Mapping[tuple[int, int], str]) -> None:
        """Put links given by (row, column) in place of those in the areas; those beyond Excel's limit are left out."""
        kept = self._entries_outside(areas)
        if len(kept) == len(self._entries) and not links:
            return
        new = [
            (cell_area(*place), self._entry(place, link))
            for place, link in islice(links.items(), max(0, _MOST_LINKS - len(kept)))
        ]
        self._entries = [*kept, *new]
        self._element = self._with(self._entries)
        self.__dict__.pop("by_place", None)

    def to_text(self) -> str:
        """Return what follows the rows."""
        return f"{self.before}{self._element}{self._after}"

    def text_without(self, area: Area) -> str:
        """Return what follows the rows but for the links in an area."""
        return f"{self.before}{self._with(self._entries_outside([area]))}{self._after}"

    def _entries_outside(self, areas: Sequence[Area]) -> list[tuple[Area, str]]:
        return [(place, text) for place, text in self._entries if not any(area.contains(place) for area in areas)]

    def _with(self, entries: Sequence[tuple[Area, str]]) -> str:
        texts = "".join(text for _, text in entries)
        return f"<{self._prefix}hyperlinks>{texts}</{self._prefix}hyperlinks>" if texts else ""

    def _entry(self, place: tuple[int, int], link: str) -> str:
        return f"<{self._prefix}hyperlink{write_attributes({'ref': cell_name(*place), 'location': link})}/>"


def _place_of_links(after_rows: str, prefix: str) -> tuple[int, int]:
    """Return where the element of all links stands or would stand."""
    place = 0
    for element in top_elements(after_rows):
        name = element.name.removeprefix(prefix)
        if name == "hyperlinks":
            return element.start, element.end
        if name in _STANDS_BEFORE:
            place = element.end
    return place, place


def _entries_in(element: str) -> list[tuple[Area, str]]:
    texts = [element[link.start : link.end] for link in top_elements(element, element.find(">") + 1)]
    return [(parse_area(read_attributes(text)["ref"]), text) for text in texts]

"""Formulas that several cells share: those stated once for many cells, and those that fill a whole area."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.workbook.areas import Area, parse_area
from xl_disclosure.workbook.parts.cell_xml import Tags
from xl_disclosure.workbook.parts.xml_text import escape_text, read_attributes, resolve_references

_FILLS_AREA = ("array", "dataTable")


@dataclass(frozen=True, slots=True)
class _SharedFormula:
    origin: str
    text: str

    def at(self, name: str) -> str:
        """Return the formula as it reads in the cell of that name."""
        from openpyxl.formula.translate import Translator

        moved: str = Translator(f"={self.text}", origin=self.origin).translate_formula(name)
        return moved.removeprefix("=")


def write_out_shared_formulas(tags: Tags, rows: str) -> str:
    """Return the rows with every shared formula (ECMA-376 part 1, 18.3.1.40) written out in each of its cells.

    Only then may any of the cells change: the first alone holds the text. Every cell must bear its name.
    """
    if "shared" not in rows:
        return rows
    shared = _find_shared_formulas(tags, rows)

    def write_out(cell: re.Match[str]) -> str:
        formula = tags.formula.search(cell["inner"] or "")
        if formula is None:
            return cell[0]
        attributes = read_attributes(formula["attributes"])
        if attributes.get("t") != "shared":
            return cell[0]
        text = _text_in(_name(cell), attributes, formula["inner"], shared)
        start = cell.start("inner") - cell.start()
        written = f"<{tags.prefix}f>{escape_text(text)}</{tags.prefix}f>"
        return cell[0][: start + formula.start()] + written + cell[0][start + formula.end() :]

    return tags.cell.sub(write_out, rows)


def _find_shared_formulas(tags: Tags, rows: str) -> dict[str, _SharedFormula]:
    found: dict[str, _SharedFormula] = {}
    for cell in tags.cell.finditer(rows):
        formula = tags.formula.search(cell["inner"] or "")
        if formula is None or not formula["inner"]:
            continue
        attributes = read_attributes(formula["attributes"])
        if attributes.get("t") == "shared":
            found[attributes["si"]] = _SharedFormula(_name(cell), resolve_references(formula["inner"]))
    return found


def _name(cell: re.Match[str]) -> str:
    return read_attributes(cell[0].partition(">")[0])["r"]


def _text_in(
    name: str, attributes: Mapping[str, str], own_text: str | None, shared: Mapping[str, _SharedFormula]
) -> str:
    if own_text:
        return resolve_references(own_text)
    return shared[attributes["si"]].at(name)


def find_filled_areas(tags: Tags, rows: str) -> list[Area]:
    """Return the areas that one formula fills as a whole: array formulas and data tables."""
    if not any(kind in rows for kind in _FILLS_AREA):
        return []
    areas: list[Area] = []
    for formula in tags.formula.finditer(rows):
        attributes = read_attributes(formula["attributes"])
        if attributes.get("t") in _FILLS_AREA and "ref" in attributes:
            areas.append(parse_area(attributes["ref"]))
    return areas

"""One cell of a worksheet part: from its XML to what it says, and back (ECMA-376 part 1, 18.3.1.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from xl_disclosure.returns.sources.document import number_from_text
from xl_disclosure.workbook.book import CellContent, CellValue, ErrorValue, Value
from xl_disclosure.workbook.parts.xml_text import decode_cell_text, encode_cell_text, escape_text, resolve_references

_LETTERS = r"""[^>]*?\sr\s*=\s*["']([A-Za-z]+)"""
_STRINGS_ROOT = re.compile(r"<((?:[^\s/>:]+:)?)sst(?=[\s/>])")


@dataclass(frozen=True, slots=True)
class Tags:
    """Hold the patterns of a worksheet's elements, whose names may bear a prefix ("" or such as "x:").

    Each has the groups ``attributes`` and ``inner`` (what the element holds; None when it is empty). That of a cell has
    ``letters`` (of its column), ``style`` and ``kind`` (its type) in place of ``attributes``, None where not stated;
    ``cell_letters`` finds nothing but the first of these, six times as fast.
    """

    prefix: str
    row: re.Pattern[str]
    cell: re.Pattern[str]
    cell_letters: re.Pattern[str]
    formula: re.Pattern[str]
    value: re.Pattern[str]
    text: re.Pattern[str]
    phonetic: re.Pattern[str]


@cache
def tags_with(prefix: str) -> Tags:
    """Return the patterns for a prefix."""
    row, formula, value, text, phonetic = (element_pattern(prefix + name) for name in ("row", "f", "v", "t", "rPh"))
    cell, cell_letters = _cell_pattern(f"{prefix}c"), re.compile(rf"<{prefix}c(?=\s){_LETTERS}")
    return Tags(prefix, row, cell, cell_letters, formula, value, text, phonetic)


def element_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for an element that never holds one of its own kind."""
    return re.compile(rf"<{name}(?=[\s/>])(?P<attributes>[^>]*?)(?:/>|>(?P<inner>.*?)</{name}\s*>)", re.DOTALL)


def _cell_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a cell; a million of them are read in a second, so it picks out the attributes itself."""
    letters = _ahead("r", "(?P<letters>[A-Za-z]+)")
    style = _ahead("s", r"(?P<style>[0-9]+)")
    kind = _ahead("t", r"(?P<kind>[A-Za-z]+)")
    return re.compile(rf"<{name}(?=[\s/>]){letters}{style}{kind}[^>]*?(?:/>|>(?P<inner>.*?)</{name}\s*>)", re.DOTALL)


def _ahead(attribute: str, value: str) -> str:
    return rf"""(?:(?=[^>]*?\s{attribute}\s*=\s*["']{value})|)"""


def decode_cell(tags: Tags, cell: re.Match[str], strings: Sequence[str]) -> CellValue:
    """Return what a cell says, from its element and the workbook's shared strings.

    Raises:
        ValueError, ArithmeticError: the cell holds what its type does not allow.
        IndexError: the cell names a shared string that is not there.
    """
    kind, inner = cell["kind"] or "n", cell["inner"]
    if not inner:
        return CellValue()
    if kind == "inlineStr":
        return CellValue(read_text(tags, inner))
    if kind == "n":
        return _decode_number(tags.prefix, inner)
    formula, value = _parts_of(tags, inner)
    return CellValue(None if value is None else _decode_value(kind, value, strings), formula)


@lru_cache(maxsize=4096)
def _decode_number(prefix: str, inner: str) -> CellValue:
    """Return what a cell without text says; in a sheet of a million figures few are not 0, 1 or another small one."""
    formula, value = _parts_of(tags_with(prefix), inner)
    return CellValue(number_from_text(value) if value else None, formula)


def _parts_of(tags: Tags, inner: str) -> tuple[str, str | None]:
    """Return a cell's formula, empty where it has none, and its value as written, None where it has none."""
    formula, value = tags.formula.search(inner), tags.value.search(inner)
    shown = resolve_references(formula["inner"] or "") if formula else ""
    return shown, None if value is None else value["inner"] or ""


def read_shared_strings(xml: str) -> tuple[str, ...]:
    """Return the texts of a shared strings part, in the order that cells count them in."""
    root = _STRINGS_ROOT.search(xml)
    if root is None:
        return ()
    tags = tags_with(root[1])
    return tuple(read_text(tags, item["inner"] or "") for item in element_pattern(f"{tags.prefix}si").finditer(xml))


def read_text(tags: Tags, xml: str) -> str:
    """Return the text of a string item, its formatted runs joined, without the reading aids printed above it."""
    if "rPh" in xml:
        xml = tags.phonetic.sub("", xml)
    return "".join(decode_cell_text(found["inner"] or "") for found in tags.text.finditer(xml))


def _decode_value(kind: str, text: str, strings: Sequence[str]) -> Value:
    match kind:
        case "s":
            return strings[int(text)]
        case "b":
            return text.strip() in ("1", "true")
        case "e":
            return ErrorValue(text)
        case _:
            return decode_cell_text(text)


def encode_cell(tags: Tags, opening: str, content: CellContent) -> str:
    """Return a cell's element; ``opening`` are its attributes but for the type, each after a blank.

    Raises:
        ValueError: the number is infinite or none at all.
    """
    prefix, value = tags.prefix, content.value
    if (value is None or value == "") and not content.formula:
        return f"<{prefix}c{opening}/>"
    if isinstance(value, str) and not content.formula:
        string = f'<{prefix}is><{prefix}t xml:space="preserve">{encode_cell_text(value)}</{prefix}t></{prefix}is>'
        return f'<{prefix}c{opening} t="inlineStr">{string}</{prefix}c>'
    kind, result = _encode_result(value)
    formula = escape_text(content.formula.removeprefix("="))
    shown_formula = f"<{prefix}f>{formula}</{prefix}f>" if formula else ""
    shown_result = "" if result is None else f"<{prefix}v>{result}</{prefix}v>"
    return f"<{prefix}c{opening}{kind}>{shown_formula}{shown_result}</{prefix}c>"


def _encode_result(value: Value) -> tuple[str, str | None]:
    """Return the type attribute and the text of a value element."""
    match value:
        case None:
            return "", None
        case bool():
            return ' t="b"', "1" if value else "0"
        case str():
            return ' t="str"', encode_cell_text(value)
        case ErrorValue(code):
            return ' t="e"', escape_text(code)
        case Decimal() if not value.is_finite():
            raise ValueError(f"{value} is no number a cell can hold")
        case _:
            return "", str(value)

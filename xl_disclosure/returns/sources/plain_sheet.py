"""Worksheets written the way nearly every program writes them, taken apart without a parser.

That is several times faster, and an office above reads thousands of workbooks. What is looked for is strict: where it
does not account for every cell of a sheet, None is returned and the sheet is parsed. Units fill copies of one form, so
most sheets differ in the values of their cells alone: what is around the values is taken apart once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xl_disclosure.returns.sources.addresses import Span, column_number, merged_area
from xl_disclosure.returns.sources.document import MAX_COLUMNS, MAX_ROWS, Position

LARGEST = 1024 * 1024
"""Bytes of a sheet taken apart so; larger ones are parsed piece by piece, and no further than needed."""

LARGEST_KEPT = 256 * 1024
"""Bytes of a sheet, its values left out, that is kept for those like it."""

AFTER_CELLS = b"<conditionalFormatting"
"""What follows the cells and merged areas of a worksheet (ECMA-376 part 1, 18.3.1.99), and can be long."""

PROLOGUE = rb'\s*(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?[^<>]*\?>)?\s*'
_SHEET_OPENING = re.compile(PROLOGUE + rb"<worksheet[ >]")
_VALUE = re.compile(rb'(<v>|<t(?: xml:space="preserve")?>)([^<]*)(?=</[vt]>)')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?>'
    r"(?:(<f[^<>]*(?:/>|>[^<]*</f>))?(?:(<v>)</v>|<v/>)?|<is>(<t(?: xml:space=\"preserve\")?>)</t></is>)"
)
_BETWEEN = re.compile(rb'(?:\s+|<c [^<>]*/>|</row>|<row [^<>]*/>|<row r="([1-9][0-9]{0,6})"[^<>]*(?<!/)>)*')
"""What may stand between two cells that hold anything: blank ones, and the ends and beginnings of rows."""

_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"/>')


_SHARED, _OWN, _NUMBER = frozenset({"s"}), frozenset({"inlineStr", "str"}), frozenset({"n"})
"""The kinds of cells that most are."""

PlainCell = tuple[Position | None, str, str, bool, bool]
"""Position (None beyond the bounds), kind, style, and whether there is a formula and a value or text."""


@dataclass(frozen=True)
class Frame:
    """Hold all of a sheet but the values of its cells; ``values`` is how many there are."""

    cells: tuple[PlainCell, ...]
    values: int
    spans: Mapping[Position, Span]
    is_cut: bool

    @cached_property
    def shared_texts(self) -> Group:
        """Return the cells with a text that the sheets of the workbook share."""
        return self._group(_SHARED)

    @cached_property
    def own_texts(self) -> Group:
        """Return the cells with a text of their own."""
        return self._group(_OWN)

    @cached_property
    def numbers(self) -> Group:
        """Return the cells with a number."""
        return self._group(_NUMBER)

    @cached_property
    def others(self) -> Sequence[tuple[int, PlainCell]]:
        """Return the cells with anything else, such as a truth value, each with which of the values is its."""
        usual = _SHARED | _OWN | _NUMBER
        return [(number, cell) for number, cell in enumerate(self.valued) if cell[1] not in usual]

    @cached_property
    def formulas(self) -> frozenset[Position | None]:
        """Return the places of the cells with a formula."""
        return frozenset(position for position, _, _, has_formula, _ in self.cells if has_formula)

    @cached_property
    def is_simple(self) -> bool:
        """Tell whether every value has a place within the bounds, none is there twice, and every formula has one."""
        is_calculated = all(has_value or not has_formula for *_, has_formula, has_value in self.cells)
        return is_calculated and self.values == len(self.order)

    @cached_property
    def valued(self) -> Sequence[PlainCell]:
        """Return the cells with a value or text."""
        return [cell for cell in self.cells if cell[-1]]

    @cached_property
    def order(self) -> Mapping[Position, None]:
        """Return the places of the cells with a value as they come."""
        return dict.fromkeys(position for position, *_ in self.valued if position is not None)

    def _group(self, kinds: frozenset[str]) -> Group:
        found = [
            (number, position, style)
            for number, (position, kind, style, *_) in enumerate(self.valued)
            if kind in kinds and position is not None
        ]
        return Group(
            tuple(number for number, _, _ in found),
            tuple(position for _, position, _ in found),
            frozenset(style for _, _, style in found),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Hold cells of one kind: which of the values are theirs, their places, and their styles."""

    numbers: tuple[int, ...]
    places: tuple[Position, ...]
    styles: frozenset[str]

    def pick(self, values: Sequence[bytes]) -> list[bytes]:
        """Return the values of these cells."""
        return [values[number] for number in self.numbers]


def take_apart(content: bytes) -> tuple[Frame, Sequence[bytes]] | None:
    """Return the frame of a worksheet and the values in it, in order and as written; None for an unusual one."""
    end = content.find(AFTER_CELLS)
    parts = _VALUE.split(content if end < 0 else content[:end])
    values = parts[2::3]
    del parts[2::3]
    around = b"".join(parts)
    frame = _kept_frame(around) if len(around) <= LARGEST_KEPT else _read_frame(around)
    return None if frame is None or frame.values != len(values) else (frame, values)


def _read_frame(content: bytes) -> Frame | None:
    """Return the frame of a worksheet whose values are left out; None for an unusual one."""
    is_whole = b"</sheetData>" in content or b"<sheetData/>" in content
    areas = _MERGED.findall(content)
    is_plain = len(content) <= LARGEST and b"<!" not in content and _SHEET_OPENING.match(content) is not None
    if not (is_plain and is_whole) or len(areas) != content.count(b"<mergeCell "):
        return None
    cells: list[PlainCell] = []
    row = ""
    start = content.find(b"<sheetData>") + len(b"<sheetData>")
    for piece in content[start:].split(b"</c>")[:-1]:
        opening = piece.rfind(b"<c ")
        between = _BETWEEN.fullmatch(piece[:opening])
        found = _CELL.fullmatch(piece[opening:].decode("utf-8", "replace"))
        if between is None or found is None:
            return None
        row = (between[1] or b"").decode() or row
        if found[2] != row:
            return None
        cells.append(_plain_cell(*found.groups("")))
    values = sum(has_value for *_, has_value in cells)
    spans = dict(merged_area(area.decode("ascii")) for area in areas)
    return Frame(tuple(cells), values, spans, is_cut=any(position is None for position, *_ in cells))


_kept_frame = lru_cache(maxsize=128)(_read_frame)


def _plain_cell(*groups: str) -> PlainCell:
    letters, number, style, kind, formula, value, text = groups
    row, column = int(number) - 1, column_number(letters)
    position = (row, column) if row < MAX_ROWS and column < MAX_COLUMNS else None
    return position, kind or "n", style or "0", bool(formula), bool(value or text)

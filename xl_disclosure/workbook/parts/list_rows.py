"""The lines of a list as row elements; of thousands of lines most hold the same kinds of cells, and share a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xl_disclosure.cell_names import cell_name, column_letters
from xl_disclosure.workbook.book import LONGEST_TEXT, CellContent, ListLine
from xl_disclosure.workbook.parts.cell_xml import Tags, encode_cell
from xl_disclosure.workbook.parts.xml_text import encode_cell_text, needs_encoding, write_attributes

_ROW = "\0"
"""Stands for the number of the row in a pattern; no XML holds it."""

_MOST_PATTERNS = 64


class LongTextError(ValueError):
    """Report a text of that many characters, more than a cell can hold."""

    def __init__(self, cell: str, length: int) -> None:
        super().__init__(cell)
        self.cell = cell
        self.length = length


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Hold a row's cells with a gap for what each holds, and the columns whose values are made fit for it first."""

    cells: str
    texts: Sequence[int]
    decimals: Sequence[int]
    contents: Sequence[int]


class ListRows:
    """Write the lines of a list; note its cells with formulas by name, and its links by (row, column)."""

    def __init__(
        self, tags: Tags, attributes: dict[str, str], styles: Sequence[str], bare_styles: Sequence[str]
    ) -> None:
        """Take the attributes of the rows and, for each column, the style of its cells and that of no cell at all."""
        self.formulas: set[str] = set()
        self.links: dict[tuple[int, int], str] = {}
        self._tags = tags
        self._attributes = write_attributes(attributes)
        self._styles = [f' s="{style}"' if style else "" for style in styles]
        self._is_bare = [style == bare for style, bare in zip(styles, bare_styles, strict=True)]
        self._pattern = lru_cache(maxsize=_MOST_PATTERNS)(self._make_pattern)

    @property
    def leave_nothing(self) -> bool:
        """Tell whether rows that are blanked look as if they were not there."""
        return all(self._is_bare) and not self._attributes

    @property
    def looks(self) -> tuple[str, str, list[str], list[bool]]:
        """Return all that the rows of the same lines depend on: how rows and cells look, and their names' prefix."""
        return self._tags.prefix, self._attributes, self._styles, self._is_bare

    def to_text(self, number: int, line: ListLine, height: float | None, beyond: str) -> str:
        """Return a line's row element, empty for one that needs none; ``beyond`` are the cells to the list's right.

        Raises:
            LongTextError: a text is longer than a cell can hold.
            ValueError: a number is infinite or none at all.
        """
        values: list[Any] = [None if value == "" else value for value in line] if "" in line else [*line]
        values += [None] * (len(self._styles) - len(values))
        pattern = self._pattern(tuple(map(type, values)))
        together = "".join([values[column] for column in pattern.texts])
        if len(together) > LONGEST_TEXT or needs_encoding(together):
            for column in pattern.texts:
                values[column] = _encode_text(number, column, values[column])
        for column in pattern.decimals:
            _refuse_infinite(values[column])
        for column in pattern.contents:
            values[column] = self._encode(number, column, values[column])
        cells = pattern.cells.replace(_ROW, str(number + 1)) % tuple(values) + beyond
        shown_height = "" if height is None else f' ht="{height:g}" customHeight="1"'
        name = f"{self._tags.prefix}row"
        opening = f'<{name} r="{number + 1}"{self._attributes}{shown_height}'
        if cells:
            return f"{opening}>{cells}</{name}>"
        return f"{opening}/>" if self._attributes or shown_height else ""

    def _make_pattern(self, kinds: tuple[type, ...]) -> _Pattern:
        prefix = self._tags.prefix
        string = f'<{prefix}is><{prefix}t xml:space="preserve">%s</{prefix}t></{prefix}is>'
        cells: list[str] = []
        for column, (kind, style) in enumerate(zip(kinds, self._styles, strict=True)):
            opening = f'<{prefix}c r="{column_letters(column)}{_ROW}"{style}'
            if kind is str:
                cells.append(f'{opening} t="inlineStr">{string}</{prefix}c>')
            elif kind in (int, Decimal):
                cells.append(f"{opening}><{prefix}v>%s</{prefix}v></{prefix}c>")
            elif kind is not type(None):
                cells.append("%s")
            else:
                cells.append("%.0s" if self._is_bare[column] else f"{opening}/>%.0s")
        known = (str, int, Decimal, type(None))
        others = tuple(column for column, kind in enumerate(kinds) if kind not in known)
        return _Pattern("".join(cells), _columns_of(str, kinds), _columns_of(Decimal, kinds), others)

    def _encode(self, row: int, column: int, value: Any) -> str:
        """Return the element of a cell that is given by its content or holds a truth value or an error."""
        content = value if isinstance(value, CellContent) else CellContent(value)
        if isinstance(content.value, str):
            _refuse_long_text(row, column, content.value)
        if content.link:
            self.links[row, column] = content.link
        name = cell_name(row, column)
        if content.formula:
            self.formulas.add(name)
        elif content.value in (None, "") and self._is_bare[column]:
            return ""
        return encode_cell(self._tags, f' r="{name}"{self._styles[column]}', content)


def _columns_of(wanted: type, kinds: Sequence[type]) -> tuple[int, ...]:
    return tuple(column for column, kind in enumerate(kinds) if kind is wanted)


def _encode_text(row: int, column: int, text: str) -> str:
    _refuse_long_text(row, column, text)
    return encode_cell_text(text)


def _refuse_long_text(row: int, column: int, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise LongTextError(cell_name(row, column), len(text))


def _refuse_infinite(number: Decimal) -> None:
    if not number.is_finite():
        raise ValueError(f"{number} is no number a cell can hold")

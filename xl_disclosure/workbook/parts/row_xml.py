"""One row of a worksheet part, its cells kept as text until they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from xl_disclosure.cell_names import cell_name, parse_column
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.parts.cell_xml import Tags, encode_cell
from xl_disclosure.workbook.parts.xml_text import read_attributes, write_attributes

_STYLE_ATTRIBUTES = ("s", "customFormat")
_TRUE = ("1", "true")
_BLANK = CellContent()


@dataclass(slots=True)
class RowXml:
    """Hold a row's number, the attributes of its element, and its cells' elements by column.

    ``column_styles`` are the styles that whole columns have.
    """

    tags: Tags
    number: int
    column_styles: Mapping[int, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Tell whether the row needs no element: it has no cells and nothing of its own."""
        return not self.cells and not set(self.attributes) - {"r", "spans"}

    def style_of(self, column: int) -> str:
        """Return the number of the style a cell has or, not being there, would have; empty for the standard style."""
        cell = self.tags.cell.match(self.cells.get(column, ""))
        return (cell["style"] or "") if cell else self.style_without_cell(column)

    def put(self, column: int, style: str, content: CellContent) -> None:
        """Put a cell in place of what stood in the column; a blank one that looks as without an element takes none."""
        if content == _BLANK and style == self.style_without_cell(column):
            self.cells.pop(column, None)
            return
        shown_style = f' s="{style}"' if style else ""
        opening = f' r="{cell_name(self.number, column)}"{shown_style}'
        self.cells[column] = encode_cell(self.tags, opening, content)

    def blank(self, width: int) -> None:
        """Blank the cells in the first columns; they keep their styles."""
        for column in [column for column in self.cells if column < width]:
            self.put(column, self.style_of(column), _BLANK)

    def style_without_cell(self, column: int) -> str:
        """Return the number of the style that shows in a column where the row has no cell."""
        if self.attributes.get("customFormat") in _TRUE:
            return self.attributes.get("s", "")
        return self.column_styles.get(column, "")

    def formula_names(self) -> set[str]:
        """Return the names of its cells that hold a formula."""
        mark = f"<{self.tags.prefix}f"
        pattern = self.tags.formula
        return {
            cell_name(self.number, column)
            for column, cell in self.cells.items()
            if mark in cell and pattern.search(cell)
        }

    def read(self, text: str) -> None:
        """Take over the attributes and cells of an element; each cell must bear its name."""
        found = self.tags.row.match(text)
        if found is None:
            return
        self.attributes = read_attributes(found["attributes"])
        for cell in self.tags.cell.finditer(found["inner"] or ""):
            self.cells[parse_column(cell["letters"])] = cell[0]

    def keep_line_style(self) -> None:
        """Keep the row's style alone; height and visibility go back to what the spreadsheet finds fit."""
        self.attributes = {name: self.attributes[name] for name in _STYLE_ATTRIBUTES if name in self.attributes}

    def to_text(self) -> str:
        """Return the row's element."""
        # `spans` only hints at the cells to come, and may no longer be true.
        others = {name: value for name, value in self.attributes.items() if name not in ("r", "spans")}
        opening = write_attributes({"r": str(self.number + 1)} | others)
        name = f"{self.tags.prefix}row"
        cells = "".join(self.cells[column] for column in sorted(self.cells))
        return f"<{name}{opening}>{cells}</{name}>" if cells else f"<{name}{opening}/>"


def name_rows_and_cells(tags: Tags, rows: str) -> str:
    """Return the rows with the names that a file may leave out written in: each follows the one before it.

    Raises ValueError where a cell bears a name that is none.
    """
    if _misnamed(tags.prefix).search(rows):
        raise ValueError("a cell's name is none")
    if _are_plainly_named(tags, rows):
        return rows
    unnamed = re.compile(rf"<{tags.prefix}(?:row|c)(?=[\s/>])(?![^>]*\sr\s*=)")
    if not unnamed.search(rows):
        return rows
    named: list[str] = []
    number = -1
    for row in tags.row.finditer(rows):
        stated = read_attributes(row["attributes"]).get("r")
        number = int(stated) - 1 if stated else number + 1
        named.append(_name_cells(tags, number, row))
    return "".join(named)


@cache
def _misnamed(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"""<{prefix}c\s(?:[^>]*?\s)?r\s*=\s*["'](?![A-Za-z]{{1,3}}[0-9]{{1,7}}["'])""")


def _are_plainly_named(tags: Tags, rows: str) -> bool:
    """Tell whether every row and cell begins with its name, as most programs write them."""
    openings = f"<{tags.prefix}row", f"<{tags.prefix}c"
    return all(rows.count(opening) == rows.count(f'{opening} r="') for opening in openings)


def _name_cells(tags: Tags, number: int, found: re.Match[str]) -> str:
    row = RowXml(tags, number, attributes=read_attributes(found["attributes"]))
    column = -1
    for cell in tags.cell.finditer(found["inner"] or ""):
        column = parse_column(cell["letters"]) if cell["letters"] else column + 1
        name = "" if cell["letters"] else f' r="{cell_name(number, column)}"'
        tag = f"<{tags.prefix}c"
        row.cells[column] = tag + name + cell[0].removeprefix(tag)
    return row.to_text()

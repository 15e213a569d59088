"""A worksheet part, read and changed in place: what is not written keeps its very text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from xl_disclosure.cell_names import cell_name, parse_column
from xl_disclosure.workbook.areas import Area, cell_area, parse_area
from xl_disclosure.workbook.book import CellContent, CellValue, ListLine
from xl_disclosure.workbook.links import link_in
from xl_disclosure.workbook.parts.cell_xml import decode_cell, element_pattern, tags_with
from xl_disclosure.workbook.parts.deflated import FAST, Deflated, deflate
from xl_disclosure.workbook.parts.formula_groups import find_filled_areas, write_out_shared_formulas
from xl_disclosure.workbook.parts.hyperlinks import SheetLinks
from xl_disclosure.workbook.parts.list_blocks import write_lines
from xl_disclosure.workbook.parts.list_rows import ListRows
from xl_disclosure.workbook.parts.row_xml import RowXml, name_rows_and_cells
from xl_disclosure.workbook.parts.sheet_outline import Outline, used_columns
from xl_disclosure.workbook.parts.sheet_rows import SheetRows
from xl_disclosure.workbook.parts.shelf import EMPTY, Shelf
from xl_disclosure.workbook.parts.xml_text import elements, read_attributes

_ROOT = re.compile(r"<((?:[^\s/>:]+:)?)worksheet(?=[\s>])[^>]*>")
_PROTECTED = re.compile(r"""<(?:[^\s/>:]+:)?sheetProtection\s[^>]*?\bsheet=["'](?:1|true)["']""")
_DIMENSION = re.compile(r"""(<(?:[^\s/>:]+:)?dimension\s[^>]*?ref=["'])([A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)""")


class FilledAreaError(ValueError):
    """Report a write into the midst of an area that one array formula or data table fills."""

    def __init__(self, area: Area) -> None:
        super().__init__(str(area))
        self.area = area


@dataclass(frozen=True, slots=True)
class _WrittenList:
    area: Area
    first_line: str
    lines: Sequence[ListLine]
    leaves_nothing: bool


class SheetXml:
    """Hold one worksheet part, cut into its rows and what stands around them."""

    def __init__(self, text: str) -> None:
        """Cut the part's text; ValueError when it is no worksheet or has a row twice."""
        root = _ROOT.search(text)
        if root is None:
            raise ValueError("no worksheet")
        self._tags = tags_with(root[1])
        data = next(elements(text, f"{root[1]}sheetData", root.end()), None)
        if data is None:
            raise ValueError("no rows")
        self._before = text[: data.start]
        self._links = SheetLinks(text[data.end :], root[1])
        rows = text[data.start : data.end]
        rows = write_out_shared_formulas(self._tags, name_rows_and_cells(self._tags, rows))
        self._filled_areas = find_filled_areas(self._tags, rows)
        self._rows = SheetRows(self._tags, rows)
        self._list: _WrittenList | None = None
        self._column_styles = self._read_column_styles()
        self.formulas_gone: set[str] = set()
        """The names of the cells that held a formula and hold none any more."""

    @property
    def is_protected(self) -> bool:
        """Tell whether locked cells are guarded against typing (ECMA-376 part 1, 18.3.1.85)."""
        return _PROTECTED.search(self._links.before) is not None

    @property
    def rows(self) -> Sequence[int]:
        """Return the rows that hold anything, styles included, in ascending order."""
        return self._rows.numbers

    def read_row(self, row: int, strings: Sequence[str]) -> dict[int, CellValue]:
        """Return by column the cells of a row that say something.

        Raises:
            ValueError: a cell's XML makes no sense, or names a shared string that is not there.
        """
        values: dict[int, CellValue] = {}
        links = self._links.by_place
        for cell in self._tags.cell.finditer(self._rows.get(row)):
            column = parse_column(cell["letters"])
            try:
                value = decode_cell(self._tags, cell, strings)
            except (ValueError, ArithmeticError, IndexError) as error:
                raise ValueError(cell_name(row, column)) from error
            if value.formula or links:
                value = self._with_link(row, column, value)
            if not value.is_blank:
                values[column] = value
        return values

    def reaches(self, row: int, columns: Collection[int]) -> bool:
        """Tell whether a row has a cell, be it a blank one, in any of these columns."""
        letters = self._tags.cell_letters.findall(self._rows.get(row))
        return any(parse_column(letter) in columns for letter in letters)

    def write_cells(self, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column); each keeps its style.

        Raises:
            FilledAreaError: a cell stands amid an area that one formula fills; nothing is written.
        """
        areas = [cell_area(row, column) for row, column in cells]
        self._refuse_splitting(areas)
        by_row: dict[int, dict[int, CellContent]] = {}
        for (number, column), content in cells.items():
            by_row.setdefault(number, {})[column] = content
        for number, contents in by_row.items():
            row = self._row(number)
            for column, content in contents.items():
                row.put(column, row.style_of(column), content)
            self._replace_row(row)
        self._links.replace(areas, {place: content.link for place, content in cells.items() if content.link})
        self._update_dimension(areas)
        if self._list is not None and max(by_row, default=-1) >= self._list.area.first_row:
            self._list = None

    def write_list(
        self, first_row: int, lines: Sequence[ListLine], heights: Sequence[float] = (), shelf: Shelf = EMPTY
    ) -> None:
        """Replace the body of a list, as ``Book.write_list`` says; a shelf may hold blocks of its lines.

        Raises:
            FilledAreaError: the list cuts through an area that one formula fills; nothing is written.
            LongTextError: a text is longer than a cell can hold; nothing is written.
        """
        width = max(self._count_labels(first_row - 1), *map(len, lines), 0)
        end = first_row + len(lines)
        numbers = self._rows.numbers
        area = Area(first_row, 0, max([end - 1, *numbers]), width - 1)
        self._refuse_splitting([area])
        list_rows = self._list_rows(first_row, width)
        replaced = [number for number in numbers if first_row <= number < end]
        beyond = {number: cells for number in replaced if (cells := self._cells_beyond(number, width))}
        written = write_lines(list_rows, first_row, lines, heights, beyond, shelf)
        for number in [number for number in numbers if number >= end]:
            row = self._row(number)
            row.blank(width)
            row.keep_line_style()
            self._replace_row(row)
        for number in replaced:
            self._note_formulas_gone(number)
            self._rows.put(number, "")
        for number, text in written.rows.items():
            self._rows.put(number, text)
        for block, piece in written.blocks.items():
            self._rows.put_block(block, piece)
        self.formulas_gone -= list_rows.formulas
        self._links.replace([area], list_rows.links)
        self._update_dimension([area] if lines else [])
        stands_alone = not beyond and not list_rows.formulas and max(numbers, default=0) < end
        self._list = None
        if lines and stands_alone:
            first = list_rows.to_text(first_row, lines[0], heights[0] if heights else None, "")
            self._list = _WrittenList(area, first, lines, list_rows.leave_nothing)

    def outline(self) -> Outline | None:
        """Return the sheet but for the lines of the list written last; None where more stands there, or formulas do."""
        if self._list is None:
            return None
        area, lines = self._list.area, self._list.lines
        above = [self._rows.get(number) for number in self._rows.numbers if number < area.first_row]
        text = self._around("".join([*above, self._list.first_line]), self._links.text_without(area))
        end, width, leaves_nothing = area.last_row + 1, area.last_column + 1, self._list.leaves_nothing
        return Outline(text, area.first_row, end, width, used_columns(lines), leaves_nothing)

    def _list_rows(self, first_row: int, width: int) -> ListRows:
        """Return what writes the lines of a list in the styles of its first row."""
        pattern = self._row(first_row)
        styles = [pattern.style_of(column) for column in range(width)]
        pattern.keep_line_style()
        bare_styles = [pattern.style_without_cell(column) for column in range(width)]
        return ListRows(self._tags, pattern.attributes, styles, bare_styles)

    def _cells_beyond(self, number: int, width: int) -> str:
        """Return the cells of a row from a column on."""
        letters = self._tags.cell_letters.findall(self._rows.get(number))
        if max(map(parse_column, letters), default=-1) < width:
            return ""
        cells = self._row(number).cells
        return "".join(cells[column] for column in sorted(cells) if column >= width)

    def to_text(self) -> str:
        """Return the part's text."""
        return self._around("".join(self._rows.get(number) for number in self._rows.numbers), self._links.to_text())

    def to_content(self) -> bytes | list[Deflated]:
        """Return the part in UTF-8, each row encoded by itself: as text all rows together take twice the memory.

        Where blocks of it are compressed it comes in compressed pieces.
        """
        name = f"{self._tags.prefix}sheetData"
        opening, closing = f"{self._before}<{name}>", f"</{name}>{self._links.to_text()}"
        pieces: list[Deflated] = []
        plain: list[bytes] = []
        for piece in [opening, *self._rows.pieces(), closing]:
            if isinstance(piece, str):
                plain.append(piece.encode())
                continue
            pieces += [deflate(b"".join(plain), FAST), piece]
            plain.clear()
        content = b"".join(plain)
        return [*pieces, deflate(content, FAST)] if pieces else content

    def _around(self, rows: str, after: str) -> str:
        name = f"{self._tags.prefix}sheetData"
        return f"{self._before}<{name}>{rows}</{name}>{after}"

    def _with_link(self, row: int, column: int, cell: CellValue) -> CellValue:
        if cell.formula and (link := link_in(cell.formula)):
            return CellValue(cell.value, link=link)
        stated = self._links.by_place.get((row, column))
        return replace(cell, link=stated) if stated else cell

    def _row(self, number: int) -> RowXml:
        row = RowXml(self._tags, number, self._column_styles)
        row.read(self._rows.get(number))
        return row

    def _replace_row(self, row: RowXml) -> None:
        self._note_formulas_gone(row.number)
        self.formulas_gone -= row.formula_names()
        self._rows.put(row.number, "" if row.is_plain else row.to_text())

    def _note_formulas_gone(self, number: int) -> None:
        if f"<{self._tags.prefix}f" in self._rows.get(number):
            self.formulas_gone |= self._row(number).formula_names()

    def _read_column_styles(self) -> dict[int, str]:
        styles: dict[int, str] = {}
        for column in element_pattern(f"{self._tags.prefix}col").finditer(self._before):
            attributes = read_attributes(column["attributes"])
            if "style" in attributes:
                covered = range(int(attributes["min"]) - 1, int(attributes["max"]))
                styles |= dict.fromkeys(covered, attributes["style"])
        return styles

    def _count_labels(self, row: int) -> int:
        """Count the cells of a row, from the first on, that hold something without a gap."""
        held = {
            parse_column(cell["letters"]) for cell in self._tags.cell.finditer(self._rows.get(row)) if cell["inner"]
        }
        count = 0
        while count in held:
            count += 1
        return count

    def _refuse_splitting(self, areas: Sequence[Area]) -> None:
        for filled in self._filled_areas:
            for area in areas:
                if area.meets(filled) and not area.contains(filled):
                    raise FilledAreaError(filled)

    def _update_dimension(self, written: Sequence[Area]) -> None:
        """State the area in use: its rows as they are now, its columns at least those of before."""
        stated = _DIMENSION.search(self._before)
        numbers = self._rows.numbers
        if stated is None or not numbers:
            return
        areas = [parse_area(stated[2]), *written]
        used = Area(
            numbers[0],
            min(area.first_column for area in areas),
            numbers[-1],
            max(area.last_column for area in areas),
        )
        self._before = f"{self._before[: stated.start(2)]}{used}{self._before[stated.end(2) :]}"

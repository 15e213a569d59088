"""The clerk's workbook as an action sees it: a book, the edition it was made for, and its form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from xl_disclosure.cell_names import parse_column
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.cover import COVER_FIELDS
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import YEAR_MARK, Edition, FactAddress
from xl_disclosure.forms.text import label_key
from xl_disclosure.returns.own_book import EDITION_KEY, HIDDEN_SHEET
from xl_disclosure.workbook.book import Book, CellContent, CellValue
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, CellPlace, cover_place, fact_places
from xl_disclosure.workbook.parts.shelf import EMPTY, Shelf

Memory = Mapping[str, tuple[int, str]]

A1_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")


@dataclass(frozen=True)
class ClerkBook:
    """Hold a workbook made from one of the templates."""

    book: Book
    edition: Edition
    path: Path
    memory: Memory = field(default_factory=dict)
    """What the hidden sheet keeps: the row and the text of each key."""

    @cached_property
    def cover(self) -> Mapping[str, str]:
        """Return the cover's fields by code."""
        place = cover_place("unit")
        rows = self.book.read_block(place.sheet, place.row, place.column, len(COVER_FIELDS), 1)
        return {code: row[0].text.strip() for code, row in zip(COVER_FIELDS, rows, strict=True)}

    @property
    def unit(self) -> str:
        """Return the unit's name; blank when the cover does not say."""
        return self.cover["unit"]

    @property
    def year(self) -> int | None:
        """Return the reporting year; None when the cover does not say."""
        text = self.cover["year"]
        return int(text) if text.isdecimal() else None

    def required_year(self) -> int:
        """Return the reporting year; InputError naming the cover's cell when it is blank or no year."""
        if self.year is not None:
            return self.year
        place = self.place(cover_place("year"))
        raise InputError("封面没有填写报告年度", "填写四位数的年度，例如 2016", place)

    def place(self, cell: CellPlace) -> Place:
        """Return a cell of the workbook as a place to show."""
        return Place(self.path.name, cell.sheet, cell.a1)

    def cell_at(self, place: Place | None) -> CellPlace | None:
        """Return the cell of this workbook that a place names; None for another file or no single cell."""
        if place is None or place.file != self.path.name or place.sheet not in self.book.sheet_names():
            return None
        found = A1_NAME.fullmatch(place.cell)
        return CellPlace(place.sheet, int(found[2]) - 1, parse_column(found[1])) if found else None

    def read_form(self) -> Mapping[FactAddress, CellValue]:
        """Return what stands in every cell of the form, one reading a sheet.

        Raises InputError where a label is not the one printed: the form's rows or columns were moved.
        """
        cells: dict[FactAddress, CellValue] = {}
        for sheet in self.edition.sheets:
            grid = build_grid(self.edition, sheet)
            block = self.book.read_block(sheet.name, FORM_FIRST_ROW, 0, grid.row_count, grid.column_count)
            for cell in grid.cells:
                found = block[cell.row][cell.column]
                if cell.address is not None:
                    cells[cell.address] = found
                elif not says(found.text, cell.text):
                    place = self.place(CellPlace(sheet.name, FORM_FIRST_ROW + cell.row, cell.column))
                    remedy = "撤销对表格的插入、删除或改名，或新建工作簿后用 fill --from 把数字取过去"
                    raise InputError(f"此处应为“{cell.text}”，实为“{found.text}”，表格的行列被改动过", remedy, place)
        return cells

    def write_form(self, contents: Mapping[FactAddress, CellContent]) -> None:
        """Write cells of the form, one writing a sheet; what follows from them is left to be calculated anew."""
        places = fact_places(self.edition)
        by_sheet: dict[str, dict[tuple[int, int], CellContent]] = {}
        for address, content in contents.items():
            place = places[address]
            by_sheet.setdefault(place.sheet, {})[place.row, place.column] = content
        facts = {(place.sheet, place.row, place.column) for place in places.values()}
        for sheet, cells in by_sheet.items():
            stale = {
                place: content
                for place, content in self._stale_results(sheet).items()
                if place[0] >= FORM_FIRST_ROW - 2 and (sheet, *place) not in facts
            }
            self.book.write_cells(sheet, {**stale, **cells})
        self.book.write_cells(HIDDEN_SHEET, self._stale_results(HIDDEN_SHEET))

    def _stale_results(self, sheet: str) -> dict[tuple[int, int], CellContent]:
        """Return the formulas of a sheet without their results, so that any spreadsheet calculates them."""
        return {
            (row, column): CellContent(None, formula=cell.formula)
            for row, cells in enumerate(self.book.read_used(sheet))
            for column, cell in enumerate(cells)
            if cell.formula
        }

    def remember(self, texts: Mapping[str, str]) -> ClerkBook:
        """Keep texts by key in the hidden sheet; return the workbook that knows them."""
        cells: dict[tuple[int, int], CellContent] = {}
        memory = dict(self.memory)
        free = max((row for row, _ in memory.values()), default=-1) + 1
        for key, text in texts.items():
            row, known = memory.get(key, (free, None))
            if known is None:
                free += 1
                cells[row, 0] = CellContent(key)
            if known != text:
                cells[row, 1] = CellContent(text)
            memory[key] = (row, text)
        if cells:
            self.book.write_cells(HIDDEN_SHEET, cells)
        return replace(self, memory=memory)


def open_clerk_book(path: Path, shelf: Shelf = EMPTY) -> ClerkBook:
    """Open a workbook made from a template, for which a shelf may hold something; InputError for any other file."""
    return as_clerk_book(FileBook.open(path, shelf), path)


def as_clerk_book(book: Book, path: Path) -> ClerkBook:
    """Return an opened book with its edition; InputError when it was not made from a template."""
    if HIDDEN_SHEET not in book.sheet_names():
        remedy = "用 xl-disclosure new 新建工作簿，再用 fill --from 把这份文件的数字取过去"
        raise InputError("不是由本工具的模板建立的工作簿", remedy, Place(file=path.name))
    memory = {
        row[0].text: (number, row[1].text if len(row) > 1 else "")
        for number, row in enumerate(book.read_used(HIDDEN_SHEET))
        if row and row[0].text
    }
    _, edition_id = memory.get(EDITION_KEY, (0, ""))
    return ClerkBook(book, load_edition(edition_id), path, memory)


def says(found: str, printed: str) -> bool:
    """Tell whether what was found is a printed label, whatever its spaces and, where it has one, its year."""
    if YEAR_MARK in printed:
        return label_key(found).endswith(label_key(printed.replace(YEAR_MARK, "")))
    return found == printed or label_key(found) == label_key(printed)

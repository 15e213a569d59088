"""Write a report's facts as units send them: the official layout in every kind of file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from openpyxl.worksheet.worksheet import Worksheet

from xl_disclosure.forms.grid import Grid, GridCell, build_grid
from xl_disclosure.forms.model import Edition, FactAddress, FormSheet
from xl_disclosure.returns.model import Number
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import fact_places
from xl_disclosure.workbook.new import new_workbook

Facts = Mapping[FactAddress, Number | None]


@dataclass(frozen=True)
class Report:
    """Hold what a unit reports."""

    edition: Edition
    unit: str
    year: int
    facts: Facts

    @property
    def title(self) -> str:
        """Return the report's title as printed."""
        return f"{self.unit}{self.year}年政府信息公开工作年度报告"

    def text(self, cell: GridCell) -> str:
        """Return what stands in a printed cell."""
        if cell.address is None:
            return cell.text.replace("{year}", str(self.year or ""))
        value = self.facts.get(cell.address)
        return "" if value is None else str(value)


Write = Callable[[Report, Path], None]

PROSE = "一、总体情况"
CLOSING = "五、存在的主要问题及改进情况"


def write_xlsx(report: Report, path: Path) -> None:
    """Write a plain workbook, one sheet for each sheet of the form, with its merged cells."""
    plain_book(report).save(path)


def plain_book(report: Report) -> openpyxl.Workbook:
    """Return a workbook with one sheet for each sheet of the form, with its merged cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in report.edition.sheets:
        page: Worksheet = book.create_sheet(sheet.name)
        page["A1"] = report.title
        for cell in build_grid(report.edition, sheet).cells:
            write_grid_cell(page, report, cell, row=3, column=1)
    return book


def write_grid_cell(page: Worksheet, report: Report, cell: GridCell, row: int, column: int) -> None:
    """Write one printed cell, the form's first at the row and column given."""
    top, left = row + cell.row, column + cell.column
    value = report.facts.get(cell.address) if cell.address else report.text(cell)
    page.cell(top, left).value = value or (0 if value == 0 else None)
    if (cell.row_span, cell.column_span) != (1, 1):
        page.merge_cells(
            start_row=top,
            start_column=left,
            end_row=top + cell.row_span - 1,
            end_column=left + cell.column_span - 1,
        )


def write_template(report: Report, path: Path) -> None:
    """Write a workbook of ours with every figure typed in, totals and what was left blank included."""
    book = new_workbook(report.edition, report.unit, report.year)
    for address, place in fact_places(report.edition).items():
        book.write_cells(place.sheet, {(place.row, place.column): CellContent(report.facts[address])})
    book.save(path)


def write_docx(report: Report, path: Path) -> None:
    """Write a Word document with the tables between the headings."""
    document: Document = docx.Document()
    document.add_paragraph(report.title)
    document.add_paragraph(PROSE)
    for sheet in report.edition.sheets:
        document.add_paragraph(sheet.heading or sheet.name)
        add_word_table(document, report, build_grid(report.edition, sheet))
    document.add_paragraph(CLOSING)
    document.save(str(path))


def add_word_table(document: Document, report: Report, grid: Grid) -> None:
    """Add one printed sheet as a table with merged cells."""
    table = document.add_table(grid.row_count, grid.column_count)
    cells = [row.cells for row in table.rows]
    for cell in grid.cells:
        place = cells[cell.row][cell.column]
        last = cells[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
        merged = place.merge(last) if last is not place else place
        merged.text = report.text(cell)


def write_html(report: Report, path: Path) -> None:
    """Write a web page in the encoding of old government sites, its tables within a table that lays out the page."""
    tables = "".join(
        f"<p>{escape(sheet.heading or sheet.name)}</p>{html_table(report, sheet)}" for sheet in report.edition.sheets
    )
    body = f"<h1>{escape(report.title)}</h1><p>{PROSE}</p>{tables}"
    page = f'<html><head><meta charset="gb2312"><title>首页</title></head><body><table><tr><td>{body}</td></tr></table>'
    path.write_bytes(f"{page}</body></html>".encode("gb18030"))


def html_table(report: Report, sheet: FormSheet) -> str:
    """Return one printed sheet as an HTML table with row and column spans."""
    grid = build_grid(report.edition, sheet)
    lines: dict[int, list[str]] = {row: [] for row in range(grid.row_count)}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
        lines[cell.row].append(f"<td{spans}><p><span>{escape(report.text(cell))}&nbsp;</span></p></td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in lines.values()) + "</table>"


def write_cell_lines(report: Report, path: Path) -> None:
    """Write text as a web archive keeps it: every cell on a line of its own that ends with a bar."""
    write_text(report, path, lambda cells: "".join(f"{cell} |\n" if cell else "|\n" for cell in cells))


def write_tabbed_lines(report: Report, path: Path) -> None:
    """Write text as a browser copies it: a line for each row, tabs between its cells, merged cells once."""
    write_text(report, path, lambda cells: "\t".join(cells) + "\n")


def write_text(report: Report, path: Path, line: Callable[[list[str]], str]) -> None:
    """Write text, each row of a table as the given function writes its cells."""
    parts = [f"{report.title}\n{PROSE}\n"]
    for sheet in report.edition.sheets:
        parts.append(f"{sheet.heading or sheet.name}\n")
        grid = build_grid(report.edition, sheet)
        for row in range(grid.row_count):
            cells = sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column)
            parts.append(line([report.text(cell) for cell in cells]))
    path.write_text("".join(parts), encoding="utf-8")


def write_json(report: Report, path: Path) -> None:
    """Write the facts as JSON."""
    facts = {address: float(value) if isinstance(value, Decimal) else value for address, value in report.facts.items()}
    record = {"edition": report.edition.id, "unit": report.unit, "year": report.year, "facts": facts}
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


FORMATS: Mapping[str, tuple[str, Write]] = {
    "template": (".xlsm", write_template),
    "xlsx": (".xlsx", write_xlsx),
    "docx": (".docx", write_docx),
    "html": (".html", write_html),
    "cell_lines": (".txt", write_cell_lines),
    "tabbed_lines": (".txt", write_tabbed_lines),
    "json": (".json", write_json),
}
"""Each format's suffix and writer, by a name for it."""

"""分户表: a roll-up's lines written into the workbook, and read back with what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xl_disclosure.actions.fill_plan import number_in
from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import Figures, pack
from xl_disclosure.workbook.book import Book, CellContent, CellValue, ListLine, read_list
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTION_COLUMNS,
    CORRECTION_MARK,
    CORRECTIONS_SHEET,
    HEADER_ROW,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
)

FORMULA = "="
"""What stands for a formula in the text that says what was written into a line."""

_CORRECTION_LETTERS = {column.code: column_letters(place) for place, column in enumerate(CORRECTION_COLUMNS)}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Hold one line of 分户表 as it stands in the workbook; ``row`` counts from 0."""

    row: int
    line: BreakdownLine
    cells: tuple[CellValue, ...]
    written: str

    @property
    def stands(self) -> str:
        """Return what stands in the line now, to be held against what was written."""
        shown = zip(self.cells, shown_figures(self.line.figures), strict=True)
        return _as_text(
            self.row, self.line, [FORMULA if cell.formula else figure or cell.text for cell, figure in shown]
        )


def write_breakdown(book: Book, edition: Edition, lines: Sequence[BreakdownLine], entries: int) -> None:
    """Write a line for each unit and each correction; ``entries`` are the lines of 更正 that the formulas look at."""
    contents = [_line(row, line, entries) for row, line in enumerate(lines, start=UNITS_FIRST_ROW)]
    # One blank line as wide as any says how far to the right the lines of an earlier roll-up are to be blanked.
    blank: ListLine = [None] * (UNITS_FIRST_FACT_COLUMN + len(edition.facts) + 1)
    book.write_list(UNITS_SHEET, UNITS_FIRST_ROW, contents or [blank])


def read_breakdown(book: Book, edition: Edition) -> list[SheetLine]:
    """Return the lines of 分户表; none where nothing was rolled up."""
    lines: list[SheetLine] = []
    last = UNITS_FIRST_FACT_COLUMN + len(edition.facts)
    for row, cells in enumerate(read_list(book, UNITS_SHEET, UNITS_FIRST_ROW, last + 1), start=UNITS_FIRST_ROW):
        if all(cell.is_blank for cell in cells):
            continue
        heads = [cell.text for cell in cells[:UNITS_FIRST_FACT_COLUMN]]
        unit, code, parent, category, file = heads
        facts = tuple(cells[UNITS_FIRST_FACT_COLUMN:last])
        figures = pack([number_in(cell) for cell in facts])
        line = BreakdownLine(unit, figures, "" if file == CORRECTION_MARK else file, code, parent, category)
        lines.append(SheetLine(row, line, facts, cells[last].text))
    return lines


def column_range(column: int, lines: int) -> str:
    """Return the reference to a column of 分户表 over that many lines."""
    return line_range(column, 0, max(lines, 1))


def line_range(column: int, first: int, end: int) -> str:
    """Return the reference to the cells of a column of 分户表 from one line to before another."""
    letters = column_letters(column)
    return f"'{UNITS_SHEET}'!{letters}{UNITS_FIRST_ROW + first + 1}:{letters}{UNITS_FIRST_ROW + end}"


def _line(row: int, line: BreakdownLine, entries: int) -> ListLine:
    file = CORRECTION_MARK if line.is_correction else line.file
    heads = (line.unit, line.code, line.parent, line.category, file)
    if not line.is_correction:
        return [*heads, *line.figures, _as_text(row, line, shown_figures(line.figures))]
    figures = [
        None if figure is None else CellContent(figure, formula=_correction(row, column, entries))
        for column, figure in enumerate(line.figures, start=UNITS_FIRST_FACT_COLUMN)
    ]
    return [*heads, *figures, _as_text(row, line, ["" if figure is None else FORMULA for figure in line.figures])]


def _correction(row: int, column: int, entries: int) -> str:
    """Return the formula that adds up what 更正 enters for the line's unit and the column's fact."""
    difference, unit, fact = (_correction_range(code, entries) for code in ("difference", "unit", "fact"))
    return f"SUMIFS({difference},{unit},$A{row + 1},{fact},{column_letters(column)}${HEADER_ROW + 1})"


def _correction_range(code: str, entries: int) -> str:
    letters = _CORRECTION_LETTERS[code]
    return f"'{CORRECTIONS_SHEET}'!${letters}${BODY_FIRST_ROW + 1}:${letters}${BODY_FIRST_ROW + entries}"


def _as_text(row: int, line: BreakdownLine, figures: Iterable[str]) -> str:
    return "|".join([str(row + 1), line.unit, line.category, *figures])


def shown_figures(figures: Figures) -> list[str]:
    """Return figures as ``shown_figure`` does; nearly all are counts."""
    shown = [*map(str, figures.whole)]
    for place, figure in figures.odd:
        shown[place] = shown_figure(figure)
    return shown


def shown_figure(figure: Number | None) -> str:
    """Return a figure in one way of writing, whatever way a spreadsheet keeps it; blank for none."""
    if figure is None:
        return ""
    return format(figure.normalize(), "f") if isinstance(figure, Decimal) else str(figure)

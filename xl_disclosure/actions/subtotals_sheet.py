"""小计表: each sum a live formula over the lines of 分户表."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.actions.breakdown_sheet import column_range, line_range
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.subtotals import Subtotal, SubtotalKind
from xl_disclosure.workbook.book import Book, CellContent, ListLine
from xl_disclosure.workbook.layout import (
    SUBTOTALS_SHEET,
    UNITS_COLUMNS,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
)

INDENT = "　"
"""One for each level of the tree."""

_CATEGORY_COLUMN = [column.code for column in UNITS_COLUMNS].index("category")


def write_subtotals(book: Book, edition: Edition, subtotals: Sequence[Subtotal]) -> None:
    """Write a line for each sum."""
    book.write_list(SUBTOTALS_SHEET, UNITS_FIRST_ROW, [_line(edition, subtotal) for subtotal in subtotals])


def sum_formula(column: int, subtotal: Subtotal) -> str:
    """Return the formula of a sum over a column of 分户表; blank where none of its lines has a figure."""
    if subtotal.kind is SubtotalKind.CATEGORY:
        categories = column_range(_CATEGORY_COLUMN, subtotal.end)
        figures = column_range(column, subtotal.end)
        wanted = _exactly(subtotal.name)
        return f'IF(COUNTIFS({categories},{wanted},{figures},"<>")=0,"",SUMIFS({figures},{categories},{wanted}))'
    figures = line_range(column, subtotal.first, max(subtotal.end, subtotal.first + 1))
    return f'IF(COUNT({figures})=0,"",SUM({figures}))'


def _line(edition: Edition, subtotal: Subtotal) -> ListLine:
    heads: tuple[str | int, ...] = (
        INDENT * subtotal.level + subtotal.name,
        subtotal.kind.value,
        subtotal.expected,
        subtotal.received,
        subtotal.missing,
    )
    columns = range(UNITS_FIRST_FACT_COLUMN, UNITS_FIRST_FACT_COLUMN + len(edition.facts))
    sums = [_sum(column, subtotal, figure) for column, figure in zip(columns, subtotal.figures, strict=True)]
    return [*heads, *sums]


def _sum(column: int, subtotal: Subtotal, figure: Number | None) -> CellContent:
    if subtotal.first == subtotal.end:
        return CellContent(None)
    return CellContent("" if figure is None else figure, formula=sum_formula(column, subtotal))


def _exactly(text: str) -> str:
    """Return a criterion that a text alone meets: ~ takes from a sign its meaning as a wildcard."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return '"=' + text.replace('"', '""') + '"'

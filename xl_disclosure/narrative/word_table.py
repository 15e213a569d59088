"""The official tables in Word's own markup, merged exactly as printed."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import escape

from xl_disclosure.forms.grid import CellRole, Grid, GridCell
from xl_disclosure.forms.model import SheetLayout
from xl_disclosure.narrative.tables import PrintedTable
from xl_disclosure.narrative.word_styles import TABLE_STYLE

ROW_HEIGHT = 340
"""Twips; at least 6 mm, as in the official layout."""

LIST_ROW_HEIGHT = 312
"""Twips; at least 5.5 mm, so that the longest list, that of 2014, takes two pages with its signatures."""

LAST_ROWS_TOGETHER = 4
"""Rows of a list that never stand on the next page alone: they go there with each other and the signatures."""

TITLE_SHADE = "C6D9F1"
"""The official layout's light blue behind the titles of blocks."""

_CHARACTER = 210
_LABEL_INDENT = 57
"""Twips of one character of table text, and of the space before a label of the first level."""

_STYLES = {
    CellRole.TITLE: "TableTitle",
    CellRole.HEADER: "TableHeading",
    CellRole.CORNER: "TableLabel",
    CellRole.LABEL: "TableLabel",
    CellRole.UNIT: "TableFigure",
    CellRole.FIGURE: "TableFigure",
    CellRole.EMPTY: "TableFigure",
}


def word_table(table: PrintedTable, width: int) -> str:
    """Return the markup of a table as wide as given in twips, with the small gap below it."""
    widths = _share_out(table.grid.widths, width)
    covering = _covering_cells(table.grid)
    rows = "".join(_row(table, line, covering, widths) for line in range(len(covering)))
    columns = "".join(f'<w:gridCol w:w="{part}"/>' for part in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCaption w:val="{_attribute(table.caption)}"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        f'<w:p><w:pPr><w:pStyle w:val="TableSpace"/>{_keep_next(_is_list(table))}</w:pPr></w:p>'
    )


def _share_out(parts: tuple[float, ...], width: int) -> list[int]:
    """Return whole widths in proportion to the parts that add up to the width exactly."""
    edges = [0]
    for number in range(1, len(parts) + 1):
        edges.append(round(width * sum(parts[:number]) / sum(parts)))
    return [right - left for left, right in pairwise(edges)]


def _covering_cells(grid: Grid) -> list[list[GridCell]]:
    """Return for each printed row the cells it runs through, those merged from above included."""
    lines: list[list[GridCell]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        for line in range(cell.row, cell.row + cell.row_span):
            lines[line].append(cell)
    return [sorted(cells, key=lambda cell: cell.column) for cells in lines]


def _row(table: PrintedTable, line: int, covering: list[list[GridCell]], widths: list[int]) -> str:
    repeated = "<w:tblHeader/>" if line < table.repeated_rows else ""
    keep = _keep_next(_stays_with_next(table, line, len(covering)))
    content = "".join(_cell(table, cell, line, widths, keep) for cell in covering[line])
    height = LIST_ROW_HEIGHT if _is_list(table) else ROW_HEIGHT
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/>{repeated}</w:trPr>{content}</w:tr>'


def _stays_with_next(table: PrintedTable, line: int, count: int) -> bool:
    """Tell whether a row stands on the page of the next: all but a list's, whose last rows stand with what follows."""
    if _is_list(table):
        return line >= count - LAST_ROWS_TOGETHER
    return line < count - 1


def _is_list(table: PrintedTable) -> bool:
    return table.layout is SheetLayout.LIST


def _keep_next(is_kept: bool) -> str:  # noqa: FBT001  the markup of a claim
    return "<w:keepNext/>" if is_kept else ""


def _cell(table: PrintedTable, cell: GridCell, line: int, widths: list[int], keep: str) -> str:
    width = sum(widths[cell.column : cell.column + cell.column_span])
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = ""
    if cell.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if line == cell.row else '<w:vMerge w:val="continue"/>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{TITLE_SHADE}"/>' if cell.role is CellRole.TITLE else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(table, cell, line, keep)}</w:tc>"
    )


def _paragraph(table: PrintedTable, cell: GridCell, line: int, keep: str) -> str:
    style = _STYLES[cell.role]
    if table.layout is SheetLayout.BLOCKS and cell.role is CellRole.LABEL:
        style = "TableFigure"
    level = table.indent(cell)
    indent = f'<w:ind w:left="{_LABEL_INDENT + _CHARACTER * level}"/>' if level else ""
    text = cell.text if line == cell.row else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{indent}</w:pPr>{run}</w:p>'


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})

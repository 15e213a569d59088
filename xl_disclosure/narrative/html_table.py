"""The official tables in HTML, merged exactly as printed, each header saying what it heads."""

from __future__ import annotations

from html import escape

from xl_disclosure.forms.grid import CellRole, GridCell
from xl_disclosure.narrative.tables import PrintedTable

_SCOPES = {CellRole.TITLE: "rowgroup", CellRole.HEADER: "col", CellRole.LABEL: "row"}


def html_table(table: PrintedTable, *lines: str) -> str:
    """Return the markup of a table, the lines given standing below its title in the caption.

    The table stands in a region that scrolls by itself and can be reached by keyboard, for narrow screens.
    """
    caption = "".join(f"<span>{escape(line)}</span>" for line in (table.caption, *lines))
    rows = _lines_of_cells(table)
    head = rows[: table.repeated_rows]
    content = f"<thead>\n{_rows(table, head)}</thead>\n" if head else ""
    for body in _bodies(rows[table.repeated_rows :]):
        content += f"<tbody>\n{_rows(table, body)}</tbody>\n"
    return (
        f'<div class="table" role="region" aria-label="{escape(table.caption)}（表格）" tabindex="0">\n'
        f'<table class="{table.layout}">\n<caption>{caption}</caption>\n{content}</table>\n</div>'
    )


def _lines_of_cells(table: PrintedTable) -> list[list[GridCell]]:
    """Return the cells by the row they start in: a merged cell stands once."""
    lines: list[list[GridCell]] = [[] for _ in range(table.grid.row_count)]
    for cell in table.grid.cells:
        lines[cell.row].append(cell)
    return lines


def _bodies(rows: list[list[GridCell]]) -> list[list[list[GridCell]]]:
    """Return the rows in groups: each block that has a title of its own is one."""
    bodies: list[list[list[GridCell]]] = []
    for row in rows:
        if not bodies or row[0].role is CellRole.TITLE:
            bodies.append([])
        bodies[-1].append(row)
    return bodies


def _rows(table: PrintedTable, rows: list[list[GridCell]]) -> str:
    return "".join(f"<tr>{''.join(_cell(table, cell) for cell in row)}</tr>\n" for row in rows)


def _cell(table: PrintedTable, cell: GridCell) -> str:
    indent = table.indent(cell)
    kind = f"{cell.role} indent-{indent}" if indent else cell.role
    spans = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    spans += f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    scope = _SCOPES.get(cell.role)
    if scope is None:
        return f'<td class="{kind}"{spans}>{escape(cell.text)}</td>'
    return f'<th scope="{scope}" class="{kind}"{spans}>{escape(cell.text)}</th>'

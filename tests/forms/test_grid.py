"""The printed tables: rows, columns and merges of the official layout."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.reference import Reference
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import CellRole, Grid, build_grid
from xl_disclosure.forms.model import RowKind

Printed = tuple[int, int, int, str]
"""Row, column, columns spanned, text."""


def official_tables(path: str) -> list[set[Printed]]:
    """Return the cells of each table of a Word document, those that continue a vertical merge left out."""
    tables = []
    for table in Document(path).element.body.iter(qn("w:tbl")):
        cells: set[Printed] = set()
        for line, row in enumerate(table.iter(qn("w:tr"))):
            column = 0
            for cell in row.iter(qn("w:tc")):
                span = cell.find(".//" + qn("w:gridSpan"))
                merge = cell.find(".//" + qn("w:vMerge"))
                width = int(span.get(qn("w:val"))) if span is not None else 1
                if merge is None or merge.get(qn("w:val")) == "restart":
                    text = "".join(part.text or "" for part in cell.iter(qn("w:t"))).strip()
                    cells.add((line, column, width, text))
                column += width
        tables.append(cells)
    return tables


def test_the_2021_tables_are_the_official_ones_cell_by_cell(reference: Reference) -> None:
    edition = load_edition("2021")
    official = official_tables(str(reference.path("official-2021-blank.docx")))
    ours = [
        {(cell.row, cell.column, cell.column_span, cell.text) for cell in build_grid(edition, sheet).cells}
        for sheet in edition.sheets
    ]
    assert ours == official


def covered(grid: Grid) -> list[tuple[int, int]]:
    """Return every place of the grid as often as a cell covers it."""
    return [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_cells_of_a_grid_cover_it_without_gap_or_overlap(edition_id: str) -> None:
    edition = load_edition(edition_id)
    for sheet in edition.sheets:
        grid = build_grid(edition, sheet)
        places = [(row, column) for row in range(grid.row_count) for column in range(grid.column_count)]
        assert sorted(covered(grid)) == places


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_fact_has_one_cell_and_every_row_its_label(edition_id: str) -> None:
    edition = load_edition(edition_id)
    cells = [cell for sheet in edition.sheets for cell in build_grid(edition, sheet).cells]
    assert [cell.address for cell in cells if cell.address] == list(edition.facts)
    texts = {cell.text for cell in cells}
    for table in edition.tables.values():
        assert {row.label for row in table.rows} <= texts


def test_a_group_of_the_list_has_no_figure() -> None:
    edition = load_edition("2014")
    grid = build_grid(edition, edition.sheets[0])
    groups = [row for row in edition.tables["statistics"].rows if row.kind is RowKind.GROUP]
    assert sum(cell.role is CellRole.EMPTY for cell in grid.cells) == len(groups)


@pytest.mark.parametrize(("edition_id", "header_rows"), [("2014", [1]), ("2021", [2, 3, 3])])
def test_the_header_ends_above_the_first_row_label_or_figure(edition_id: str, header_rows: list[int]) -> None:
    edition = load_edition(edition_id)
    assert [build_grid(edition, sheet).header_rows for sheet in edition.sheets] == header_rows

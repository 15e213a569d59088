"""Whatever is seen at sight of a form's labels is what a reading of the form finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.returns.reports import sample_report
from tests.returns.test_own_book import YEARS, fill
from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.actions.untouched_form import is_untouched
from xl_disclosure.errors import InputError
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.returns.sources.document import Position, RawCell, SourceDocument, SourceTable, document_of
from xl_disclosure.returns.sources.opening import open_source, read_content
from xl_disclosure.workbook.layout import FORM_FIRST_ROW
from xl_disclosure.workbook.source_book import SourceBook


@pytest.fixture(params=YEARS)
def document(request: pytest.FixtureRequest, tmp_path: Path) -> SourceDocument:
    """Give a filled workbook of an edition as it is opened."""
    path = tmp_path / "某局.xlsm"
    fill(sample_report(request.param, YEARS[request.param]), path)
    return open_source(read_content(path), path.name)


def clerk_book(document: SourceDocument) -> ClerkBook:
    return as_clerk_book(SourceBook(document), Path(document.file))


def with_cell(document: SourceDocument, sheet: str, position: Position, cell: RawCell) -> ClerkBook:
    tables = [
        table
        if table.name != sheet
        else SourceTable(table.file, table.name, {**table.cells, position: cell}, table.spans, is_cut=table.is_cut)
        for table in document.tables()
    ]
    return clerk_book(document_of(document.file, tables))


def is_refused(clerk: ClerkBook) -> bool:
    try:
        clerk.read_form()
    except InputError:
        return True
    return False


def test_a_form_as_it_was_made_is_untouched(document: SourceDocument) -> None:
    assert is_untouched(clerk_book(document))


@pytest.mark.parametrize("cell", ["别的", "2019年", 7, " "])
def test_no_form_that_is_refused_is_untouched(document: SourceDocument, cell: RawCell) -> None:
    edition = clerk_book(document).edition
    refused = 0
    for sheet in edition.sheets:
        printed = [place for place in build_grid(edition, sheet).cells if place.address is None]
        for place in printed[::5]:
            clerk = with_cell(document, sheet.name, (FORM_FIRST_ROW + place.row, place.column), cell)
            assert not (is_untouched(clerk) and is_refused(clerk)), (sheet.name, place)
            refused += is_refused(clerk)
    assert refused

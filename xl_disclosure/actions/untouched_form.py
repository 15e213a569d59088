"""A form that plainly stands as the template has it: told at sight, for most of thousands of workbooks do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xl_disclosure.actions.clerk_book import ClerkBook, says
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import YEAR_MARK, Edition
from xl_disclosure.returns.sources.document import Position
from xl_disclosure.workbook.layout import FORM_FIRST_ROW
from xl_disclosure.workbook.source_book import SourceBook


@dataclass(frozen=True, slots=True)
class PrintedLabels:
    """Hold what a sheet of the template reads: the labels as they are, those with a year, and what is left blank."""

    sheet: str
    labels: Mapping[Position, str]
    with_year: Mapping[Position, str]
    blank: frozenset[Position]


def is_untouched(clerk: ClerkBook) -> bool:
    """Tell whether ``clerk.read_form`` finds every label where it is printed; it may say no where it does."""
    book = clerk.book
    return isinstance(book, SourceBook) and all(_stands(book, printed) for printed in _printed_labels(clerk.edition))


def _stands(book: SourceBook, printed: PrintedLabels) -> bool:
    cells = book.read_cells(printed.sheet)
    if not (printed.labels.items() <= cells.items() and cells.keys().isdisjoint(printed.blank)):
        return False
    found = ((cells.get(position), label) for position, label in printed.with_year.items())
    return all(isinstance(text, str) and says(text, label) for text, label in found)


@cache
def _printed_labels(edition: Edition) -> tuple[PrintedLabels, ...]:
    found: list[PrintedLabels] = []
    for sheet in edition.sheets:
        cells = [cell for cell in build_grid(edition, sheet).cells if cell.address is None]
        texts = {(FORM_FIRST_ROW + cell.row, cell.column): cell.text for cell in cells}
        found.append(
            PrintedLabels(
                sheet.name,
                {position: text for position, text in texts.items() if text and YEAR_MARK not in text},
                {position: text for position, text in texts.items() if YEAR_MARK in text},
                frozenset(position for position, text in texts.items() if not text),
            )
        )
    return tuple(found)

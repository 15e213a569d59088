"""A county office with a register and two units below it, in any edition."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xl_disclosure.actions.clerk_book import open_clerk_book
from xl_disclosure.actions.fill import fill_book
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.reading import return_from_facts
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.registers import Register
from xl_disclosure.live.live_actions import UNITS_FOLDER
from xl_disclosure.workbook.layout import fact_places

UNITS = ("示例单位乙", "示例单位甲")
FIGURE = 3
LAST_YEAR = 2023


def year_of(edition: Edition) -> int:
    """Return a year that the edition is for."""
    return min(edition.last_year, LAST_YEAR)


def lay_out(edition_id: str, folder: Path) -> Path:
    """Make the office's workbook, blank, and beside it the folder of its units' workbooks, every figure the same."""
    edition = load_edition(edition_id)
    (folder / UNITS_FOLDER).mkdir(parents=True)
    for unit in UNITS:
        path = folder / UNITS_FOLDER / f"{unit}.xlsm"
        create_workbook(edition_id, path, unit, year_of(edition))
        clerk = open_clerk_book(path)
        figures = dict.fromkeys(edition.facts, FIGURE)
        fill_book(clerk, return_from_facts(edition, figures, fact_places(edition), clerk.cover, path.name))
        clerk.book.save(path)
    book = folder / f"示例县 {edition_id}.xlsm"
    create_workbook(edition_id, book, "示例县", year_of(edition))
    return book


def register_line(register: Register, year: int) -> list[object]:
    """Return a line that holds in every column the first choice or a day of the year."""
    line: list[object] = []
    for field in register.fields:
        if field.kind == "date":
            line.append(date(year, 3, 1))
        elif field.choices:
            line.append(next(iter(field.choices.values())))
        else:
            line.append(None)
    return line

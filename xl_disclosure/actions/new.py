"""A fresh workbook from the template of an edition."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.workbook.new import new_workbook_for


def create_workbook(edition_id: str, path: Path, unit: str, year: int | None) -> None:
    """Make a workbook with unit and year on its cover; one named .xlsx has no macros and buttons.

    Raises InputError when a file of that name is there already, or the edition was not in force that year.
    """
    edition = load_edition(edition_id)
    if path.exists():
        raise InputError("已有同名文件，没有改动它", "换一个文件名，或先把它移开", Place(str(path)))
    if year is not None and not edition.covers(year):
        raise InputError(f"“{edition.name}”不适用于{year}年", "用 xl-disclosure editions 查看各版式适用的年度")
    new_workbook_for(path, edition, unit, year).save(path)

"""Returns as actions take them: usable or refused, and last year's brought to this year's edition."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import CellState, Entry, Number, Return
from xl_disclosure.returns.read import read_file
from xl_disclosure.rollup.roster import Roster, roster_from_rows
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import ROSTER_SHEET, CellPlace

CSV_ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel saves CSV in the system's code page, which for Chinese Windows is a part of GB 18030."""


def read_return(path: Path, edition_id: str = "") -> Return:
    """Read a return from any file, in the edition named or the one recognised."""
    return read_file(path, load_edition(edition_id) if edition_id else None)


def read_usable(path: Path, edition: Edition | None = None) -> Return:
    """Read a return to take figures from.

    Raises InputError as ``require_usable`` does.
    """
    return require_usable(read_file(path, edition))


def require_usable(returned: Return) -> Return:
    """Return a return that was read without loss or doubt.

    Raises InputError, naming the first place and the number of others, when a figure in it is lost or doubtful.
    """
    problems = [problem for problem in returned.problems if problem.blocks_use]
    if problems:
        first = problems[0]
        others = f"（文件中另有 {len(problems) - 1} 处问题）" if len(problems) > 1 else ""
        raise InputError(f"{first.message}{others}", first.remedy, first.place)
    return returned


def last_year_of(path: Path | None) -> Return | None:
    """Read last year's return where one is given."""
    return read_file(path) if path is not None else None


def return_from_facts(
    edition: Edition,
    facts: Mapping[FactAddress, Number | None],
    places: Mapping[FactAddress, CellPlace],
    cover: Mapping[str, str],
    file: str,
) -> Return:
    """Return figures computed here as a return whose cells are those of our own workbook."""
    entries = {}
    for address, value in facts.items():
        state = CellState.BLANK if value is None else CellState.NUMBER
        place = Place(file, places[address].sheet, places[address].a1)
        entries[address] = Entry(value, state, "" if value is None else str(value), place)
    year = cover.get("year", "")
    return Return(edition.id, cover.get("unit", ""), int(year) if year else None, entries, cover=cover, file=file)


def read_roster(path: Path | None, clerk: ClerkBook | None) -> Roster:
    """Read the roster from a file, else from the workbook's 单位名录; empty when the office keeps none."""
    if path is not None:
        return roster_from_rows(_rows_of_file(path), Place(file=path.name))
    if clerk is None:
        return Roster()
    rows = [[cell.text for cell in row] for row in clerk.book.read_used(ROSTER_SHEET)]
    return roster_from_rows(rows, Place(clerk.path.name, ROSTER_SHEET))


def _rows_of_file(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise InputError("没有这个文件", "检查文件名", Place(file=str(path)))
    if path.suffix.lower() != ".csv":
        book = FileBook.open(path)
        sheet = ROSTER_SHEET if ROSTER_SHEET in book.sheet_names() else book.sheet_names()[0]
        return [[cell.text for cell in row] for row in book.read_used(sheet)]
    content = path.read_bytes()
    for encoding in CSV_ENCODINGS:
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
    raise InputError("看不懂文件的编码", "用 Excel 另存为“CSV UTF-8”", Place(file=path.name))

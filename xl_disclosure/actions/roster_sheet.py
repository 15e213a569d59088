"""单位名录 in the workbook: the roster that a roll-up was held against; once written it is the clerk's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.reading import read_roster
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place
from xl_disclosure.forms.rules import Severity
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.roster_check import ROSTER
from xl_disclosure.workbook.book import Book, CellValue
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, ROSTER_COLUMNS, ROSTER_SHEET

ROSTER_KEY = "roster_file"
"""What the workbook keeps in its hidden sheet of the file that 单位名录 was written from: its SHA-256."""

_MOST_NAMED = 3


def write_roster(clerk: ClerkBook, roster: Roster, file: Path | None) -> ClerkBook:
    """Write the roster, read from that file, into 单位名录 where that is still empty; return what knows of it."""
    if file is None or _is_filled_in(clerk.book):
        return clerk
    lines = [
        (unit.name, unit.code, unit.parent, unit.category, "、".join(unit.former_names), unit.contact, unit.phone)
        for unit in roster.units
    ]
    clerk.book.write_list(ROSTER_SHEET, BODY_FIRST_ROW, lines)
    return clerk.remember({ROSTER_KEY: _digest(file)})


def check_roster_sheet(clerk: ClerkBook, roster: Roster, file: Path | None) -> list[Finding]:
    """Return a finding where 单位名录 names other units than the file that is used in its place."""
    _, written_from = clerk.memory.get(ROSTER_KEY, (0, ""))
    if file is None or written_from == _digest(file) or not _is_filled_in(clerk.book):
        return []
    differences = _differences(read_roster(None, clerk), roster, file.name)
    if not differences:
        return []
    what = f"“{ROSTER_SHEET}”页与这次用的名录不同：{'，'.join(differences)}；这次按“{file.name}”汇总，该页没有改动"
    remedy = f"把该页改成与“{file.name}”一致；或清空该页后重新汇总，程序会按文件填写"
    words = {"message": what, "remedy": remedy}
    return [Finding(ROSTER, Outcome.FAILED, Severity.WARN, words=words, place=Place(sheet=ROSTER_SHEET))]


def _differences(here: Roster, there: Roster, file: str) -> list[str]:
    """Return in words how the rosters of the sheet and of the file differ, but for whom to call."""
    in_sheet, in_file = _standing_by_name(here), _standing_by_name(there)
    changed = {name for name, unit in in_sheet.items() if name in in_file and in_file[name] != unit}
    found = {
        f"只在“{file}”里的有": in_file.keys() - in_sheet.keys(),
        f"只在“{ROSTER_SHEET}”页的有": in_sheet.keys() - in_file.keys(),
        "代码、上级、类别或曾用名不同的有": changed,
    }
    return [f"{opening} {_named(names)}" for opening, names in found.items() if names]


def _standing_by_name(roster: Roster) -> dict[str, Unit]:
    return {unit.name: unit._replace(contact="", phone="") for unit in roster.units}


def _named(names: Collection[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
    return "、".join(sorted(names)[:_MOST_NAMED]) + more


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _is_filled_in(book: Book) -> bool:
    first_line = book.read_block(ROSTER_SHEET, BODY_FIRST_ROW, 0, 1, len(ROSTER_COLUMNS))
    return _says_anything(first_line) or _says_anything(book.read_used(ROSTER_SHEET)[BODY_FIRST_ROW:])


def _says_anything(rows: Sequence[Sequence[CellValue]]) -> bool:
    return any(not cell.is_blank for row in rows for cell in row)

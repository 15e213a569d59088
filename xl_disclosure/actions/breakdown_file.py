"""分户表 in a file of its own beside the workbook, where a roll-up has more units than a spreadsheet takes easily.

The workbook links to the file and keeps its SHA-256.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.model import Number
from xl_disclosure.returns.sources.document import number_from_float
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import pack
from xl_disclosure.workbook.layout import (
    CORRECTION_MARK,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_SHEET,
)

MOST_IN_WORKBOOK = 5_000
"""Lines. Excel opens, counts and saves that many rows of two hundred columns in seconds."""

HEAD_ROWS = 2
"""The names of the columns, and the addresses of the facts."""

BREAKDOWN_ENDINGS = (f".{UNITS_SHEET}.xlsx", f".{UNITS_SHEET}.parquet")
"""What the names of such files end in."""

MEMORY_KEY = "breakdown_file"
"""What the workbook keeps of the file in its hidden sheet: its SHA-256 and its name."""


@dataclass(frozen=True, slots=True)
class BreakdownFile:
    """Name the file of 分户表 that belongs to a workbook, with the SHA-256 of its content."""

    path: Path
    digest: str

    @property
    def note(self) -> str:
        """Return what the workbook keeps of it."""
        return f"{self.digest} {self.path.name}"


def stands_beside(lines: Sequence[BreakdownLine]) -> bool:
    """Tell whether there are more lines than a workbook takes easily."""
    return len(lines) > MOST_IN_WORKBOOK


def breakdown_path(output: Path) -> Path:
    """Return where 分户表 of a workbook stands when it stands beside it."""
    return output.with_name(f"{output.stem}{BREAKDOWN_ENDINGS[0]}")


def parquet_path(output: Path) -> Path:
    """Return where the same lines stand for programs."""
    return output.with_name(f"{output.stem}{BREAKDOWN_ENDINGS[1]}")


def known_file(clerk: ClerkBook) -> BreakdownFile | None:
    """Return the file that a workbook's 分户表 stands in; None where it stands in the workbook."""
    _, text = clerk.memory.get(MEMORY_KEY, (0, ""))
    digest, _, name = text.partition(" ")
    return BreakdownFile(clerk.path.with_name(name), digest) if name else None


def read_breakdown_file(known: BreakdownFile, edition: Edition) -> Sequence[BreakdownLine]:
    """Return the lines of a workbook's file.

    Raises InputError when the file is not there, or is not the one that was written.
    """
    if not known.path.is_file():
        raise InputError(f"{UNITS_SHEET}的文件不在工作簿旁边", "把它放回同一文件夹，或重新汇总", Place(known.path.name))
    if not is_as_written(known):
        raise InputError(f"{UNITS_SHEET}的文件在汇总以后改动过", "重新汇总", Place(known.path.name))
    return _read_lines(known, len(edition.facts))


# One action looks at the lines several times; a file with the same SHA-256 has the same ones.
@lru_cache(maxsize=1)
def _read_lines(known: BreakdownFile, width: int) -> Sequence[BreakdownLine]:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(known.path) as book:
        rows = book.get_sheet_by_name(UNITS_SHEET).iter_rows()
        return tuple(_line(row, width) for row in islice(rows, HEAD_ROWS, None))


def _line(row: Sequence[object], width: int) -> BreakdownLine:
    unit, code, parent, category, file = (str(cell or "") for cell in row[:UNITS_FIRST_FACT_COLUMN])
    figures = [_figure(cell) for cell in row[UNITS_FIRST_FACT_COLUMN : UNITS_FIRST_FACT_COLUMN + width]]
    figures += [None] * (width - len(figures))
    return BreakdownLine(unit, pack(figures), "" if file == CORRECTION_MARK else file, code, parent, category)


def is_as_written(known: BreakdownFile) -> bool:
    """Tell whether the file is there and as it was written."""
    try:
        return digest_of(known.path) == known.digest
    except OSError:
        return False


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's content; OSError when it cannot be read."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def _figure(cell: object) -> Number | None:
    if isinstance(cell, float):
        return number_from_float(cell)
    return cell if isinstance(cell, int) else None

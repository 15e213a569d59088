"""Cell references brought together into ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_REFERENCE = re.compile(r"(?P<sheet>.+!)?(?P<letters>[A-Z]{1,3})(?P<row>[1-9][0-9]*)")


def join_cells(references: Sequence[str]) -> str:
    """Return the references, comma-separated, with runs of neighbours written as one range.

    A range holds exactly the cells given: ``D7,D8,D9,F9`` becomes ``D7:D9,F9``. A reference that is not of a single
    relative cell stays as it is.
    """
    joined: list[str] = []
    rest = [_read(reference) for reference in references]
    while rest:
        length = max(_run(rest, 0, 1), _run(rest, 1, 0))
        joined.append(_write(rest[:length]))
        rest = rest[length:]
    return ",".join(joined)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    sheet: str = ""
    column: int = 0
    row: int = 0

    @property
    def name(self) -> str:
        return self.text.removeprefix(self.sheet)


def _read(reference: str) -> _Cell:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return _Cell(reference)
    column = 0
    for letter in found["letters"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return _Cell(reference, found["sheet"] or "", column, int(found["row"]))


def _run(cells: Sequence[_Cell], column_step: int, row_step: int) -> int:
    """Return how many of the first cells follow each other by that step."""
    length = 1
    first = cells[0]
    for cell in cells[1:]:
        expected = (first.sheet, first.column + length * column_step, first.row + length * row_step)
        if not cell.row or (cell.sheet, cell.column, cell.row) != expected:
            break
        length += 1
    return length


def _write(run: Sequence[_Cell]) -> str:
    return run[0].text if len(run) == 1 else f"{run[0].text}:{run[-1].name}"

"""更正: entries read as typed, and written back with what the unit sent, the difference, and what came of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.list_lines import fitting_heights
from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.sources.document import RawCell
from xl_disclosure.rollup.corrections import Correction, JudgedCorrection
from xl_disclosure.workbook.book import CellContent, CellValue, read_list
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTION_COLUMNS,
    CORRECTIONS_SHEET,
    HEADER_ROW,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    CellPlace,
)

_CODES = [column.code for column in CORRECTION_COLUMNS]

TYPED_COLUMNS = _CODES.index("sent")
"""The columns that the clerk fills in; the program works out the others."""

ADOPTED = "已采用"
NOT_ADOPTED = "未采用"
UNKNOWN_FIGURE = "查无此数"


def read_corrections(clerk: ClerkBook) -> dict[int, Correction]:
    """Return the entries by the row they stand in, which counts from 0."""
    entries: dict[int, Correction] = {}
    for row, cells in _typed_rows(clerk).items():
        unit, fact, before, after, reason, by, _ = cells
        places = {code: clerk.place(CellPlace(CORRECTIONS_SHEET, row, column)) for column, code in enumerate(_CODES)}
        name, called, why, who = (cell.text.strip() for cell in (unit, fact, reason, by))
        entries[row] = Correction(name, called, _raw(before), _raw(after), why, who, places)
    return entries


def read_outcomes(clerk: ClerkBook) -> Mapping[int, str]:
    """Return by row what the last roll-up made of each entry."""
    rows = read_list(clerk.book, CORRECTIONS_SHEET, BODY_FIRST_ROW, len(_CODES))
    outcome = _CODES.index("outcome")
    return {row: cells[outcome].text for row, cells in enumerate(rows, start=BODY_FIRST_ROW)}


def write_corrections(clerk: ClerkBook, judged: Mapping[int, JudgedCorrection], lines: int) -> int:
    """Write back every entry where it stood, with what became of it, and return how many lines the list has.

    ``lines`` are those of 分户表, in which the formulas look up what the unit sent.
    """
    typed = _typed_rows(clerk)
    contents: list[list[CellContent]] = []
    for row in range(BODY_FIRST_ROW, max(typed, default=BODY_FIRST_ROW - 1) + 1):
        if row not in judged:
            contents.append([CellContent()])
            continue
        contents.append(_line(clerk.edition, row, typed[row], judged[row], lines))
    clerk.book.write_list(
        CORRECTIONS_SHEET, BODY_FIRST_ROW, contents, fitting_heights(contents, CORRECTION_COLUMNS) if contents else ()
    )
    return len(contents)


def _typed_rows(clerk: ClerkBook) -> dict[int, list[CellValue]]:
    found: dict[int, list[CellValue]] = {}
    rows = read_list(clerk.book, CORRECTIONS_SHEET, BODY_FIRST_ROW, TYPED_COLUMNS)
    for row, cells in enumerate(rows, start=BODY_FIRST_ROW):
        typed = cells[:TYPED_COLUMNS]
        if any(cell.text.strip() for cell in typed):
            found[row] = typed
    return found


def _raw(cell: CellValue) -> RawCell | None:
    value = cell.value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    return cell.text.strip() or None


def _line(
    edition: Edition,
    row: int,
    typed: Sequence[CellValue],
    judged: JudgedCorrection,
    lines: int,
) -> list[CellContent]:
    contents = [CellContent(cell.value, formula=cell.formula) for cell in typed]
    if judged.finding is not None or judged.address is None:
        what = judged.finding.words["what"] if judged.finding is not None else ""
        return [*contents, CellContent(""), CellContent(""), CellContent(f"{NOT_ADOPTED}：{what}")]
    # The formulas look both up by the names that stand in 分户表.
    contents[:2] = CellContent(judged.unit), CellContent(edition.fact_names[judged.address])
    return [
        *contents,
        CellContent("" if judged.sent is None else judged.sent, formula=_sent_formula(edition, row, lines)),
        CellContent(judged.difference, formula=_difference_formula(row)),
        CellContent(ADOPTED),
    ]


def _sent_formula(edition: Edition, row: int, lines: int) -> str:
    first, last = (column_letters(UNITS_FIRST_FACT_COLUMN + step) for step in (0, len(edition.facts) - 1))
    top, bottom, head = UNITS_FIRST_ROW + 1, UNITS_FIRST_ROW + max(lines, 1), HEADER_ROW + 1
    unit = f"MATCH(A{row + 1},'{UNITS_SHEET}'!$A${top}:$A${bottom},0)"
    fact = f"MATCH(B{row + 1},'{UNITS_SHEET}'!${first}${head}:${last}${head},0)"
    figure = f"INDEX('{UNITS_SHEET}'!${first}${top}:${last}${bottom},{unit},{fact})"
    return f'IFERROR(IF({figure}="","",{figure}),"{UNKNOWN_FIGURE}")'


def _difference_formula(row: int) -> str:
    """Return the difference, 0 unless the figure from is still what the unit sent and reason and name are stated."""
    line = row + 1
    is_as_sent = f"COUNT(C{line})=COUNT(H{line}),N(C{line})=N(H{line})"
    return f'IF(AND({is_as_sent},E{line}<>"",F{line}<>"",COUNT(D{line})=1),D{line}-N(C{line}),0)'

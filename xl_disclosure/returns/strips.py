"""An official table printed as one line of figures, each found by the stack of labels above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xl_disclosure.forms.model import Fact, FactAddress, Row, fact_address
from xl_disclosure.returns.form_problems import askew_row, changed_label, missing_label, unlabelled_figure
from xl_disclosure.returns.labels import key_of
from xl_disclosure.returns.located import Located, choose_copy, figure_position
from xl_disclosure.returns.matching import is_figure
from xl_disclosure.returns.model import Problem
from xl_disclosure.returns.printed import PrintedTable
from xl_disclosure.returns.sources.document import Position, SourceTable

SPARE_ROWS = 2
"""Rows below the header among which the line of figures is looked for."""


@dataclass(slots=True)
class _Header:
    """Hold the labels right over the figures of one strip: (position, column code) in order of their columns."""

    leaves: list[tuple[Position, str]] = field(default_factory=list)

    @property
    def top(self) -> int:
        return min(row for (row, _), _ in self.leaves)

    @property
    def rows(self) -> range:
        """Return the rows of the header, from that of the labels over the leaves."""
        return range(max(0, self.top - 1), self.bottom + 1)

    @property
    def bottom(self) -> int:
        return max(row for (row, _), _ in self.leaves)


def locate_strip(printed: PrintedTable, sources: Sequence[SourceTable]) -> Located | None:
    """Return where the facts of a strip stand; None where there is no sign of it.

    Raises InputError when the file holds it twice with different figures.
    """
    copies = [_locate(printed, source, header) for source in sources for header in _headers(printed, source)]
    return choose_copy(copies, " ".join(row.label for row in printed.table.rows)) if copies else None


def _headers(printed: PrintedTable, source: SourceTable) -> list[_Header]:
    """Return the headers of a table that have at least half of the strip's labels."""
    codes = {key: code for code, wording in printed.columns.items() for key in wording.keys}
    depth = 1 + max(len(row.over) for row in printed.table.rows)
    headers: list[_Header] = []
    for position in sorted(source.cells):
        code = codes.get(key_of(source.text(position)))
        if code is None:
            continue
        if not headers or position[0] >= headers[-1].top + depth:
            headers.append(_Header())
        headers[-1].leaves.append((position, code))
    wanted = len(printed.table.rows) * len(printed.table.columns)
    return [header for header in headers if 2 * len(header.leaves) >= wanted]


def _locate(printed: PrintedTable, source: SourceTable, header: _Header) -> Located:
    line = _figure_line(source, header)
    columns = _columns(printed, source, header)
    if columns and source.is_askew(line, header.rows, max(columns.values())):
        return Located(problems=[askew_row((source, (line, 0)), printed.table.rows[0].label)], askew=set(columns))
    located = Located()
    for address, column in columns.items():
        located.places[address] = (source, figure_position(source, line, column, columns.values()))
    missing = [fact for fact in printed.facts if fact.address not in columns]
    located.problems.extend(_label_problems(printed, source, header, missing))
    for column in source.by_row.get(line + 1, ()):
        if is_figure(source.cells.get((line + 1, column))):
            located.problems.append(unlabelled_figure((source, (line + 1, column))))
    return located


def _label_problems(
    printed: PrintedTable, source: SourceTable, header: _Header, missing: Sequence[Fact]
) -> Iterator[Problem]:
    """Give the labels that were changed or left out: those found that are none of the form's, else what is missing."""
    unknown = _unknown_labels(printed, source, header) if missing else []
    for position in unknown:
        alike = missing[0] if len(missing) == 1 else None
        label = alike.column.label if alike else "、".join(dict.fromkeys(fact.name for fact in missing))
        yield changed_label((source, position), label, alike.address if alike else None)
    for fact in missing if not unknown else ():
        yield missing_label((source, (header.top, 0)), fact.name, fact.address)


def _figure_line(source: SourceTable, header: _Header) -> int:
    """Return the row of the figures: the first below the header that holds anything, else the very next."""
    following = range(header.bottom + 1, header.bottom + 2 + SPARE_ROWS)
    return next((row for row in following if source.by_row.get(row)), header.bottom + 1)


def _columns(printed: PrintedTable, source: SourceTable, header: _Header) -> dict[FactAddress, int]:
    """Return the column of each fact whose labels are certain."""
    columns: dict[FactAddress, int] = {}
    doubtful: set[FactAddress] = set()
    for position, code in header.leaves:
        row = _row_over(printed, source, position)
        if row is None:
            continue
        address = fact_address(printed.table.code, row.code, code)
        if address in columns:
            doubtful.add(address)
        columns[address] = position[1]
    return {address: column for address, column in columns.items() if address not in doubtful}


def _row_over(printed: PrintedTable, source: SourceTable, leaf: Position) -> Row | None:
    """Return the row whose label stands above a leaf; None when none or more than one does."""
    keys = {_text_over(source, row, leaf[1]) for row in range(max(0, leaf[0] - 2), leaf[0])}
    found = [row for row in printed.table.rows if any(printed.rows[row.code].fits(key) for key in keys if key)]
    return found[0] if len(found) == 1 else None


def _text_over(source: SourceTable, row: int, column: int) -> str:
    """Return the label that reaches over a column: a merged cell's or, in a plain sheet, the nearest to the left."""
    anchor = source.anchor(row, column)
    if source.text(anchor) or anchor != (row, column):
        return key_of(source.text(anchor))
    for left in range(column - 1, -1, -1):
        if source.text((row, left)):
            return key_of(source.text((row, left)))
        if source.anchor(row, left) != (row, left):
            return ""
    return ""


def _unknown_labels(printed: PrintedTable, source: SourceTable, header: _Header) -> list[Position]:
    """Return the cells of a header that are none of the form's."""
    known = _known_keys(printed)
    top = max(0, header.top - 1)
    positions = [(row, column) for row in range(top, header.bottom + 1) for column in source.by_row.get(row, ())]
    return [position for position in positions if (key := key_of(source.text(position))) and key not in known]


def _known_keys(printed: PrintedTable) -> set[str]:
    keys = {key_of(label) for row in printed.table.rows for label in row.over}
    for wording in (*printed.rows.values(), *printed.columns.values()):
        keys |= wording.keys
    return keys

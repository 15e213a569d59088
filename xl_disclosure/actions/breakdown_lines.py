"""The lines of 分户表 of a workbook that was rolled up, wherever they stand: in the workbook or in a file beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from xl_disclosure.actions.breakdown_file import known_file, read_breakdown_file
from xl_disclosure.actions.breakdown_sheet import SheetLine, read_breakdown
from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.figures import Figures
from xl_disclosure.rules.evaluate import Facts
from xl_disclosure.workbook.layout import UNITS_FIRST_ROW


class BreakdownLines:
    """Give the lines, read when first asked for. All raise InputError as ``read_breakdown_file`` does."""

    def __init__(self, clerk: ClerkBook) -> None:
        self._clerk = clerk
        self._file = known_file(clerk)

    @cached_property
    def by_row(self) -> Mapping[int, BreakdownLine]:
        """Return the lines by their row in 分户表, which counts from 0; none where nothing was rolled up."""
        if self._file is not None:
            return dict(enumerate(read_breakdown_file(self._file, self._clerk.edition), start=UNITS_FIRST_ROW))
        return {one.row: one.line for one in self.in_sheet}

    @property
    def in_order(self) -> Sequence[BreakdownLine]:
        """Return the lines in order."""
        return list(self.by_row.values())

    @cached_property
    def corrected(self) -> frozenset[tuple[str, FactAddress]]:
        """Return which facts of which units are corrected, and so counted in the sums."""
        facts = self._clerk.edition.facts
        if self._file is None:
            marked = [(one.line, [bool(cell.formula) for cell in one.cells]) for one in self.in_sheet]
        else:
            marked = [(line, [figure is not None for figure in line.figures]) for line in self.in_order]
        return frozenset(
            (line.unit, address)
            for line, marks in marked
            if line.is_correction
            for address, is_marked in zip(facts, marks, strict=False)
            if is_marked
        )

    def figures_of(self, unit: str) -> Facts | None:
        """Return what a unit sent; None for one that is not there."""
        own = self._own.get(unit)
        return None if own is None else dict(zip(self._clerk.edition.facts, own, strict=True))

    @cached_property
    def _own(self) -> Mapping[str, Figures]:
        return {line.unit: line.figures for line in self.in_order if not line.is_correction}

    @cached_property
    def in_sheet(self) -> Sequence[SheetLine]:
        """Return the lines as they stand in the workbook; none where they stand in a file."""
        return read_breakdown(self._clerk.book, self._clerk.edition)

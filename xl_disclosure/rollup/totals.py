"""The sum of many units' figures, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.returns.model import Number

Figures = tuple[Number | None, ...]
"""One figure for each fact of an edition, in its order; None where there is none."""


def add_up(rows: Sequence[Figures], width: int) -> Figures:
    """Return the sum of each of so many columns; None where no row has a figure.

    Totals printed in the form are added up as the units reported them, so that a unit's own slip shows in the sum.
    """
    if len(rows) < 2:  # noqa: PLR2004 most nodes of a tree have one row or none
        return rows[0] if rows else (None,) * width
    return tuple(_add(column) for column in zip(*rows, strict=True))


def _add(column: Sequence[Number | None]) -> Number | None:
    try:
        return sum(column)  # type: ignore[arg-type] # the error of a None is cheaper than to look for one
    except TypeError:
        known = [figure for figure in column if figure is not None]
    return sum(known) if known else None

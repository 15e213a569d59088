"""The sum of many units' returns, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.sent import SentReturn


def total(edition: Edition, sent: Sequence[SentReturn]) -> dict[FactAddress, Number | None]:
    """Return the sum of every fact over the returns, all of that edition; None where no unit has a figure.

    Totals printed in the form are added up as the units reported them, so that a unit's own slip shows in the roll-up.
    """
    sums: dict[FactAddress, Number | None] = {}
    for number, address in enumerate(edition.facts):
        known = [figure for unit in sent if (figure := unit.figures[number]) is not None]
        sums[address] = sum(known) if known else None
    return sums

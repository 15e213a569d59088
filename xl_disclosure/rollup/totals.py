"""The sum of many units' returns, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number, Return


def total(edition: Edition, returns: Sequence[Return]) -> dict[FactAddress, Number | None]:
    """Return the sum of every fact over the returns; None where no unit has a figure.

    Totals printed in the form are added up as the units reported them, so that a unit's own slip shows in the roll-up.
    """
    sums: dict[FactAddress, Number | None] = dict.fromkeys(edition.facts)
    for returned in returns:
        for address, entry in returned.entries.items():
            if entry.value is None:
                continue
            so_far = sums[address]
            sums[address] = entry.value if so_far is None else so_far + entry.value
    return sums

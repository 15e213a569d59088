"""Read a property that cells may have in common or not."""

from __future__ import annotations

from typing import Any

from xl_disclosure.libreoffice.uno_types import UnoObject

_MIXED = "AMBIGUOUS_VALUE"


def common_property(cells: UnoObject, name: str) -> Any:
    """Return the value of a property of cells; None when it is not the same for all."""
    # LibreOffice gives the default for cells that differ.
    if cells.getPropertyState(name).value == _MIXED:
        return None
    return getattr(cells, name)

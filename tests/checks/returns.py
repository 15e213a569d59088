"""Returns as a reader would hand them over, from figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.reference import Reference
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import CellState, Entry, Number, Return

FILE = "报表.xlsx"


def place_of(address: str) -> Place:
    """Return a place that names the fact in lieu of a cell."""
    return Place(FILE, "表", address)


def entry_of(address: str, value: Number | None) -> Entry:
    """Return the entry of a cell that holds a number or is blank."""
    state = CellState.BLANK if value is None else CellState.NUMBER
    return Entry(value, state, "" if value is None else str(value), place_of(address))


def make_return(
    edition: str, figures: Mapping[Any, Number | None] | None = None, year: int | None = None, **more: Any
) -> Return:
    """Return a return of 示例单位 with these figures, all others 0."""
    found = load_edition(edition)
    stated: Mapping[Any, Number | None] = figures or {}
    entries = {address: entry_of(address, stated.get(address, 0)) for address in found.facts}
    assert stated.keys() <= entries.keys(), "figures for facts the edition does not have"
    return Return(edition, "示例单位", year or found.first_year, entries, **more)


def without(returned: Return, *addresses: str) -> Return:
    """Return the return with some facts not read at all."""
    kept = {address: entry for address, entry in returned.entries.items() if address not in addresses}
    return replace(returned, entries=kept)


def published(reference: Reference, name: str) -> Return:
    """Return a published report as facts; what its file does not state is absent."""
    report = reference.report(name)
    entries = {
        FactAddress(address): entry_of(address, Decimal(str(value)) if isinstance(value, float) else value)
        for address, value in report["facts"].items()
    }
    return Return(report["printed_edition"], report["unit"], report["year"], entries, file=name)

"""Several facts named in one Chinese phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Entry
from xl_disclosure.rules.short_names import column_label, fact_name

MOST_NAMED = 6
"""Of more facts than these the first are named and the rest counted."""


def name_facts(
    edition: Edition, addresses: Sequence[FactAddress], entries: Mapping[FactAddress, Entry], most: int = MOST_NAMED
) -> str:
    """Return the names of facts with their sheets and cells; of many the first few and how many there are."""
    named = [_name(edition, address, entries) for address in addresses[:most]]
    rest = f"等{len(addresses)}格" if len(addresses) > most else ""
    return f"{'、'.join(named)}{rest}"


def count_facts(edition: Edition, addresses: Sequence[FactAddress]) -> str:
    """Return how many of the facts stand in each column, such as 表三“总计”一列20格, or in each sheet."""
    by_column: Counter[str] = Counter()
    by_sheet: Counter[str] = Counter()
    for address in addresses:
        fact = edition.facts[address]
        sheet = edition.sheet_of(address).name
        column = f"“{column_label(fact.column)}”一列" if len(fact.table.columns) > 1 else ""
        by_column[f"{sheet}{column}"] += 1
        by_sheet[sheet] += 1
    counts = by_column if len(by_column) <= MOST_NAMED else by_sheet
    return "、".join(f"{where}{count}格" for where, count in counts.items())


def _name(edition: Edition, address: FactAddress, entries: Mapping[FactAddress, Entry]) -> str:
    sheet = edition.sheet_of(address).name
    entry = entries.get(address)
    cell = f" {entry.place.cell}" if entry is not None and entry.place.cell else ""
    return f"{sheet}{cell}“{fact_name(edition.facts[address])}”"

"""Last year's return held against this year's, in whatever edition it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.comparison import compare_editions
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number, Return


@dataclass(frozen=True, slots=True)
class LastYear:
    """Hold last year's figures under this year's addresses, and why others cannot be compared."""

    facts: Mapping[FactAddress, Number | None]
    not_comparable: Mapping[FactAddress, str]


def bring_forward(edition: Edition, last_year: Return | Mapping[FactAddress, Number | None]) -> LastYear:
    """Return last year's figures as this edition addresses them; bare figures are taken to be of this edition."""
    if not isinstance(last_year, Return):
        return LastYear(last_year, {})
    comparison = compare_editions(edition, load_edition(last_year.edition))
    name = load_edition(last_year.edition).name
    reasons = dict.fromkeys(comparison.not_comparable, f"上年报表用“{name}”，没有口径相同的数")
    for link in comparison.only_in_sum:
        reasons.update(dict.fromkeys(link.this, link.note or f"与上年的“{name}”只能合计比较"))
    return LastYear(last_year_facts(edition, last_year), reasons)


def last_year_facts(edition: Edition, last_year: Return) -> dict[FactAddress, Number | None]:
    """Return last year's figures under this edition's addresses; a fact that does not compare is absent.

    Where several of last year's facts make one of this year's, it is their sum, None when one of them is missing.
    """
    comparison = compare_editions(edition, load_edition(last_year.edition))
    facts = last_year.facts
    brought: dict[FactAddress, Number | None] = {}
    for address, link in comparison.by_fact.items():
        parts = [facts.get(part) for part in link.last]
        known = [part for part in parts if part is not None]
        brought[address] = sum(known) if len(known) == len(parts) else None
    return brought

"""Last year's return held against this year's, in whatever edition it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.comparison import compare_editions
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number, Return


@dataclass(frozen=True, slots=True)
class LastYear:
    """Hold last year's figures under this year's addresses, and why others cannot be compared.

    ``sums`` gives for facts of this year that compare only together what last year's come to together. Without
    figures at all ``facts`` is None and ``why_not`` says why.
    """

    facts: Mapping[FactAddress, Number | None] | None
    not_comparable: Mapping[FactAddress, str] = field(default_factory=dict)
    sums: Mapping[tuple[FactAddress, ...], Number | None] = field(default_factory=dict)
    why_not: str = ""


def bring_forward(
    edition: Edition, last_year: Return | Mapping[FactAddress, Number | None] | None, year: int | None = None
) -> LastYear:
    """Return last year's figures as this edition addresses them; bare figures are taken to be of this edition.

    A return that is not of the year before ``year`` is not compared.
    """
    if last_year is None:
        return LastYear(None, why_not="没有上年报表")
    if not isinstance(last_year, Return):
        return LastYear(last_year)
    if year is not None and last_year.year not in (None, year - 1):
        return LastYear(None, why_not=f"给出的上年报表是{last_year.year}年度的，不是{year - 1}年度的")
    last_edition = load_edition(last_year.edition)
    comparison = compare_editions(edition, last_edition)
    reasons = dict.fromkeys(comparison.not_comparable, f"上年报表用“{last_edition.name}”，没有口径相同的数")
    for link in comparison.only_in_sum:
        reasons.update(dict.fromkeys(link.this, link.note or f"与上年的“{last_edition.name}”只能合计比较"))
    sums = {link.this: add_up(last_year.facts, link.last) for link in comparison.only_in_sum}
    return LastYear(last_year_facts(edition, last_year), reasons, sums)


def last_year_facts(edition: Edition, last_year: Return) -> dict[FactAddress, Number | None]:
    """Return last year's figures under this edition's addresses; a fact that does not compare is absent.

    Where several of last year's facts make one of this year's, it is their sum, None when one of them is missing.
    """
    comparison = compare_editions(edition, load_edition(last_year.edition))
    facts = last_year.facts
    brought: dict[FactAddress, Number | None] = {}
    for address, link in comparison.by_fact.items():
        brought[address] = add_up(facts, link.last)
    return brought


def add_up(facts: Mapping[FactAddress, Number | None], addresses: Sequence[FactAddress]) -> Number | None:
    """Return what facts come to together; None when one of them is missing."""
    known = [value for address in addresses if (value := facts.get(address)) is not None]
    return sum(known) if len(known) == len(addresses) else None

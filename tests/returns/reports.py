"""The published reports of the reference material, as reports to be written and read back."""

from __future__ import annotations

from decimal import Decimal

from tests.reference import Reference
from tests.returns.writers import Report
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.returns.model import Number


def published_report(reference: Reference, name: str) -> Report:
    """Return a published report in the edition it was printed in; a fact it does not state is a blank cell."""
    record = reference.report(name)
    edition = load_edition(record["printed_edition"])
    stated = {address: record["facts"].get(address) for address in edition.facts}
    facts = {address: typed(edition, address, value) for address, value in stated.items()}
    return Report(edition, record["unit"], record["year"], facts)


def sample_report(edition_id: str, year: int) -> Report:
    """Return a report whose every fact has a figure of its own, so that no two can be mistaken for one another."""
    edition = load_edition(edition_id)
    facts = {
        address: typed(edition, address, 1000.5 + number if fact.measure is Measure.MONEY else 1000 + number)
        for number, (address, fact) in enumerate(edition.facts.items())
    }
    return Report(edition, "示例县示例局", year, facts)


def typed(edition: Edition, address: FactAddress, value: float | None) -> Number | None:
    """Return a figure as the project keeps it: counts whole, money decimal."""
    if value is None:
        return None
    return Decimal(repr(value)) if edition.facts[address].measure is Measure.MONEY else int(value)

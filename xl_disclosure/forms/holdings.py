"""Holdings: sums of facts that prose may speak of as one figure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xl_disclosure.forms.decode import nearest, refuse
from xl_disclosure.forms.model import Edition, FactAddress, RowKind, fact_address


@lru_cache(maxsize=4096)
def holding_terms(edition: Edition, holding: str) -> tuple[tuple[FactAddress, ...], ...]:
    """Return the terms of a holding in written order: of each its fact or, for a group row, those of its leaves.

    Raises KeyError with the address that is no fact or group row of the edition.
    """
    return tuple(_term_facts(edition, term.strip()) for term in holding.split("+"))


def check_claims(edition: Edition, file: str) -> None:
    """Raise RuleError, with file, key and remedy, for a claim that names what is no fact of the edition."""
    for key, holding in _written_holdings(edition):
        check_holding(edition, holding, file, key)


def check_holding(edition: Edition, holding: str, file: str, key: str) -> None:
    """Raise RuleError, with the file, key and remedy, for a holding that names what is no fact of the edition."""
    try:
        holding_terms(edition, holding)
    except KeyError as error:
        address = str(error.args[0])
        suggestion = nearest(address, edition.facts)
        remedy = f"改为 {suggestion}" if suggestion else "改正代码"
        remedy += f"；本版式没有这一项时，用 drop 去掉 {key.split('.')[1]}"
        raise refuse(file, key, f"没有名为 {address} 的数据项", remedy) from error


def _term_facts(edition: Edition, address: str) -> tuple[FactAddress, ...]:
    if address in edition.facts:
        return (FactAddress(address),)
    table_code, _, place = address.partition(".")
    row_code, _, column = place.partition(".")
    table = edition.tables.get(table_code)
    if table is None or column not in {known.code for known in table.columns}:
        raise KeyError(address)
    if not any(row.code == row_code and row.kind is RowKind.GROUP for row in table.rows):
        raise KeyError(address)
    return tuple(fact_address(table_code, leaf.code, column) for leaf in table.leaves(row_code))


def _written_holdings(edition: Edition) -> Iterator[tuple[str, str]]:
    """Give every holding of an edition's claims with the key it stands under."""
    claims = edition.claims
    written: list[tuple[str, tuple[str, ...]]] = []
    for figure in claims.figures:
        written += [(f"figures.{figure.code}.facts", figure.facts), (f"figures.{figure.code}.wider", figure.wider)]
    for absence in claims.absences:
        key = f"absences.{absence.code}.subjects"
        written += [(f"{key}.{subject}", holdings) for subject, holdings in absence.subjects.items()]
    for listed in claims.lists:
        written += [(f"lists.{listed.code}.holdings", listed.holdings), (f"lists.{listed.code}.beside", listed.beside)]
    written += [(f"shares_of.{rule}", holdings) for rule, holdings in claims.shares_of.items()]
    for key, holdings in written:
        for holding in holdings:
            yield key, holding

"""The fact that a clerk calls by its code, its name in 分户表, or the name a text may use for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from xl_disclosure.forms.decode import nearest
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.text import label_key
from xl_disclosure.narrative.names import chinese_names


def find_fact(edition: Edition, name: str) -> FactAddress | None:
    """Return the fact meant; None when none or more than one is called so."""
    return _facts_by_key(edition).get(label_key(name))


def nearest_fact(edition: Edition, name: str) -> str:
    """Return the name of a fact most like the one given, to suggest and never to accept; blank when none is."""
    known = [*edition.fact_names.values(), *chinese_names(edition)]
    # Of a row called without a column, the last one: its total.
    longer = [one for one in known if one.startswith(f"{name}.")]
    return longer[-1] if longer else nearest(name, known)


@cache
def _facts_by_key(edition: Edition) -> Mapping[str, FactAddress]:
    named = {label_key(name): address for name, address in chinese_names(edition).items()}
    printed = {label_key(name): address for address, name in edition.fact_names.items()}
    return {**named, **printed, **{label_key(address): address for address in edition.facts}}

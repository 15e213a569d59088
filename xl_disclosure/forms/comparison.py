"""Which facts of one edition may be held against those of another over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.forms.model import Edition, FactAddress, Link


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold how an edition's facts compare with an earlier edition's."""

    links: tuple[Link, ...]
    not_comparable: tuple[FactAddress, ...]

    @property
    def by_fact(self) -> Mapping[FactAddress, Link]:
        """Return the links of facts that may be compared one by one."""
        return {link.this[0]: link for link in self.links if len(link.this) == 1}

    @property
    def only_in_sum(self) -> tuple[Link, ...]:
        """Return the links that hold for several facts together only."""
        return tuple(link for link in self.links if len(link.this) > 1)


def compare_editions(this: Edition, last: Edition) -> Comparison:
    """Return how this edition's facts compare with last year's edition.

    Facts of one address are the same where one edition extends the other; the rest is stated in the edition's
    comparison.toml. A fact named by neither is not comparable.
    """
    stated = this.comparisons.get(_root(last, this), ())
    links = [link for link in stated if _is_within(link, this, last)]
    linked = {address for link in links for address in link.this}
    if _is_family(this, last):
        for address in this.facts:
            if address in last.facts and address not in linked:
                links.append(Link((address,), (address,)))
                linked.add(address)
    return Comparison(tuple(links), tuple(address for address in this.facts if address not in linked))


def _is_family(this: Edition, last: Edition) -> bool:
    return bool({this.id, *this.ancestors} & {last.id, *last.ancestors})


def _root(last: Edition, this: Edition) -> str:
    """Return the id under which this edition's comparison with the last one is stated."""
    for edition_id in (last.id, *last.ancestors):
        if edition_id in this.comparisons:
            return edition_id
    return last.id


def _is_within(link: Link, this: Edition, last: Edition) -> bool:
    return all(address in this.facts for address in link.this) and all(address in last.facts for address in link.last)

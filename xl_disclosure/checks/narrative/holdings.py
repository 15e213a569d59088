"""What the form says of a holding: the sum of some facts, with the facts it was added up from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from xl_disclosure.forms.holdings import holding_terms
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.expressions import Comparison, figures
from xl_disclosure.rules.phrases import format_number
from xl_disclosure.rules.short_names import fact_name

_YUAN_IN = {"元": 1, "万元": 10_000}


@dataclass(frozen=True, slots=True)
class Holding:
    """Hold a sum of facts: its value, in 元 where it is money, and each fact's own figure by address.

    ``shown`` are the figures to tell a clerk, in the form's own units: of a blank total what its parts add up to.
    """

    value: Number
    values: Mapping[FactAddress, Number]
    shown: Mapping[FactAddress, Number]

    @property
    def facts(self) -> tuple[FactAddress, ...]:
        """Return the addresses of its facts."""
        return tuple(self.values)


@dataclass(frozen=True)
class Form:
    """Look up holdings in one return."""

    edition: Edition
    returned: Return

    def holding(self, text: str) -> Holding | None:
        """Return what the form says of a holding; None where its first term has no figure.

        A blank total is added up from those of its parts that are there, and a further term without a figure adds
        nothing: clerks leave cells blank that would be 0.
        """
        values: dict[FactAddress, Number] = {}
        shown: dict[FactAddress, Number] = {}
        for term in holding_terms(self.edition, text):
            for address in term:
                found = self._values_at(address)
                values.update(found)
                if found:
                    shown[address] = sum(found.values())
            if not values:
                return None
        return Holding(sum(self._in_yuan(address, value) for address, value in values.items()), values, shown)

    def first(self, texts: Iterable[str]) -> Holding | None:
        """Return the first of several holdings that the form says anything of."""
        return next((holding for text in texts if (holding := self.holding(text)) is not None), None)

    def equal(self, texts: Iterable[str], value: Number) -> Holding | None:
        """Return the first of several holdings that has a value."""
        for text in texts:
            holding = self.holding(text)
            if holding is not None and holding.value == value:
                return holding
        return None

    def name(self, address: FactAddress) -> str:
        """Return the Chinese name of a fact in quotation marks."""
        return f"“{fact_name(self.edition.facts[address])}”"

    def describe(self, holding: Holding) -> str:
        """Return in Chinese the figures of a holding with their names, of a sum those that are not 0."""
        shown = {address: value for address, value in holding.shown.items() if value}
        if shown:
            return "、".join(self._describe_one(address, value, holding) for address, value in shown.items())
        first = self.name(next(iter(holding.shown)))
        return f"{first}为 0" if len(holding.shown) == 1 else f"{first}等 {len(holding.shown)} 项均为 0"

    def _describe_one(self, address: FactAddress, value: Number, holding: Holding) -> str:
        added_up = "" if address in holding.values else "空白，各部分合计"
        return f"{self.name(address)}{added_up or '为'} {format_number(value)}"

    def _values_at(self, address: FactAddress) -> dict[FactAddress, Number]:
        value = self._facts.get(address)
        if value is not None:
            return {address: value}
        parts = {part: self._facts.get(part) for part in self._parts.get(address, ())}
        return {part: found for part, found in parts.items() if found is not None}

    def _in_yuan(self, address: FactAddress, value: Number) -> Number:
        return value * _YUAN_IN.get(self.edition.facts[address].unit, 1)

    @cached_property
    def _facts(self) -> dict[FactAddress, Number | None]:
        return self.returned.facts

    @cached_property
    def _parts(self) -> dict[FactAddress, tuple[FactAddress, ...]]:
        found: dict[FactAddress, tuple[FactAddress, ...]] = {}
        for address, rule in computed_facts(self.edition).items():
            if isinstance(rule.check, Comparison):
                found[address] = tuple(figure.address for figure in figures(rule.check.operands[1]))
        return found

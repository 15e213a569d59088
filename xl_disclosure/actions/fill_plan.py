"""Which cells of the form a filling changes, and which figures typed by hand it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.binding import BoundRule, computed_facts
from xl_disclosure.rules.evaluate import derive
from xl_disclosure.rules.formula import computed_formula
from xl_disclosure.workbook.book import CellContent, CellValue
from xl_disclosure.workbook.layout import CellPlace, fact_places

BLANK = "空白"

FILLED_KEY = "filled."
"""Opens the hidden sheet's key for the figure last filled into a fact, by which a typed figure is told apart."""


@dataclass(frozen=True, slots=True)
class Change:
    """State what a cell held and what the source says."""

    place: CellPlace
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FillPlan:
    """Hold what to write, what changes by it, what stays against the source, and the figures filled as text."""

    contents: Mapping[FactAddress, CellContent]
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    filled: Mapping[FactAddress, str]


def plan_fill(
    edition: Edition,
    cells: Mapping[FactAddress, CellValue],
    given: Mapping[FactAddress, Number | None],
    last_filled: Mapping[FactAddress, str],
) -> FillPlan:
    """Return the plan to bring the given figures into the form.

    A fact given as None is blank in the source: what was filled before is blanked, what was typed stays. A total that
    the template computes keeps its formula unless the source says another figure.
    """
    planner = _Planner(edition, cells, given, last_filled)
    final = planner.final_figures()
    contents: dict[FactAddress, CellContent] = {}
    changes: list[Change] = []
    kept: list[Change] = []
    filled: dict[FactAddress, str] = {}
    for address, value in final.items():
        before, wanted = number_in(cells[address]), given.get(address)
        content = planner.content(address, final)
        if content is not None:
            contents[address] = content
        if value != before:
            changes.append(planner.change(address, before, value))
        if wanted is not None and wanted != value:
            kept.append(planner.change(address, value, wanted))
        elif wanted is not None:
            filled[address] = plain_number(wanted)
    return FillPlan(contents, tuple(changes), tuple(kept), filled)


def last_filled(memory: Mapping[str, tuple[int, str]]) -> Mapping[FactAddress, str]:
    """Return the figures last filled in, as text, from what the hidden sheet keeps."""
    return {
        FactAddress(key.removeprefix(FILLED_KEY)): text
        for key, (_, text) in memory.items()
        if key.startswith(FILLED_KEY)
    }


def numbers_of(cells: Mapping[FactAddress, CellValue]) -> dict[FactAddress, Number | None]:
    """Return the number in each cell; None where there is none."""
    return {address: number_in(cell) for address, cell in cells.items()}


def number_in(cell: CellValue) -> Number | None:
    """Return the number a cell holds; None for anything else."""
    value = cell.value
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


@dataclass(frozen=True)
class _Planner:
    edition: Edition
    cells: Mapping[FactAddress, CellValue]
    given: Mapping[FactAddress, Number | None]
    last_filled: Mapping[FactAddress, str]

    @cached_property
    def totals(self) -> Mapping[FactAddress, BoundRule]:
        """Return the totals the template computes whose cell is free to hold their formula."""
        totals = computed_facts(self.edition)
        return {address: rule for address, rule in totals.items() if self.is_free(address)}

    @cached_property
    def places(self) -> Mapping[FactAddress, CellPlace]:
        return fact_places(self.edition)

    def is_free(self, address: FactAddress) -> bool:
        """Tell whether a cell may be changed: it is blank, as last filled, or holds the template's own formula."""
        cell = self.cells[address]
        if cell.formula:
            rule = computed_facts(self.edition).get(address)
            return rule is not None and cell.formula == self.formula(rule)
        return cell.is_blank or cell.text == self.last_filled.get(address)

    def formula(self, rule: BoundRule) -> str:
        return computed_formula(rule, lambda address: self.places[address].a1).removeprefix("=")

    def final_figures(self) -> dict[FactAddress, Number | None]:
        """Return the figure each cell ends up with; a total is computed unless the source states it."""
        final = {address: self.entered(address) for address in self.edition.facts}
        for _ in self.totals:  # a total of totals settles after those it adds up
            before = dict(final)
            for address, rule in self.totals.items():
                final[address] = self.given[address] if address in self.given else derive(rule, final)
            if final == before:
                break
        return final

    def entered(self, address: FactAddress) -> Number | None:
        if address in self.totals or (address in self.given and self.is_free(address)):
            return self.given.get(address)
        return number_in(self.cells[address])

    def content(self, address: FactAddress, final: Mapping[FactAddress, Number | None]) -> CellContent | None:
        """Return what to write into a cell; None when it stays as it is."""
        value, cell = final[address], self.cells[address]
        rule = self.totals.get(address)
        is_computed = rule is not None and derive(rule, final) == value
        formula = self.formula(rule) if rule is not None and is_computed else ""
        if (value, formula) == (number_in(cell), cell.formula) or not self.is_free(address):
            return None
        return CellContent("" if formula and value is None else value, formula=formula)

    def change(self, address: FactAddress, before: Number | None, after: Number | None) -> Change:
        return Change(self.places[address], self.edition.facts[address].name, _shown(before), _shown(after))


def plain_number(value: Number) -> str:
    """Return a number as a cell shows it, without an exponent or trailing zeros."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _shown(value: Number | None) -> str:
    return BLANK if value is None else plain_number(value)

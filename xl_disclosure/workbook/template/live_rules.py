"""The rules of an edition that a sheet can hold live, and the formulas that say how they come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.forms.model import Edition, FactAddress, FormSheet
from xl_disclosure.forms.rules import RuleSource
from xl_disclosure.rules.binding import BoundRule, bind_rules, computed_facts
from xl_disclosure.rules.formula import CellOf, computed_formula, truth_formula
from xl_disclosure.workbook.layout import fact_places
from xl_disclosure.workbook.template.page import cover_reference


@dataclass(frozen=True, slots=True)
class LiveRule:
    """Hold one instance of a rule with the formula that is TRUE, FALSE, or a blank text where it is not run."""

    rule: BoundRule
    formula: str


def live_rules(edition: Edition, sheet: FormSheet) -> tuple[LiveRule, ...]:
    """Return the rules that look at a sheet and need nothing but this workbook, in written order."""
    cell_of = _cells_seen_from(edition, sheet)
    found: list[LiveRule] = []
    for rule in bind_rules(edition):
        if not any(address.split(".", 1)[0] in sheet.tables for address in rule.facts):
            continue
        formula = truth_formula(rule, cell_of)
        if formula is not None:
            found.append(LiveRule(rule, _where_it_applies(edition, rule.source, formula)))
    return tuple(found)


def total_formulas(edition: Edition, sheet: FormSheet) -> Mapping[FactAddress, str]:
    """Return the formula of every total the sheet computes, by address."""
    cell_of = _cells_seen_from(edition, sheet)
    return {
        address: computed_formula(rule, cell_of)
        for address, rule in computed_facts(edition).items()
        if edition.sheet_of(address) is sheet
    }


def carried_facts(edition: Edition) -> frozenset[FactAddress]:
    """Return the facts that follow from last year's return."""
    return frozenset(rule.facts[0] for rule in bind_rules(edition) if rule.source.carries)


def _cells_seen_from(edition: Edition, sheet: FormSheet) -> CellOf:
    places = fact_places(edition)

    def cell_of(address: FactAddress) -> str:
        place = places[address]
        return place.a1 if place.sheet == sheet.name else f"'{place.sheet}'!{place.a1}"

    return cell_of


def _where_it_applies(edition: Edition, source: RuleSource, formula: str) -> str:
    """Return the formula blank for the levels of unit and the years to which the rule does not apply."""
    level, year = cover_reference("level"), cover_reference("year")
    exceptions = [f'{level}="{exempt}"' for exempt in source.exempt_levels]
    if source.first_year > edition.first_year:
        exceptions.append(f"{year}<{source.first_year}")
    if source.last_year < edition.last_year:
        exceptions.append(f"{year}>{source.last_year}")
    return f'=IF(OR({",".join(exceptions)}),"",{formula.removeprefix("=")})' if exceptions else formula

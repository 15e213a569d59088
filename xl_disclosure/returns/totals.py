"""Totals that a file holds as formulas without results: worked out by the form's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.model import CellState, Entry, Number, Problem, ProblemKind
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.evaluate import derive


def compute_totals(edition: Edition, entries: Mapping[FactAddress, Entry]) -> dict[FactAddress, Entry]:
    """Return the entries with every uncalculated total worked out; it is blank where all its parts are.

    A fresh template and a workbook saved by a program that does not calculate hold such totals.
    """
    computed = dict(entries)
    waiting = {
        address: rule
        for address, rule in computed_facts(edition).items()
        if address in entries and entries[address].state is CellState.UNCALCULATED
    }
    facts: dict[FactAddress, Number | None] = {address: entry.value for address, entry in entries.items()}
    for _ in waiting:  # a total of totals settles after those it adds up
        before = dict(facts)
        for address, rule in waiting.items():
            facts[address] = derive(rule, facts)
        if facts == before:
            break
    for address in waiting:
        value = facts[address]
        state = CellState.BLANK if value is None else CellState.NUMBER
        computed[address] = replace(entries[address], value=value, state=state)
    return computed


def is_settled(problem: Problem, entries: Mapping[FactAddress, Entry]) -> bool:
    """Tell whether a problem was that of a total worked out since."""
    if problem.kind is not ProblemKind.UNCALCULATED or problem.address is None:
        return False
    return entries[problem.address].state is not CellState.UNCALCULATED

"""What a report may draw on beside the unit's own return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number

EarlierYears = Mapping[int, Mapping[FactAddress, Number]]
"""Figures of earlier years by year, under this edition's addresses; what does not compare is absent."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Hold the figures of one unit of a roll-up."""

    unit: str
    facts: Mapping[FactAddress, Number | None]


@dataclass(frozen=True, slots=True)
class Context:
    """Hold what is known around a return: each part is empty where nothing is.

    ``groups`` says how many items a register holds per group, such as the website column: {"部门动态": 108}.
    ``units`` are those added up in a roll-up, ``received`` and ``missing`` the names of those that did and did not
    send a return.
    """

    groups: Mapping[str, int] = field(default_factory=dict)
    earlier: EarlierYears = field(default_factory=dict)
    units: tuple[UnitFigures, ...] = ()
    received: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


NOTHING_FURTHER = Context()

"""Where the facts of a form stand in a file, and what is wrong with the form around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Problem
from xl_disclosure.returns.sources.document import Position, RawCell, SourceTable

Spot = tuple[SourceTable, Position]


@dataclass
class Located:
    """Hold where facts stand, and the problems of the form's labels."""

    places: dict[FactAddress, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Located) -> None:
        """Take over what another part of the form gave."""
        self.places.update(other.places)
        self.problems.extend(other.problems)

    @property
    def contents(self) -> Mapping[FactAddress, RawCell]:
        """Return what stands in the cells of the facts, blank ones left out."""
        found: dict[FactAddress, RawCell] = {}
        for address, (source, position) in self.places.items():
            cell = source.cells.get(position, "")
            if not isinstance(cell, str) or cell.strip():
                found[address] = cell
        return found


def choose_copy(copies: Sequence[Located], name: str) -> Located:
    """Return the one of several copies of a form sheet that is filled in.

    Raises InputError when copies are filled in with different figures.
    """
    if len(copies) == 1:
        return copies[0]
    filled = [copy for copy in copies if copy.contents]
    for other in filled[1:]:
        if other.contents != filled[0].contents:
            source, position = next(iter(other.places.values()))
            what = f"文件里有不止一张“{name}”，填的数不一样，不知道该读哪一张"
            raise InputError(what, "只留要报送的一张，其余删去", source.place(position))
    return filled[0] if filled else copies[0]

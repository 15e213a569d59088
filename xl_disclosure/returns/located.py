"""Where the facts of a form stand in a file, and what is wrong with the form around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Problem
from xl_disclosure.returns.sources.document import Position, RawCell, SourceTable

Spot = tuple[SourceTable, Position]


@dataclass
class Located:
    """Hold where facts stand, the problems of the form's labels, and whether it stands cell for cell as printed.

    ``askew`` are the facts of rows whose cells may not stand under their headers; they have no place.
    """

    places: dict[FactAddress, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    askew: set[FactAddress] = field(default_factory=set)
    is_as_printed: bool = False

    def add(self, other: Located) -> None:
        """Take over what another part of the form gave."""
        self.is_as_printed = self.is_as_printed and other.is_as_printed
        self.places.update(other.places)
        self.problems.extend(other.problems)
        self.askew.update(other.askew)

    @property
    def seen(self) -> int:
        """Return of how many facts the row was found."""
        return len(self.places) + len(self.askew)

    @property
    def contents(self) -> Mapping[FactAddress, RawCell]:
        """Return what stands in the cells of the facts, blank ones left out."""
        found: dict[FactAddress, RawCell] = {}
        for address, (source, position) in self.places.items():
            cell = source.cells.get(position, "")
            if not isinstance(cell, str) or cell.strip():
                found[address] = cell
        return found


def figure_position(source: SourceTable, row: int, column: int, taken: Collection[int]) -> Position:
    """Return where the figure of a row and column stands.

    In a merged cell that is its first position, unless that lies in another row, among the labels, or in another
    column of figures: then it is not this row's or column's figure.
    """
    anchor = source.anchor(row, column)
    if anchor[0] != row or anchor[1] < min(taken) or anchor[1] in taken:
        return (row, column)
    return anchor


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

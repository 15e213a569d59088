"""The facts as read of one file; where each stood and what stood there is told when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.cells import FIRST_TOO_LARGE, Reading, read_cell
from xl_disclosure.returns.located import Spot
from xl_disclosure.returns.model import CellState, Entry, FiguredEntries, Number
from xl_disclosure.returns.printed import readable_facts


class ReadEntries(FiguredEntries):
    """Give the entry of each fact that stands in a file, in printed order; of thousands of files few are asked for."""

    def __init__(self, edition: Edition, places: Mapping[FactAddress, Spot]) -> None:
        """Read the cells of an edition's facts."""
        self.figures: dict[FactAddress, Number | None] = {}
        self.unusual: dict[FactAddress, Reading] = {}
        """What the cells say that do not simply hold a count."""
        self._places = places
        self._made: dict[FactAddress, Entry] = {}
        for readable in readable_facts(edition):
            address = readable.address
            spot = places.get(address)
            if spot is None:
                continue
            raw = spot[0].cells.get(spot[1])
            if type(raw) is int and 0 <= raw < FIRST_TOO_LARGE and readable.is_count:
                self.figures[address] = raw  # what ``read_cell`` makes of nearly every cell
                continue
            reading = read_cell(raw, readable.measure, readable.unit)
            self.figures[address] = reading.value
            self.unusual[address] = reading

    def __getitem__(self, address: FactAddress) -> Entry:
        entry = self._made.get(address)
        if entry is None:
            entry = self._made[address] = self._make(address)
        return entry

    def __iter__(self) -> Iterator[FactAddress]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def __contains__(self, address: object) -> bool:
        return address in self.figures

    def _make(self, address: FactAddress) -> Entry:
        value = self.figures[address]
        source, position = self._places[address]
        reading = self.unusual.get(address)
        state = CellState.NUMBER if reading is None else reading.state
        return Entry(value, state, source.shown(position), source.place(position))

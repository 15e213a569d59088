"""The figures of one return packed into bytes: thousands are kept, added up and written, and few looked at singly."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from xl_disclosure.returns.model import Number

WIDTH = 4
"""Bytes of a whole number."""

_LEAST, _MOST = -(2**31), 2**31 - 1
"""Of a whole number of so many bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures(Sequence[Number | None]):
    """Hold one figure for each fact of an edition, in its order, None where there is none; ``pack`` makes them.

    ``packed`` are whole numbers, little-endian and signed, ``odd`` by ascending place the figures that are none of
    four bytes: blank ones, decimals, very large ones. In these places ``packed`` has 0.
    """

    packed: bytes
    odd: tuple[tuple[int, Number | None], ...] = ()

    def __len__(self) -> int:
        return len(self.packed) // WIDTH

    def __iter__(self) -> Iterator[Number | None]:
        return iter(self._unpack())

    @overload
    def __getitem__(self, place: int) -> Number | None: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Number | None]: ...

    def __getitem__(self, place: int | slice) -> Number | Sequence[Number | None] | None:
        return self._unpack()[place]

    def __eq__(self, other: object) -> bool:
        return self._unpack() == other._unpack() if isinstance(other, Figures) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[Figures], tuple[object, ...]]:
        return Figures, (self.packed, self.odd)  # a third of the time that a dataclass takes by itself

    @property
    def whole(self) -> tuple[int, ...]:
        """Return what ``packed`` says, 0 in the places of odd figures."""
        return struct.unpack(f"<{len(self)}i", self.packed)

    def _unpack(self) -> Sequence[Number | None]:
        whole = self.whole
        if not self.odd:
            return whole
        figures: list[Number | None] = [*whole]
        for place, figure in self.odd:
            figures[place] = figure
        return tuple(figures)


def pack(figures: Sequence[Number | None]) -> Figures:
    """Return figures packed."""
    try:
        return Figures(_pack_whole(figures))
    except struct.error:
        odd = tuple((place, figure) for place, figure in enumerate(figures) if not _fits(figure))
    whole = list(figures)
    for place, _ in odd:
        whole[place] = 0
    return Figures(_pack_whole(whole), odd)


def _pack_whole(figures: Sequence[Number | None]) -> bytes:
    return struct.pack(f"<{len(figures)}i", *figures)


def _fits(figure: Number | None) -> bool:
    return isinstance(figure, int) and _LEAST <= figure <= _MOST

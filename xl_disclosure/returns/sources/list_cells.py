"""The cells of a long list, put in their places only when one is asked for: what stands in the list often tells all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

Position = TypeVar("Position")
Cell = TypeVar("Cell")

LONG = 500
"""Cells of a sheet from which on it is taken for a list. The largest form has four hundred."""


class ListCells(Mapping[Position, Cell]):
    """Hold that many cells; ``texts`` are what those with a text say, ``place`` gives all by position."""

    def __init__(self, texts: Sequence[str], count: int, place: Callable[[], Mapping[Position, Cell]]) -> None:
        self.texts = texts
        self._count = count
        self._place = place

    def __getitem__(self, position: Position) -> Cell:
        return self._placed[position]

    def __iter__(self) -> Iterator[Position]:
        return iter(self._placed)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _placed(self) -> Mapping[Position, Cell]:
        return self._place()

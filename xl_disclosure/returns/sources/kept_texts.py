"""What texts written in files read, kept for the next file: the labels of a form are the same in all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

MOST_KEPT = 8192
MOST_NEW = 100
LONGEST_KEPT = 2048
"""Texts that are kept; those of a list that are kept, as a long one is its unit's own; and the length of one."""

Written = TypeVar("Written", bound=str | bytes)


class KeptTexts(Generic[Written]):
    """Read texts by a function that takes many at once, each but once as long as it is kept."""

    def __init__(self, read: Callable[[Sequence[Written]], Sequence[str]]) -> None:
        self._read = read
        self._kept: dict[Written, str] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def __call__(self, written: Sequence[Written]) -> list[str]:
        """Return what each of the texts reads."""
        kept = self._kept
        distinct = set(written)
        new = [*distinct.difference(kept)]
        if not new:
            return [*map(kept.__getitem__, written)]
        read = dict(zip(new, self._read(new), strict=True))
        known = {one: kept[one] for one in distinct.difference(read)} | read
        if len(new) <= MOST_NEW:
            self._keep(read)
        return [*map(known.__getitem__, written)]

    def _keep(self, read: Mapping[Written, str]) -> None:
        if len(self._kept) + len(read) > MOST_KEPT:
            self._kept.clear()
        self._kept.update({one: text for one, text in read.items() if len(one) <= LONGEST_KEPT})

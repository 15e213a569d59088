"""The files of a folder looked at beside other work; to look at ten thousand takes as long as to read their roster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from xl_disclosure.rollup.beside import Beside
from xl_disclosure.rollup.listing import ListedFile, list_files

FindFiles = Callable[[], list[ListedFile]]
"""Waits for the files of a folder."""


@contextmanager
def listed_beside(folder: Path, leave_out: Sequence[Path] = ()) -> Iterator[FindFiles]:
    """Begin to list a folder as ``list_files`` does; what waits for the files raises its InputError."""
    with Beside(partial(_list, folder, leave_out)) as listing:
        yield lambda: list(map(ListedFile._make, listing.result()))


def _list(folder: Path, leave_out: Sequence[Path]) -> list[tuple[object, ...]]:
    """Return the files as plain tuples, which are handed from one process to another in a third of the time."""
    return list(map(tuple, list_files(folder, leave_out)))

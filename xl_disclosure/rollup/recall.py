"""Files read once: what a cache holds is not read again, and what is read is kept chunk by chunk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from xl_disclosure.returns.sources.opening import read_content
from xl_disclosure.rollup.cache import Cache
from xl_disclosure.rollup.chunks import Executor, Reading, Work, split
from xl_disclosure.rollup.listing import ListedFile
from xl_disclosure.rollup.sent import Sent, SentReturn


@dataclass(frozen=True, slots=True)
class Recalling:
    """Leave to an executor what the cache in that file does not hold; without a file, everything.

    A roll-up that was cut off goes on where it was. A file that could not be read is tried again each time.
    """

    executor: Executor
    file: Path | None = None

    def read(self, work: Work, files: Sequence[ListedFile]) -> Iterator[list[Sent]]:
        """Give the records of the files in order, some at a time."""
        with closing(Cache(self.file)) as cache:
            if self.file is not None and cache.has_entries:
                work = _Recollection(work, self.file)
            numbers = cache.recognise(files)
            unknown = [file for file, number in zip(files, numbers, strict=True) if not number]
            with closing(self.executor.read(work, _paths(unknown))) as read:
                known = [cache.recall(entries) for entries in split(numbers)]  # while other files are read
                fresh = _keep(cache, unknown, read)
                for batch, entries, records in zip(split(files), split(numbers), known, strict=True):
                    recalled = list(zip(batch, entries, records, strict=True))
                    damaged = [file for file, number, sent in recalled if number and sent is None]
                    again = _keep(cache, damaged, self.executor.read(work, _paths(damaged)))
                    yield [sent or next(again if number else fresh) for _, number, sent in recalled]


def _paths(files: Sequence[ListedFile]) -> list[list[Path]]:
    return [[file.path for file in batch] for batch in split(files)]


def _keep(cache: Cache, files: Sequence[ListedFile], read: Reading) -> Iterator[Sent]:
    """Give the records of files one by one as they are read, kept in the cache."""
    for batch, records in zip(split(files), read, strict=True):
        pairs = zip(batch, records, strict=True)
        cache.keep((file, sent) for file, sent in pairs if isinstance(sent, SentReturn))
        yield from records


@dataclass(frozen=True, slots=True)
class _Recollection:
    """Read a file, or find what was read of one of that name and content elsewhere."""

    work: Work
    file: Path

    def __call__(self, path: Path) -> SentReturn:
        digest = sha256(read_content(path)).hexdigest()
        return _open(self.file, os.getpid()).find_content(path.name, digest) or self.work(path)


@lru_cache(maxsize=1)
def _open(file: Path, process: int) -> Cache:  # noqa: ARG001 - SQLite forbids a connection to be taken into another process
    return Cache(file)

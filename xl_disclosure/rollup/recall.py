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
from xl_disclosure.rollup.chunks import Executor, Work, split
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
            batches = split(files)
            known = [cache.find(batch) for batch in batches]
            unknown = [
                file
                for batch, records in zip(batches, known, strict=True)
                for file, sent in zip(batch, records, strict=True)
                if sent is None
            ]
            fresh = self._read_fresh(work, cache, unknown)
            for records in known:
                yield [next(fresh) if sent is None else sent for sent in records]

    def _read_fresh(self, work: Work, cache: Cache, files: Sequence[ListedFile]) -> Iterator[Sent]:
        batches = split(files)
        read = self.executor.read(work, [[file.path for file in batch] for batch in batches])
        for batch, records in zip(batches, read, strict=True):
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

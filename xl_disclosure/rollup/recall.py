"""Files read once: what a cache holds is not read again, and what is read is kept chunk by chunk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from xl_disclosure.returns.sources.opening import read_content
from xl_disclosure.rollup.cache import Cache
from xl_disclosure.rollup.chunks import Executor, Reading, Work, split
from xl_disclosure.rollup.listing import ListedFile
from xl_disclosure.rollup.record_bytes import RecordBytes, records_from_bytes
from xl_disclosure.rollup.sent import Sent, SentReturn


@dataclass(frozen=True, slots=True)
class Recalling:
    """Leave to an executor what the cache in that file does not hold; without a file, everything.

    A roll-up that was cut off goes on where it was. A file that could not be read is tried again each time.
    """

    executor: Executor
    file: Path | None = None

    @contextmanager
    def reading(self, work: Work, files: Sequence[ListedFile]) -> Iterator[Iterator[list[Sent]]]:
        """Begin to read what is not kept, and give the records of the files in order, some at a time.

        On leaving what still reads is ended.
        """
        with closing(Cache(self.file)) as cache:
            if self.file is not None and cache.has_entries:
                work = _Recollection(work, self.file)
            keys = cache.recognise(files)
            unknown = [file for file, key in zip(files, keys, strict=True) if key is None]
            # What is recalled before a process is forked would be copied page by page.
            with closing(self.executor.read(work, _paths(unknown))) as read:
                fresh = _keep(cache, unknown, read)
                yield self._join(cache, work, files, keys, fresh)

    def _join(
        self,
        cache: Cache,
        work: Work,
        files: Sequence[ListedFile],
        keys: Sequence[bytes | None],
        fresh: Iterator[Sent],
    ) -> Iterator[list[Sent]]:
        """Give the records kept under keys and, where there is none, fresh ones; a damaged one is read after all."""
        known = [sent for kept in split(cache.recall(keys)) for sent in _records(kept)]
        lost = [key is not None and sent is None for key, sent in zip(keys, known, strict=True)]
        damaged = [file for file, is_lost in zip(files, lost, strict=True) if is_lost]
        with closing(self.executor.read(work, _paths(damaged))) as read:
            again = _keep(cache, damaged, read)
            for batch in split(list(zip(known, lost, strict=True))):
                yield [sent or next(again if is_lost else fresh) for sent, is_lost in batch]


def _records(kept: Sequence[RecordBytes | None]) -> list[SentReturn | None]:
    """Return the records that were kept; None where nothing was, or nothing whole."""
    try:
        records = iter(records_from_bytes([record for record in kept if record is not None]))
    except (ValueError, TypeError):  # It may not even be bytes.
        return [None] if len(kept) == 1 else [sent for record in kept for sent in _records([record])]
    return [None if record is None else next(records) for record in kept]


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
        (sent,) = _records([_open(self.file, os.getpid()).find_content(path.name, digest)])
        return sent or self.work(path)


@lru_cache(maxsize=1)
def _open(file: Path, process: int) -> Cache:  # noqa: ARG001 - SQLite forbids a connection to be taken into another process
    return Cache(file)

"""Many files read chunk by chunk, here or in several processes; the same records whoever reads them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Protocol

from xl_disclosure.errors import DisclosureError
from xl_disclosure.rollup.sent import Refusal, Sent, SentReturn

CHUNK = 64
"""Paths handed to a process at a time; one at a time costs two fifths more."""

Work = Callable[[Path], SentReturn]
"""Reads and checks one file. It must be a function of a module, which other processes can be handed by name."""

Chunk = Sequence[Path]


class Executor(Protocol):
    """Carries work over chunks of paths."""

    def read(self, work: Work, chunks: Sequence[Chunk]) -> Iterator[list[Sent]]:
        """Give the records of each chunk in order, one a path."""
        ...


@dataclass(frozen=True, slots=True)
class ThisProcess:
    """Read one chunk after the other."""

    def read(self, work: Work, chunks: Sequence[Chunk]) -> Iterator[list[Sent]]:
        """Give the records of each chunk in order, one a path."""
        return (read_chunk(work, chunk) for chunk in chunks)


@dataclass(frozen=True, slots=True)
class Processes:
    """Read chunks in that many processes of this machine."""

    workers: int

    def read(self, work: Work, chunks: Sequence[Chunk]) -> Iterator[list[Sent]]:
        """Give the records of each chunk in order, one a path."""
        with ProcessPoolExecutor(self.workers) as pool:
            yield from pool.map(read_chunk, repeat(work), chunks)


def read_chunk(work: Work, paths: Chunk) -> list[Sent]:
    """Return the record of each path in order; a file that cannot be used is one with its reason."""
    return [_read_one(work, path) for path in paths]


def split(paths: Sequence[Path]) -> list[Chunk]:
    """Return the paths in chunks."""
    return [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]


def local_executor(chunks: Sequence[Chunk], workers: int | None) -> Executor:
    """Return what reads the chunks on this machine, in as many processes as asked for, else as there are cores."""
    most = min(workers or os.cpu_count() or 1, len(chunks))
    return Processes(most) if most > 1 else ThisProcess()


def _read_one(work: Work, path: Path) -> Sent:
    try:
        return work(path)
    except DisclosureError as error:
        return Refusal(error.what, error.remedy)
    except OSError as error:
        return Refusal(f"文件打不开（{error.strerror}）", "检查权限后重试")

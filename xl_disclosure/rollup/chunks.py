"""Many files read chunk by chunk, here or in several processes; the same records whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from xl_disclosure.errors import DisclosureError
from xl_disclosure.rollup.sent import Refusal, Sent, SentReturn

CHUNK = 64
"""Paths handed to a process at a time; one at a time costs two fifths more."""

Work = Callable[[Path], SentReturn]
"""Reads and checks one file. It must be a function of a module, which other processes can be handed by name."""

Chunk = Sequence[Path]

Item = TypeVar("Item")


class Reading(Protocol):
    """Gives the records of each chunk in order, one a path; it is closed when no more are wanted."""

    def __iter__(self) -> Iterator[list[Sent]]: ...

    def __next__(self) -> list[Sent]: ...

    def close(self) -> None:
        """End what still reads."""
        ...


class Executor(Protocol):
    """Carries work over chunks of paths."""

    def read(self, work: Work, chunks: Sequence[Chunk]) -> Reading:
        """Begin to read, where that can go on by itself, and return what gives the records."""
        ...


def read_chunk(work: Work, paths: Chunk) -> list[Sent]:
    """Return the record of each path in order; a file that cannot be used is one with its reason."""
    return [read_one(work, path) for path in paths]


def split(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Return the paths, or whatever is had of each, in chunks."""
    return [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]


def read_one(work: Work, path: Path) -> Sent:
    """Return the record of one file: of one that cannot be used, whatever its reader makes of it, the reason."""
    try:
        return work(path)
    except DisclosureError as error:
        return Refusal(error.what, error.remedy)
    except OSError as error:
        return Refusal(f"文件打不开（{error.strerror}）", "检查权限后重试")
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - what a reader did not foresee in one file must not stop the others
        return Refusal(f"读取程序没有料到这份文件的写法（{type(error).__name__}）", "把这份文件交给程序维护人员")

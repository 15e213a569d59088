"""Files read in processes of their own, each under limits of time and memory: no file stops or slows the rest."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol, Self

from xl_disclosure.errors import SetupError
from xl_disclosure.returns.sources.compound import SIGNATURE
from xl_disclosure.returns.sources.memory import limit_memory
from xl_disclosure.returns.sources.office import LONGEST_CONVERSION
from xl_disclosure.rollup.child import settle_in
from xl_disclosure.rollup.chunks import Chunk, Reading, Work, read_one
from xl_disclosure.rollup.garbage import WHILE_READING, collected_seldom
from xl_disclosure.rollup.sent import Refusal, Sent

MOST_PROCESSES = 60
"""Windows waits for no more at a time."""

MOST_STARTS = 3
"""Times a process may end before it has begun a file until the machine is taken to be unable to start one."""

_BETWEEN = -1
"""The position of a process that has begun no file of its chunk."""

_LOOK_AROUND = 0.2
"""Seconds between two looks at whether every process gets on."""

_LONGEST_END = 5
"""Seconds to wait for a process to end; one that waits for a dead network drive may not."""

_OUT_OF_MEMORY = 77
"""The exit status of a process that its limit of memory stopped."""

_MEND_FILE = "请报送单位删去无关内容，用 Excel、WPS 重新保存后再报"


@dataclass(frozen=True, slots=True)
class Limits:
    """State how long one file may take and how much memory; a usual one takes a millisecond and a few megabytes.

    ``memory`` is what a process may take beyond what it begins with, in bytes. Windows and macOS keep no such limit.
    """

    seconds: float = 30
    memory: int = 1024 * 1024 * 1024

    def longest(self, path: Path) -> float:
        """Return the seconds a file may take: LibreOffice, which may be turning it into a .docx, has its own limit."""
        return self.seconds + (LONGEST_CONVERSION if _may_be_converted(path) else 0)


@dataclass(frozen=True, slots=True)
class Processes:
    """Read chunks in that many processes of this machine."""

    workers: int
    limits: Limits = Limits()

    def read(self, work: Work, chunks: Sequence[Chunk]) -> Reading:
        """Begin to read, and return what gives the records; a file beyond the limits is one with its reason.

        Taking one raises SetupError when the machine cannot start a process.
        """
        return _Pool(work, chunks, self)


def processes_for(workers: int | None) -> Processes:
    """Return as many processes as asked for, else as the machine has cores."""
    return Processes(min(workers or os.cpu_count() or 1, MOST_PROCESSES))


def _may_be_converted(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(SIGNATURE)) == SIGNATURE
    except OSError:
        return False


@dataclass(slots=True)
class _Task:
    """Hold one chunk, the records of files that must not be tried again, and those that ended a process once."""

    number: int
    chunk: Chunk
    refused: dict[int, Refusal] = field(default_factory=dict)
    suspected: set[int] = field(default_factory=set)


class _Counter(Protocol):
    """A number that two processes see."""

    value: int


@dataclass(slots=True)
class _Reader:
    """Hold one process, the chunk it reads, and when it was last seen to begin a file."""

    process: BaseProcess
    connection: Connection
    position: _Counter
    """The place in its chunk of the file it has begun last; below 0 before the first."""
    task: _Task | None = None
    seen: int = _BETWEEN
    seen_at: float = 0

    @property
    def file(self) -> Path | None:
        """Return the file it reads; None where it has begun none."""
        return self.task.chunk[self.position.value] if self.task and self.position.value != _BETWEEN else None

    def is_stuck(self, limits: Limits) -> bool:
        """Tell whether it has been at one file for longer than that may take."""
        now = time.monotonic()
        if self.task is None or self.position.value != self.seen:
            self.seen, self.seen_at = self.position.value, now
        if now - self.seen_at < limits.seconds:
            return False
        file = self.file
        return file is None or now - self.seen_at >= limits.longest(file)


class _Pool:
    """Hand chunks to processes, replace those that end or hang, and give the records in order; a ``Reading``."""

    def __init__(self, work: Work, chunks: Sequence[Chunk], settings: Processes) -> None:
        self._work = work
        self._waiting = deque(_Task(number, chunk) for number, chunk in enumerate(chunks))
        self._count = len(chunks)
        self._settings = settings
        self._readers: list[_Reader] = []
        self._records: dict[int, list[Sent]] = {}
        self._failed_starts = 0

        self._given = 0
        self._hand_out()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> list[Sent]:
        if self._given == self._count:
            raise StopIteration
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            while self._given not in self._records:
                self._hand_out()
                self._take_in()
            self._hand_out()
            on_failure.pop_all()
        self._given += 1
        if self._given == self._count:
            self.close()
        return self._records.pop(self._given - 1)

    def close(self) -> None:
        """End every process."""
        while self._readers:
            self._end(self._readers[0])

    def _hand_out(self) -> None:
        idle = sum(reader.task is None for reader in self._readers)
        while idle < len(self._waiting) and len(self._readers) < self._settings.workers:
            self._readers.append(_start(self._work, self._settings.limits))
            idle += 1
        for reader in self._readers:
            if reader.task is None and self._waiting:
                self._hand_to(reader, self._waiting.popleft())

    def _hand_to(self, reader: _Reader, task: _Task) -> None:
        reader.task = task
        reader.position.value = reader.seen = _BETWEEN
        reader.seen_at = time.monotonic()
        with suppress(OSError):  # It has just ended; its chunk is taken back when that is seen.
            reader.connection.send((task.chunk, task.refused))

    def _take_in(self) -> None:
        ready = wait([reader.connection for reader in self._readers], _LOOK_AROUND)
        for reader in list(self._readers):
            if reader.connection in ready:
                self._receive(reader)
            elif reader.is_stuck(self._settings.limits):
                self._end(reader)
                self._refuse(reader, f"读了 {self._settings.limits.seconds:.0f} 秒以上还没有读完，没有再读")

    def _receive(self, reader: _Reader) -> None:
        try:
            records: list[Sent] = reader.connection.recv()
        except (EOFError, OSError):
            self._end(reader)
            self._judge_end(reader)
            return
        if reader.task is not None:
            self._records[reader.task.number] = records
        reader.task = None
        self._failed_starts = 0

    def _judge_end(self, reader: _Reader) -> None:
        """Take back the chunk of a process that ended by itself; a file may have ended it, or something else once."""
        task, position = reader.task, reader.position.value
        if reader.process.exitcode == _OUT_OF_MEMORY:
            megabytes = self._settings.limits.memory // 1024 // 1024
            self._refuse(reader, f"读取时占用内存超过 {megabytes} MB，没有再读")
        elif task is None or position == _BETWEEN or position in task.suspected:
            self._refuse(reader, "读取程序在这份文件上异常中止")
        else:
            task.suspected.add(position)
            self._waiting.appendleft(task)

    def _refuse(self, reader: _Reader, what: str) -> None:
        """Take back the chunk of a process that has ended, the file it read listed with the reason."""
        if reader.file is None:
            self._failed_starts += 1
            if self._failed_starts >= MOST_STARTS:
                raise SetupError("读取报表的进程启动后随即中止", "关闭其他程序后重试；仍不行的重新安装本程序")
        if reader.task is not None:
            if reader.file is not None:
                reader.task.refused[reader.position.value] = Refusal(what, _MEND_FILE)
            self._waiting.appendleft(reader.task)

    def _end(self, reader: _Reader) -> None:
        self._readers.remove(reader)
        reader.process.kill()
        reader.process.join(_LONGEST_END)
        reader.connection.close()


def _start(work: Work, limits: Limits) -> _Reader:
    # A process that is forked begins at once; elsewhere than on Linux forking is unsafe or unknown.
    is_forked = sys.platform == "linux"
    context = multiprocessing.get_context("fork") if is_forked else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    position = context.RawValue("q", _BETWEEN)
    process = context.Process(target=_serve, args=(work, theirs, position, limits), daemon=True)
    process.start()
    theirs.close()
    return _Reader(process, ours, position)


def _serve(work: Work, connection: Connection, position: _Counter, limits: Limits) -> None:
    """Read chunk after chunk until there are no more; what a process of ``Processes`` does."""
    settle_in()
    limit_memory(limits.memory)
    try:
        with collected_seldom(WHILE_READING):
            _read_all(work, connection, position)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # Nothing more that takes memory, such as cleaning up.
    except (EOFError, OSError):
        return


def _read_all(work: Work, connection: Connection, position: _Counter) -> None:
    while True:
        chunk, refused = connection.recv()
        records: list[Sent] = []
        for number, path in enumerate(chunk):
            position.value = number
            records.append(refused.get(number) or read_one(work, path))
        connection.send(records)

"""What a job takes of the machine: processors and memory, of its process and of those it starts."""

from __future__ import annotations

import os
import resource
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self


def time_at_work(who: int) -> float:
    """Return the seconds that this process, or the children it has seen end, had a processor."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


class Gauge:
    """Look again and again at the memory of this process and its children together; pages they share count for each."""

    def __init__(self) -> None:
        self.most = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.05):
            self.most = max(self.most, sum(kilobytes_of(process) for process in [os.getpid(), *child_processes()]))


def child_processes() -> list[int]:
    """Return the processes that this one has started."""
    found: list[int] = []
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found.extend(map(int, (thread / "children").read_text().split()))
    return found


def kilobytes_of(process: int) -> int:
    """Return the memory that a process holds; 0 when it has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0

"""How much memory this process may take, where the system keeps such limits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATUS = Path("/proc/self/statm")
"""Its first number is the size of this process's address space in pages (proc(5))."""


def limit_memory(more: int) -> None:
    """Let this process take that many bytes beyond what it has; only Linux is known to keep this limit."""
    if sys.platform != "linux":
        return
    import resource

    size = int(_STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = size + more if most == resource.RLIM_INFINITY else min(size + more, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))


@contextmanager
def without_memory_limit() -> Iterator[None]:
    """Lift the limit for programs started within the block: LibreOffice reserves far more than it takes."""
    if sys.platform != "linux":
        yield
        return
    import resource

    limit, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))

"""Files read by a Dask cluster. Their content is sent there: the machines of a cluster need not see the folder."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.returns.sources.opening import read_content
from xl_disclosure.rollup.cache_place import program_fingerprint
from xl_disclosure.rollup.chunks import Chunk, Work, read_one
from xl_disclosure.rollup.processes import Processes
from xl_disclosure.rollup.sent import Sent

if TYPE_CHECKING:
    from distributed import Client, Future

LONGEST_CONNECTION = 10
"""Seconds until a cluster that does not answer, or has no worker, is taken to be away."""

LONGEST_CHUNK = 120
"""Seconds for a chunk, which takes a tenth of one; then it is read here, where each file has limits of its own."""

LARGEST_CHUNK = 8 * 1024 * 1024
"""Bytes of the files of a chunk that is sent; a larger one is read here."""

AHEAD = 2
"""Chunks sent for each thread of the cluster before the first has come back."""

Content = tuple[str, bytes]
"""A file's name and its bytes."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Read chunks on the cluster whose scheduler has that address, such as tcp://10.0.0.1:8786."""

    address: str

    def read(self, work: Work, chunks: Sequence[Chunk]) -> Generator[list[Sent], None, None]:
        """Give the records of each chunk in order, one a path.

        What ends or hangs a worker of the cluster is read on this machine. Raises InputError where there is no
        cluster at the address and SetupError where Dask, or the same version of this program there, is missing.
        """
        distributed = _load()
        with _connect(distributed, self.address) as client:
            most = AHEAD * max(1, sum(client.nthreads().values()))
            waiting = deque(chunks)
            sent: deque[tuple[Chunk, Future | None]] = deque()
            while waiting or sent:
                while waiting and len(sent) < most:
                    chunk = waiting.popleft()
                    sent.append((chunk, _send(client, work, chunk)))
                chunk, future = sent.popleft()
                yield _take_in(distributed, future) or _read_here(work, chunk)


def _load() -> ModuleType:
    try:
        return import_module("distributed")
    except ImportError as error:
        what = "在集群上汇总要用 dask.distributed，本机没有安装"
        raise SetupError(what, "运行 pip install 'xl-disclosure[cluster]'，或去掉 --cluster 在本机汇总") from error


def _connect(distributed: ModuleType, address: str) -> Client:
    try:
        client: Client = distributed.Client(address, timeout=LONGEST_CONNECTION, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"连不上集群 {address}"
        raise InputError(what, "核对 --cluster 的地址（如 tcp://主机:8786）和网络，或去掉 --cluster") from error
    try:
        client.wait_for_workers(1, timeout=LONGEST_CONNECTION)
    except TimeoutError as error:
        client.close()
        what = f"集群 {address} 没有工作进程"
        raise InputError(what, "在集群的机器上运行 dask worker，或去掉 --cluster") from error
    return client


def _send(client: Client, work: Work, chunk: Chunk) -> Future | None:
    """Send a chunk; None for one that is to be read here: it is large, or a file cannot be opened."""
    try:
        contents = [(path.name, read_content(path)) for path in chunk]
    except (InputError, OSError):
        return None
    if sum(len(content) for _, content in contents) > LARGEST_CHUNK:
        return None
    return client.submit(read_contents, work, contents, program_fingerprint(), pure=False)


def _take_in(distributed: ModuleType, future: Future | None) -> list[Sent]:
    """Return the records of a chunk; none where the cluster could not read it.

    Raises SetupError where its workers cannot run this program.
    """
    if future is None:
        return []
    try:
        error = future.exception(timeout=LONGEST_CHUNK)
    except TimeoutError:
        future.cancel()
        return []
    if isinstance(error, distributed.KilledWorker):
        return []
    records: list[Sent] | None = None if error is not None else future.result()
    if records is None:
        shown = f"（{type(error).__name__}）" if error is not None else ""
        what = f"集群上的程序与本机不是同一版本，或没有安装{shown}"
        raise SetupError(what, "在集群的每台机器上安装与本机相同的 Python 和 xl-disclosure，再启动 dask worker")
    return records


def _read_here(work: Work, chunk: Chunk) -> list[Sent]:
    (records,) = Processes(1).read(work, [chunk])
    return records


def read_contents(work: Work, contents: Sequence[Content], fingerprint: str) -> list[Sent] | None:
    """Return the records of files sent; None where this is not the program that sent them. Runs on the cluster."""
    if program_fingerprint() != fingerprint:
        return None
    records: list[Sent] = []
    for name, content in contents:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            records.append(read_one(work, path))
    return records

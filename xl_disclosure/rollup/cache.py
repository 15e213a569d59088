"""What was read of files before, kept on this machine, so that a roll-up reads only what is new or changed.

An entry is found by a file's path as long as its size, times and place on the disk are those it had, else by its name
and the SHA-256 of its content. Each bears a checksum. A cache that is damaged is thrown away: it is never needed.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from xl_disclosure.rollup.record_text import record_from_text, record_to_text
from xl_disclosure.rollup.sent import SentReturn

UNSETTLED_NS = 2_000_000_000
"""A file last written so shortly before it was read may change again without any of its times showing it."""

MOST_ENTRIES = 200_000
"""About 400 MB. The oldest make room."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE, state TEXT, content BLOB, record TEXT, checksum BLOB
);
CREATE INDEX IF NOT EXISTS by_content ON entry (content);
"""
_LONGEST_WAIT = 10.0
"""Seconds for another roll-up to finish writing."""

State = str
"""What tells a file from a changed one without reading it; blank for one that may yet change unseen."""


class Cache:
    """Give and keep the records of files; what it cannot do it leaves undone, for everything can be read anew."""

    def __init__(self, file: Path) -> None:
        """Open the cache in that file, made where there is none; a damaged one is thrown away."""
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                self._connection = _connect(file)
            except sqlite3.DatabaseError:
                file.unlink()
                with suppress(sqlite3.Error):
                    self._connection = _connect(file)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()

    @property
    def has_entries(self) -> bool:
        """Tell whether anything is kept."""
        if self._connection is None:
            return False
        with suppress(sqlite3.Error):
            return self._connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is not None
        return False

    def find(self, states: Mapping[Path, State]) -> dict[Path, SentReturn]:
        """Return the records of those files that are as they were when they were read."""
        paths = {os.fsencode(path): path for path, state in states.items() if state}
        places = ",".join("?" * len(paths))
        query = f"SELECT path, state, content, record, checksum FROM entry WHERE path IN ({places})"  # noqa: S608
        found: dict[Path, SentReturn] = {}
        for key, state, _, sent in self._select(query, list(paths)):
            if states[paths[key]] == state:
                found[paths[key]] = sent
        return found

    def find_content(self, name: str, digest: str) -> SentReturn | None:
        """Return the record of a file of that name and content, wherever it lay."""
        query = "SELECT path, state, content, record, checksum FROM entry WHERE content = ? LIMIT 1"
        return next((sent for *_, sent in self._select(query, [_content_key(name, digest)])), None)

    def keep(self, records: Iterable[tuple[Path, State, SentReturn]]) -> None:
        """Keep the records of files as they stood before they were read."""
        rows = []
        for path, state, sent in records:
            parts = (os.fsencode(path), state, _content_key(path.name, sent.digest), record_to_text(sent))
            rows.append((*parts, _checksum(*parts)))
        if self._connection is None or not rows:
            return
        with suppress(sqlite3.Error), self._connection:
            insert = "INSERT OR REPLACE INTO entry (path, state, content, record, checksum) VALUES (?, ?, ?, ?, ?)"
            self._connection.executemany(insert, rows)
            oldest = "DELETE FROM entry WHERE number <= (SELECT max(number) FROM entry) - ?"
            self._connection.execute(oldest, [MOST_ENTRIES])

    def _select(self, query: str, values: Sequence[bytes]) -> Iterator[tuple[bytes, State, bytes, SentReturn]]:
        """Give (path, state, content, record) of the entries that a query finds and that are whole."""
        if self._connection is None:
            return
        with suppress(sqlite3.Error, ValueError):
            for key, state, content, record, checksum in self._connection.execute(query, values):
                if checksum == _checksum(key, state, content, record):
                    yield key, state, content, record_from_text(record)


def state_of(path: Path) -> State:
    """Return what tells a file from a changed one; blank for what is no file, or was written just now."""
    try:
        found = path.stat()
    except OSError:
        return ""
    written = max(found.st_mtime_ns, found.st_ctime_ns)
    if not stat.S_ISREG(found.st_mode) or written + UNSETTLED_NS > time.time_ns():
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_dev}"


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_LONGEST_WAIT)
    connection.execute("PRAGMA synchronous = OFF")  # What a loss of power damages is thrown away.
    connection.executescript(_SCHEMA)
    return connection


def _content_key(name: str, digest: str) -> bytes:
    return bytes.fromhex(digest) + os.fsencode(name)


def _checksum(path: bytes, state: State, content: bytes, record: str) -> bytes:
    parts = (path, state.encode(), content, record.encode("utf-8", "surrogatepass"))
    return blake2b(b"".join(len(part).to_bytes(8) + part for part in parts), digest_size=16).digest()

"""What was read of files before, kept on this machine, so that a roll-up reads only what is new or changed.

An entry is found by a file's path as long as its size, times and place on the disk are those it had, else by its name
and the SHA-256 of its content. Each bears a checksum. A cache that is damaged is thrown away: it is never needed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from xl_disclosure.rollup.listing import ListedFile, State
from xl_disclosure.rollup.record_bytes import record_from_bytes, record_to_bytes
from xl_disclosure.rollup.sent import SentReturn

MOST_ENTRIES = 200_000
"""About 400 MB. The oldest make room."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE, state TEXT, content BLOB, record BLOB, checksum BLOB
);
CREATE INDEX IF NOT EXISTS by_content ON entry (content);
"""
_PARTS = "path, state, content, record, checksum"
_LONGEST_WAIT = 10.0
"""Seconds for another roll-up to finish writing."""


class Cache:
    """Give and keep the records of files; what it cannot do it leaves undone, for everything can be read anew."""

    def __init__(self, file: Path | None) -> None:
        """Open the cache in that file, made where there is none; a damaged one is thrown away.

        Without a file it holds nothing.
        """
        self._connection: sqlite3.Connection | None = None
        if file is None:
            return
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

    def recognise(self, files: Sequence[ListedFile]) -> list[int]:
        """Return the number of the entry of each file that is as it was when it was read; 0 for any other."""
        paths = [os.fsencode(file.place) for file in files]
        query = "SELECT path, state, number FROM entry WHERE path BETWEEN ? AND ?"
        bounds = [min(paths), max(paths)] if paths else []
        entries = {(path, state): number for path, state, number in self._select(query, bounds) if state}
        return [entries.get((path, file.state), 0) for path, file in zip(paths, files, strict=True)]

    def recall(self, numbers: Sequence[int]) -> list[SentReturn | None]:
        """Return the records of entries by their numbers; None for one that is not whole."""
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number, {_PARTS} FROM entry WHERE number IN ({marks})"  # noqa: S608
        found = {number: _record_in(*parts) for number, *parts in self._select(query, numbers)}
        return [found.get(number) for number in numbers]

    def find_content(self, name: str, digest: str) -> SentReturn | None:
        """Return the record of a file of that name and content, wherever it lay."""
        query = f"SELECT {_PARTS} FROM entry WHERE content = ? LIMIT 1"  # noqa: S608
        return next((_record_in(*parts) for parts in self._select(query, [_content_key(name, digest)])), None)

    def keep(self, records: Iterable[tuple[ListedFile, SentReturn]]) -> None:
        """Keep the records of files as they stood before they were read."""
        rows = []
        for file, sent in records:
            content = _content_key(file.name.rpartition("/")[2], sent.digest)
            parts = (os.fsencode(file.place), file.state, content, record_to_bytes(sent))
            rows.append((*parts, _checksum(*parts)))
        if self._connection is None or not rows:
            return
        with suppress(sqlite3.Error), self._connection:
            insert = "INSERT OR REPLACE INTO entry (path, state, content, record, checksum) VALUES (?, ?, ?, ?, ?)"
            self._connection.executemany(insert, rows)
            oldest = "DELETE FROM entry WHERE number <= (SELECT max(number) FROM entry) - ?"
            self._connection.execute(oldest, [MOST_ENTRIES])

    def _select(self, query: str, values: Sequence[bytes | int]) -> Iterator[Sequence[Any]]:
        """Give what a query finds; nothing any more where the file is damaged."""
        if self._connection is None or not values:
            return
        with suppress(sqlite3.Error):
            yield from self._connection.execute(query, values)


def _record_in(path: bytes, state: State, content: bytes, record: bytes, checksum: bytes) -> SentReturn | None:
    """Return the record of an entry; None for one that is not whole, be it that its parts are of another kind."""
    try:
        return record_from_bytes(record) if checksum == _checksum(path, state, content, record) else None
    except (ValueError, TypeError, AttributeError):
        return None


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_LONGEST_WAIT)
    connection.execute("PRAGMA synchronous = OFF")  # What a loss of power damages is thrown away.
    connection.executescript(_SCHEMA)
    return connection


def _content_key(name: str, digest: str) -> bytes:
    return bytes.fromhex(digest) + os.fsencode(name)


def _checksum(path: bytes, state: State, content: bytes, record: bytes) -> bytes:
    # Neither a path nor a state holds a zero, and the SHA-256 in front of a file's name is always of one length.
    return blake2b(b"\0".join((path, state.encode(), content, record)), digest_size=16).digest()

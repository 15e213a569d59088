"""Pieces of workbooks written before, kept on this machine beside what was read; a shelf that is never needed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from xl_disclosure.rollup.cache_connection import connect

MOST_PIECES = 4_000
"""Some 100 MB. The oldest make room."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS piece (number INTEGER PRIMARY KEY, key BLOB UNIQUE, content BLOB, checksum BLOB);
"""


class PieceCache:
    """Give pieces and keep them when closed; what it cannot do it leaves undone, for every piece can be made anew."""

    def __init__(self, file: Path | None) -> None:
        """Use the cache in that file; without a file it holds nothing."""
        self._file = file
        self._new: dict[bytes, bytes] = {}
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def take(self, key: bytes) -> bytes | None:
        """Return what was kept under a key; None where there is nothing, or nothing whole."""
        if key in self._new:
            return self._new[key]
        connection = self._connect()
        if connection is None:
            return None
        with suppress(sqlite3.Error):
            found = connection.execute("SELECT content, checksum FROM piece WHERE key = ?", [key]).fetchone()
            if found is not None and found[1] == _checksum(key, found[0]):
                content: bytes = found[0]
                return content
        return None

    def put(self, key: bytes, content: bytes) -> None:
        """Keep bytes under a key."""
        self._new[key] = content

    def close(self) -> None:
        """Write what is new and close the file."""
        rows = [(key, content, _checksum(key, content)) for key, content in self._new.items()]
        self._new.clear()
        connection = self._connect() if rows else self._connection
        if connection is None:
            return
        with suppress(sqlite3.Error), connection:
            connection.executemany("INSERT OR REPLACE INTO piece (key, content, checksum) VALUES (?, ?, ?)", rows)
            connection.execute("DELETE FROM piece WHERE number <= (SELECT max(number) FROM piece) - ?", [MOST_PIECES])
        connection.close()
        self._connection, self._process = None, 0

    def _connect(self) -> sqlite3.Connection | None:
        """Return the connection of this process: SQLite forbids one to be taken into another."""
        if self._file is None or self._process == os.getpid():
            return self._connection
        self._process = os.getpid()
        with suppress(OSError, sqlite3.Error):
            self._connection = connect(self._file, _SCHEMA)
        return self._connection


def _checksum(key: bytes, content: bytes) -> bytes:
    return blake2b(key + content, digest_size=16).digest()

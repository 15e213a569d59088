"""What was read of files before, kept on this machine, so that a roll-up reads only what is new or changed.

An entry is found by a file's path as long as its size, times and place on the disk are those it had, else by its name
and the SHA-256 of its content. A cache that is damaged is thrown away: it is never needed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from xl_disclosure.rollup.cache_connection import connect
from xl_disclosure.rollup.listing import ListedFile, State
from xl_disclosure.rollup.record_bytes import RecordBytes, record_to_bytes
from xl_disclosure.rollup.sent import SentReturn

MOST_ENTRIES = 200_000
"""About 400 MB. The oldest make room."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE, state TEXT, content BLOB, record BLOB, figures BLOB
);
CREATE INDEX IF NOT EXISTS by_content ON entry (content);
"""


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
            try:
                self._connection = connect(file, _SCHEMA)
            except sqlite3.DatabaseError:
                file.unlink()
                with suppress(sqlite3.Error):
                    self._connection = connect(file, _SCHEMA)

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

    def recognise(self, files: Sequence[ListedFile]) -> list[bytes | None]:
        """Return the key of what is kept of each file that is as it was when it was read; None for any other."""
        paths = [os.fsencode(file.place) for file in files]
        states: Mapping[bytes, State] = dict(self._between("path, state", paths))
        return [
            path if file.state and file.state == states.get(path) else None
            for path, file in zip(paths, files, strict=True)
        ]

    def recall(self, keys: Sequence[bytes | None]) -> list[RecordBytes | None]:
        """Return what is kept under each key; None without one."""
        known = {key for key in keys if key is not None}
        rows = self._between("path, record, figures", known)
        kept = {path: (record, figures) for path, record, figures in rows if path in known}
        return [None if key is None else kept.get(key) for key in keys]

    def find_content(self, name: str, digest: str) -> RecordBytes | None:
        """Return what is kept of a file of that name and content, wherever it lay."""
        query = "SELECT record, figures FROM entry WHERE content = ? LIMIT 1"
        return next(((record, figures) for record, figures in self._select(query, [_content_key(name, digest)])), None)

    def keep(self, records: Iterable[tuple[ListedFile, SentReturn]]) -> None:
        """Keep the records of files as they stood before they were read."""
        rows = []
        for file, sent in records:
            content = _content_key(file.name.rpartition("/")[2], sent.digest)
            rows.append((os.fsencode(file.place), file.state, content, *record_to_bytes(sent)))
        if self._connection is None or not rows:
            return
        with suppress(sqlite3.Error), self._connection:
            insert = "INSERT OR REPLACE INTO entry (path, state, content, record, figures) VALUES (?, ?, ?, ?, ?)"
            self._connection.executemany(insert, rows)
            oldest = "DELETE FROM entry WHERE number <= (SELECT max(number) FROM entry) - ?"
            self._connection.execute(oldest, [MOST_ENTRIES])

    def _between(self, columns: str, paths: Collection[bytes]) -> Iterator[Any]:
        """Give columns of all entries from the first to the last of some paths, which take long one by one."""
        bounds = [min(paths), max(paths)] if paths else []
        return self._select(f"SELECT {columns} FROM entry WHERE path BETWEEN ? AND ?", bounds)  # noqa: S608

    def _select(self, query: str, values: Sequence[bytes]) -> Iterator[Any]:
        """Give what a query finds; nothing any more where the file is damaged."""
        if self._connection is None or not values:
            return
        with suppress(sqlite3.Error):
            yield from self._connection.execute(query, values)


def _content_key(name: str, digest: str) -> bytes:
    return bytes.fromhex(digest) + os.fsencode(name)

"""The file of a cache opened: whatever is kept in it can be had anew."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path

_LONGEST_WAIT = 10.0
"""Seconds for another roll-up to finish writing."""

_PAGE = 16 * 1024
"""Bytes read at a time: thousands of entries in two thirds of the time that the usual 4,096 take."""


def connect(file: Path, schema: str) -> sqlite3.Connection:
    """Open the cache in that file, made with its tables where there is none.

    Raises OSError or sqlite3.Error where that cannot be.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(file, timeout=_LONGEST_WAIT)
    with ExitStack() as on_failure:
        on_failure.callback(connection.close)  # Windows deletes no file that is open.
        connection.execute("PRAGMA synchronous = OFF")  # What a loss of power damages is thrown away.
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.executescript(schema)
        on_failure.pop_all()
    return connection

"""The file of a cache is made with its folder and tables where there is none, else opened as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from xl_disclosure.rollup.cache_connection import connect

SCHEMA = "CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY);"


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "below" / "cache.sqlite3"
    with closing(connect(file, SCHEMA)) as cache, cache:
        cache.execute("INSERT INTO entry VALUES (7)")
    with closing(connect(file, SCHEMA)) as cache:
        assert cache.execute("SELECT number FROM entry").fetchall() == [(7,)]
        assert cache.execute("PRAGMA page_size").fetchone() == (16 * 1024,)


def test_a_file_that_is_no_cache_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"x" * 10_000)
    with pytest.raises(sqlite3.DatabaseError):
        connect(tmp_path / "other", SCHEMA)
    with pytest.raises(OSError, match="other"):
        connect(tmp_path / "other" / "cache.sqlite3", SCHEMA)

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from xl_disclosure.rollup import piece_cache
from xl_disclosure.rollup.piece_cache import PieceCache


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "缓存" / "pieces.sqlite3"


def keep(file: Path, pieces: dict[bytes, bytes]) -> None:
    with closing(PieceCache(file)) as cache:
        for key, content in pieces.items():
            cache.put(key, content)


def kept(file: Path, *keys: bytes) -> list[bytes | None]:
    with closing(PieceCache(file)) as cache:
        return [cache.take(key) for key in keys]


def test_a_piece_is_there_the_next_time(file: Path) -> None:
    keep(file, {b"one": b"1", b"two": b"2"})
    assert kept(file, b"one", b"two", b"three") == [b"1", b"2", None]


def test_a_piece_is_there_at_once(file: Path) -> None:
    with closing(PieceCache(file)) as cache:
        cache.put(b"one", b"1")
        assert cache.take(b"one") == b"1"


def test_a_piece_put_again_takes_the_place_of_the_former(file: Path) -> None:
    keep(file, {b"one": b"1"})
    keep(file, {b"one": b"2"})
    assert kept(file, b"one") == [b"2"]


def test_without_a_file_nothing_is_kept() -> None:
    cache = PieceCache(None)
    cache.put(b"one", b"1")
    cache.close()
    assert cache.take(b"one") is None


def test_the_oldest_make_room(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piece_cache, "MOST_PIECES", 3)
    for number in range(5):
        keep(file, {bytes([number]): b"content"})
    assert kept(file, *(bytes([number]) for number in range(5))) == [None, None, b"content", b"content", b"content"]


def test_a_piece_that_was_changed_on_the_disk_is_not_given(file: Path) -> None:
    keep(file, {b"one": b"1", b"two": b"2"})
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE piece SET content = ? WHERE key = ?", [b"other", b"one"])
    assert kept(file, b"one", b"two") == [None, b"2"]


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_a_file_that_is_no_cache_holds_nothing(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert kept(file, b"one") == [None]


def test_where_no_file_can_be_made_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    file = tmp_path / "a file" / "pieces.sqlite3"
    keep(file, {b"one": b"1"})
    assert kept(file, b"one") == [None]

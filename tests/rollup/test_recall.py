"""A roll-up reads only what is new or changed, and never takes an old reading for a new one."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest

import xl_disclosure
from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.rollup import listing as listing_module
from xl_disclosure.rollup.cache import Cache
from xl_disclosure.rollup.cache_place import CACHE_VARIABLE, cache_file, program_fingerprint
from xl_disclosure.rollup.chunks import CHUNK
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.listing import ListedFile, list_files
from xl_disclosure.rollup.processes import Processes
from xl_disclosure.rollup.recall import Recalling
from xl_disclosure.rollup.record_bytes import record_to_bytes, records_from_bytes
from xl_disclosure.rollup.sent import Refusal, Sent, SentReturn

FINDING = Finding(
    "requests.balance",
    Outcome.FAILED,
    Severity.ERROR,
    "甲局",
    (FactAddress("requests.received.total"),),
    Decimal("1.5"),
    2,
    values={"requests.received.total": 3},
    words={"label": "字"},
    place=Place("甲.xlsx", "表三", "C5"),
    explanation=Explanation("说明", "是", "张三"),
)


def read_number(path: Path) -> SentReturn:
    """Stand for the reading of a file, which holds a number; each reading leaves a trace beside the folder."""
    content = path.read_bytes()
    with (path.parent.parent / "read").open("ab") as trace:
        trace.write(f"{path.name}\n".encode())
    if content == b"bad":
        raise InputError("读不了", "重报")
    return SentReturn(path.stem, "", "2014", 2016, sha256(content).hexdigest(), pack([int(content), None]), (FINDING,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of files that were written some time ago."""
    units = tmp_path / "units"
    units.mkdir()
    for number in range(150):
        write_long_ago(units / f"{number}.xlsx", str(number))
    return units


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what was written before the test began for long settled: the time of the last change cannot be set back."""
    monkeypatch.setattr(listing_module, "UNSETTLED_NS", -3600 * 10**9)


def write_long_ago(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))


def read(folder: Path) -> dict[str, Sent]:
    """Return what is read of the folder's files by name, through the cache beside it."""
    files = list_files(folder)
    recalling = Recalling(Processes(2), folder.parent / "cache" / "read.sqlite3")
    with recalling.reading(read_number, files) as some_at_a_time:
        records = [record for some in some_at_a_time for record in some]
    return dict(zip([file.name for file in files], records, strict=True))


def newly_read(folder: Path) -> list[str]:
    """Return the names of the files read since last asked."""
    trace = folder.parent / "read"
    names = trace.read_text(encoding="utf-8").split() if trace.exists() else []
    trace.unlink(missing_ok=True)
    return sorted(names)


def test_what_was_read_is_not_read_again(folder: Path) -> None:
    first = read(folder)
    assert len(newly_read(folder)) == 150
    assert read(folder) == first
    assert newly_read(folder) == []


@pytest.mark.parametrize("content", ["777", "1234"], ids=["same size", "other size"])
def test_only_the_file_that_changed_is_read(content: str, folder: Path) -> None:
    before = read(folder)
    newly_read(folder)
    write_long_ago(folder / "100.xlsx", content)
    after = read(folder)
    assert newly_read(folder) == ["100.xlsx"]
    changed = after["100.xlsx"]
    assert isinstance(changed, SentReturn)
    assert tuple(changed.figures) == (int(content), None)
    assert {**after, "100.xlsx": before["100.xlsx"]} == before


def test_a_file_written_just_now_may_change_unseen_and_is_looked_into_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_module, "UNSETTLED_NS", 3600 * 10**9)
    read(folder)
    newly_read(folder)
    kept = (folder / "100.xlsx").stat()
    (folder / "100.xlsx").write_text("777", encoding="utf-8")
    os.utime(folder / "100.xlsx", ns=(kept.st_atime_ns, kept.st_mtime_ns))
    changed = read(folder)["100.xlsx"]
    assert newly_read(folder) == ["100.xlsx"]
    assert isinstance(changed, SentReturn)
    assert tuple(changed.figures) == (777, None)


def test_files_moved_elsewhere_are_known_by_name_and_content(folder: Path) -> None:
    first = read(folder)
    newly_read(folder)
    moved = folder.with_name("moved")
    shutil.copytree(folder, moved)
    (moved / "0.xlsx").rename(moved / "renamed.xlsx")
    again = read(moved)
    assert newly_read(folder) == ["renamed.xlsx"]
    assert again.pop("renamed.xlsx") != first.pop("0.xlsx")
    assert again == first


def test_what_could_not_be_read_is_tried_again(folder: Path) -> None:
    write_long_ago(folder / "7.xlsx", "bad")
    assert read(folder)["7.xlsx"] == Refusal("读不了", "重报")
    newly_read(folder)
    assert read(folder)["7.xlsx"] == Refusal("读不了", "重报")
    assert newly_read(folder) == ["7.xlsx"]


@pytest.mark.parametrize(
    "damage",
    ["other content", "cut short", "records changed", "figures changed", "records of another kind", "no records"],
)
def test_a_damaged_cache_is_thrown_away(damage: str, folder: Path) -> None:
    first = read(folder)
    newly_read(folder)
    file = folder.parent / "cache" / "read.sqlite3"
    match damage:
        case "other content":
            file.write_bytes(b"x" * 10_000)
        case "cut short":
            file.write_bytes(file.read_bytes()[:5000])
        case "records changed":
            change(file, "UPDATE entry SET record = CAST(replace(record, '甲', '乙') AS BLOB)")
        case "figures changed":
            change(file, "UPDATE entry SET figures = x'ffffffff00000000'")
        case "records of another kind":
            change(file, "UPDATE entry SET record = '{}'")
        case "no records":
            change(file, "UPDATE entry SET record = NULL")
    assert read(folder) == first
    assert len(newly_read(folder)) == 150


def test_only_the_file_whose_record_was_damaged_is_read_again(folder: Path) -> None:
    first = read(folder)
    newly_read(folder)
    damage = "UPDATE entry SET record = x'00' WHERE CAST(path AS TEXT) LIKE '%/100.xlsx'"
    change(folder.parent / "cache" / "read.sqlite3", damage)
    assert read(folder) == first
    assert newly_read(folder) == ["100.xlsx"]
    assert read(folder) == first
    assert newly_read(folder) == []


def change(file: Path, statement: str) -> None:
    """Change a cache as no program would."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_a_record_is_built_again_as_it_was() -> None:
    figures = pack([1, Decimal("1.50"), None, 0, -7, 10**40, Decimal("-0.0"), 10])
    record = SentReturn("甲\ud800\n", "", "2014", None, "00", figures, (FINDING, FINDING), "张三", "0", "2024年1月1日")
    (again,) = records_from_bytes([record_to_bytes(record)])
    assert again == record
    assert [str(figure) for figure in again.figures] == [str(figure) for figure in figures]
    assert again.findings[0].outcome is Outcome.FAILED
    assert again.findings[0].severity is Severity.ERROR


def test_a_record_without_figures_or_findings_is_built_again() -> None:
    record = SentReturn("", "", "2014", 2016, "", pack([]))
    assert records_from_bytes([record_to_bytes(record)]) == [record]


COVER = '"甲","","2014",2016,"00","","",""'


@pytest.mark.parametrize(
    ("text", "packed"),
    [
        ("", ""),
        ("1", ""),
        ("{}", ""),
        ("[]", ""),
        ('{"@":"Path"}', ""),
        ("[" * 100_000, ""),
        ('["甲",[],[]]', ""),
        (f"[{COVER},[],[]],[{COVER},[],[]]", "1234"),
        (f"[{COVER},[],[]]", "123"),
        (f"[{COVER},[[1,null]],[]]", "1234"),
        (f"[{COVER},[[-1,null]],[]]", "1234"),
        (f'[{COVER},[["x",null]],[]]', "1234"),
        (f'[{COVER},[[0,"x"]],[]]', "1234"),
        (f'[{COVER},[],{{"rule":"x"}}]', "1234"),
        (f'[{COVER},[],[["x"]]]', "1234"),
        (f"[{COVER},[],[{[0] * 13}]]", "1234"),
    ],
)
def test_nothing_but_a_record_is_built_from_bytes(text: str, packed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json says what it says
        records_from_bytes([with_checksum(text.encode(), packed.encode())])


def test_bytes_of_records_that_are_not_whole_are_refused() -> None:
    whole = record_to_bytes(SentReturn("甲", "", "2014", 2016, "", pack([1])))
    text, packed = whole
    for damaged in (
        (b"", packed),
        (text, b""),
        (text[1:], packed),
        (text.replace(b"14", b"15"), packed),
        (text, b"1234"),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - it says which
            records_from_bytes([whole, damaged])


def with_checksum(text: bytes, packed: bytes) -> tuple[bytes, bytes]:
    return crc32(packed, crc32(text)).to_bytes(4, "big") + text, packed


def test_a_name_that_no_text_can_hold_is_kept_like_any_other(tmp_path: Path) -> None:
    path, sent = str(tmp_path / "甲.json"), SentReturn("甲\ud800", "", "2014", 2016, "00", pack([1]))
    with closing(Cache(tmp_path / "cache.sqlite3")) as cache:
        cache.keep([(ListedFile(path, "甲.json", "1"), sent)])
        kept = record_to_bytes(sent)
        other = ListedFile(f"{path}乙", "甲.json", "1")
        keys = cache.recognise([other, ListedFile(path, "甲.json", "1")])
        assert cache.recall(keys) == [None, kept]
        assert cache.recall(cache.recognise([ListedFile(path, "甲.json", "2"), other])) == [None, None]
        assert cache.find_content("甲.json", "00") == kept
        assert cache.find_content("乙.json", "00") is None


def test_two_roll_ups_at_a_time_do_not_disturb_one_another(folder: Path) -> None:
    with Path(os.devnull).open("wb") as nothing:
        started = [subprocess.Popen(reading(folder, "0"), stdout=nothing) for _ in range(3)]
        assert [process.wait(60) for process in started] == [0, 0, 0]
    newly_read(folder)
    read(folder)
    assert newly_read(folder) == []


def test_a_roll_up_that_was_killed_goes_on_where_it_was(folder: Path) -> None:
    for number in range(150, 6 * CHUNK):
        write_long_ago(folder / f"{number}.xlsx", str(number))
    with subprocess.Popen(reading(folder, "0.005"), start_new_session=True) as process:
        wait_until_read(folder, 4 * CHUNK)
        os.killpg(process.pid, signal.SIGKILL)
    assert len(newly_read(folder)) < 6 * CHUNK
    found = read(folder)
    assert [unit_of(found[f"{number}.xlsx"]) for number in range(6 * CHUNK)] == [str(n) for n in range(6 * CHUNK)]
    assert len(newly_read(folder)) <= 4 * CHUNK


def unit_of(sent: Sent) -> str:
    return sent.unit if isinstance(sent, SentReturn) else sent.what


def reading(folder: Path, seconds: str) -> list[str]:
    """Return the command that reads a folder through its cache, each file in so many seconds."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom tests.rollup import test_recall\n"
        "test_recall.listing_module.UNSETTLED_NS = -3600 * 10**9\n"
        "quick = test_recall.read_number\n"
        "def slowly(path):\n    time.sleep(float(sys.argv[2]))\n    return quick(path)\n"
        "test_recall.read_number = slowly\ntest_recall.read(Path(sys.argv[1]))\n"
    )
    return [sys.executable, "-c", program, str(folder), seconds]


def wait_until_read(folder: Path, count: int) -> None:
    trace = folder.parent / "read"
    for _ in range(600):
        if trace.exists() and len(trace.read_bytes().split()) >= count:
            return
        time.sleep(0.05)
    pytest.fail(f"no {count} files were read in 30 seconds")


class TestPlace:
    """The cache lies where the system keeps such files, or where it is told to, and serves one program alone."""

    def test_a_folder_may_be_named(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
        file = cache_file()
        assert file is not None
        assert file.parent == tmp_path

    def test_blank_keeps_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(CACHE_VARIABLE, "")
        assert cache_file() is None

    @pytest.mark.parametrize(
        ("system", "variable", "place"),
        [
            ("linux", "XDG_CACHE_HOME", "xl_disclosure"),
            ("win32", "LOCALAPPDATA", "xl_disclosure"),
            ("darwin", "HOME", "Library/Caches/xl_disclosure"),
        ],
    )
    def test_each_system_has_its_own(
        self, system: str, variable: str, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv(CACHE_VARIABLE)
        monkeypatch.setattr("xl_disclosure.rollup.cache_place.sys.platform", system)
        monkeypatch.setenv(variable, str(tmp_path))
        file = cache_file()
        assert file is not None
        assert file.parent == tmp_path / place

    def test_another_program_or_edition_has_a_cache_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
        program_fingerprint.cache_clear()
        before = cache_file()
        local = tmp_path / "editions"
        (local / "own").mkdir(parents=True)
        (local / "own" / "form.toml").write_text('extends = "2021"\n', encoding="utf-8")
        monkeypatch.setenv("XL_DISCLOSURE_EDITIONS", str(local))
        program_fingerprint.cache_clear()
        with_own = cache_file()
        (local / "own" / "form.toml").write_text('extends = "2019"\n', encoding="utf-8")
        program_fingerprint.cache_clear()
        with_other = cache_file()
        copied = tmp_path / "xl_disclosure"
        shutil.copytree(Path(xl_disclosure.__file__).parent, copied)
        (copied / "returns" / "cells.py").write_text("# changed", encoding="utf-8")
        monkeypatch.delenv("XL_DISCLOSURE_EDITIONS")
        monkeypatch.setattr(xl_disclosure, "__file__", str(copied / "__init__.py"))
        program_fingerprint.cache_clear()
        changed = cache_file()
        program_fingerprint.cache_clear()
        assert len({before, with_own, with_other, changed}) == 4

    def test_what_an_old_program_kept_is_deleted_in_time(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
        old, recent, foreign = (tmp_path / name for name in ("read-1.sqlite3", "read-2.sqlite3", "other"))
        for path in (old, recent, foreign):
            path.touch()
        for path in (old, foreign):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        cache_file()
        assert {path.name for path in tmp_path.iterdir()} == {"read-2.sqlite3", "other"}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache.sqlite3")
    file = ListedFile("甲.xlsx", "甲.xlsx", "1")
    cache.keep([(file, SentReturn("甲", "", "2014", 2016, "00", pack([])))])
    assert cache.recognise([file]) == [None]
    cache.close()

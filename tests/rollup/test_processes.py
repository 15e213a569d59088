"""Files read in processes of their own: whatever one does to its reader, the rest are read, and fast."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.programs import Convert
from tests.returns.reports import sample_report
from tests.returns.writers import write_docx
from xl_disclosure.actions.unit_file import read_unit_file
from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.rollup.chunks import CHUNK, read_chunk, split
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.processes import Limits, Processes, processes_for
from xl_disclosure.rollup.sent import Refusal, Sent, SentReturn

PATHS = [Path(f"{number}.xlsx") for number in range(2 * CHUNK + 1)]
STRICT = Limits(seconds=1, memory=256 * 1024 * 1024)


def read_by_name(path: Path) -> SentReturn:
    """Stand for the reading of a file, which does what its name says."""
    match path.stem:
        case "hang":
            while True:
                time.sleep(1)
        case "spin":
            sum(range(10**12))  # one call, within which Python hears of nothing
        case "devour":
            bytearray(10**12)
        case "devour slowly":
            return SentReturn(str(len([bytes(1024 * 1024) for _ in range(10_000)])), "", "", None, "", pack([]))
        case "abort":
            faulthandler.disable()
            os.abort()
        case "exit":
            raise SystemExit
        case "bug":
            raise KeyError(path.stem)
        case "refuse":
            raise InputError("读不了", "重报")
    return SentReturn(path.stem, "", "2014", 2016, "", pack([0]))


def end_at_once(path: Path) -> SentReturn:
    return SentReturn(path.stem, "", "2014", 2016, "", pack([]))


def read(paths: list[Path], limits: Limits = STRICT) -> list[Sent]:
    """Return the records that two processes give of these paths."""
    return [record for records in Processes(2, limits).read(read_by_name, split(paths)) for record in records]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_records_come_in_order_whoever_read_them(workers: int) -> None:
    records = [record for chunk in Processes(workers).read(read_by_name, split(PATHS)) for record in chunk]
    assert records == read_chunk(read_by_name, PATHS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hang", "读了 1 秒以上还没有读完"),
        ("spin", "读了 1 秒以上还没有读完"),
        ("devour", "内存超过 256 MB"),
        ("devour slowly", "内存超过 256 MB"),
        ("abort", "异常中止"),
        ("exit", "异常中止"),
        ("bug", "KeyError"),
        ("refuse", "读不了"),
    ],
)
def test_a_file_that_harms_its_reader_is_listed_and_the_rest_are_read(
    name: str, words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / f"{name}.xlsx"
    bad.write_bytes(b"PK")
    at = CHUNK + 3
    paths = [*PATHS[:at], bad, *PATHS[at:]]
    records = read(paths)
    refused = records.pop(at)
    assert isinstance(refused, Refusal)
    assert words in refused.what
    assert refused.remedy
    assert records == read_chunk(read_by_name, PATHS)
    assert "Traceback" not in capfd.readouterr().err


def test_several_such_files_in_one_chunk_are_each_listed(tmp_path: Path) -> None:
    names = ["abort", "1", "hang", "2", "abort", "devour"]
    paths = []
    for number, name in enumerate(names):
        (tmp_path / str(number)).mkdir()
        paths.append(tmp_path / str(number) / f"{name}.xlsx")
        paths[-1].write_bytes(b"PK")
    records = read(paths)
    assert [isinstance(record, Refusal) for record in records] == [not name.isdigit() for name in names]


def test_a_process_that_something_else_ended_costs_no_file(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    paths = [Path(str(seen)), *PATHS]
    records = [record for chunk in Processes(2).read(be_killed_once, split(paths)) for record in chunk]
    assert not any(isinstance(record, Refusal) for record in records)
    assert seen.exists()


def be_killed_once(path: Path) -> SentReturn:
    """Stand for a reader that the system ends, as it does when memory runs short, the first time alone."""
    if path.name == "seen" and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return SentReturn(path.stem, "", "2014", 2016, "", pack([]))


def test_processes_that_cannot_start_are_an_error_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xl_disclosure.rollup.processes.limit_memory", lambda _: os._exit(1))
    with pytest.raises(SetupError, match="启动后随即中止"):
        list(Processes(2).read(end_at_once, split(PATHS)))


def test_reading_goes_on_before_a_record_is_asked_for(tmp_path: Path) -> None:
    with closing(Processes(1).read(leave_a_mark, [[tmp_path / "mark"]])):
        while not (tmp_path / "mark").exists():
            time.sleep(0.001)


def leave_a_mark(path: Path) -> SentReturn:
    path.touch()
    return SentReturn(path.name, "", "2014", 2016, "", pack([]))


def test_no_process_outlives_the_reading() -> None:
    reading = Processes(2).read(own_process, split(PATHS))
    first = next(reading)[0]
    assert isinstance(first, SentReturn)
    reading.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.unit), 0)


def own_process(path: Path) -> SentReturn:
    return SentReturn(str(os.getpid()), "", "2014", 2016, "", pack([]))


HANGING = """
from pathlib import Path
from tests.rollup.test_processes import read_by_name
from xl_disclosure.rollup.processes import Limits, Processes
list(Processes(1, Limits()).read(read_by_name, [[Path("hang")]]))
"""


def test_no_process_outlives_the_program_that_was_killed() -> None:
    program = subprocess.Popen([sys.executable, "-c", HANGING])
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    try:
        until(lambda: children.read_text() != "")
        reader = int(children.read_text())
    finally:
        program.kill()
        program.wait()
    until(lambda: not Path(f"/proc/{reader}").exists())


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_no_more_processes_are_started_than_there_are_chunks() -> None:
    others = count_children(os.getpid())  # such as a browser that other tests use
    reading = Processes(8).read(children_here, split(PATHS[: CHUNK + 1]))
    counts = {int(record.unit) for chunk in reading for record in chunk if isinstance(record, SentReturn)}
    assert counts <= {others + 1, others + 2}


def children_here(path: Path) -> SentReturn:
    """Tell how many processes the one that started this one has started."""
    return SentReturn(str(count_children(os.getppid())), "", "2014", 2016, "", pack([]))


def count_children(process: int) -> int:
    return len(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split())


def test_as_many_processes_read_as_asked_for_else_as_there_are_cores() -> None:
    assert processes_for(3) == Processes(3)
    assert processes_for(None) == Processes(os.cpu_count() or 1)


def test_an_old_document_has_the_time_and_the_memory_that_libreoffice_takes(soffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "某局.docx"
    write_docx(sample_report("2021", 2024), path)
    old = soffice(path, "doc", tmp_path / "old")
    ((record,),) = Processes(1, Limits(seconds=0.5)).read(read_unit_file, [[old]])
    assert isinstance(record, SentReturn)
    assert record.unit == "示例县示例局"

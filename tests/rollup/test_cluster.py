"""Files read by a real Dask cluster on this machine, its workers killed on the way: the same records as read here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.actions.test_aggregate import write_facts
from tests.returns.reports import sample_report
from tests.returns.writers import write_docx
from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder
from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.rollup import cluster as cluster_module
from xl_disclosure.rollup.cache_place import CACHE_VARIABLE
from xl_disclosure.rollup.chunks import read_chunk, split
from xl_disclosure.rollup.cluster import Cluster
from xl_disclosure.rollup.collect import Status
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.sent import Refusal, Sent, SentReturn

CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""
MARK = "XL_DISCLOSURE_TEST_FOLDER"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a cluster of two workers; one that ends a worker twice is not tried again there."""
    folder = tmp_path_factory.mktemp("cluster")
    program = folder / "cluster.py"
    program.write_text(CLUSTER, encoding="utf-8")
    repository = str(Path(__file__).resolve().parents[2])
    environment = {
        **os.environ,
        MARK: str(folder),
        "PYTHONPATH": repository,
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "DASK_TEMPORARY_DIRECTORY": str(folder),
    }
    command = [sys.executable, str(program)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("")


def read_number(path: Path) -> SentReturn:
    """Stand for the reading of a file, which holds a number; one file ends its reader once, another always."""
    content = path.read_bytes()
    if path.stem == "refused":
        raise InputError("读不了", "重报")
    if path.stem == "once":
        mark = Path(os.environ[MARK]) / "once"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if path.stem == "always":
        os.kill(os.getpid(), signal.SIGKILL)
    return SentReturn(path.stem, "", "2014", 2016, sha256(content).hexdigest(), pack([int(content)]))


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Give the paths of three chunks of files."""
    paths = [tmp_path / f"{number}.xlsx" for number in range(150)]
    for number, path in enumerate(paths):
        path.write_text(str(number), encoding="utf-8")
    return paths


def read(address: str, paths: list[Path]) -> list[Sent]:
    return [record for chunk in Cluster(address).read(read_number, split(paths)) for record in chunk]


def put(paths: list[Path], name: str) -> int:
    """Put a file of that name among the others and return its position."""
    paths.insert(70, paths[0].with_name(f"{name}.xlsx"))
    paths[70].write_text("7", encoding="utf-8")
    return 70


def test_records_come_in_order_though_a_worker_is_killed_on_the_way(address: str, paths: list[Path]) -> None:
    put(paths, "refused")
    at = put(paths, "once")
    records = read(address, paths)
    assert records[at] == SentReturn("once", "", "2014", 2016, sha256(b"7").hexdigest(), pack([7]))
    del records[at], paths[at]
    assert records == read_chunk(read_number, paths)


def test_a_file_that_ends_every_worker_is_listed_and_the_rest_are_read(address: str, paths: list[Path]) -> None:
    at = put(paths, "always")
    records = read(address, paths)
    refused = records.pop(at)
    assert isinstance(refused, Refusal)
    assert "异常中止" in refused.what
    del paths[at]
    assert records == read_chunk(read_number, paths)


def test_a_roll_up_on_a_cluster_is_the_one_made_here(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = tmp_path / "units"
    units.mkdir()
    for number in range(5):
        write_facts(units, f"{number}.json", f"第{number}局", disclosed=number)
    write_docx(sample_report("2014-xingyi", 2016), units / "示例局.docx")
    (units / "空.xlsx").touch()
    here, there = tmp_path / "本机.xlsm", tmp_path / "集群.xlsm"
    aggregate_folder(RollupRequest(units, here, edition="2014-xingyi", year=2016))
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    rollup = aggregate_folder(RollupRequest(units, there, edition="2014-xingyi", year=2016, cluster=address))
    assert [line.receipt.status for line in rollup.lines].count(Status.RECEIVED) == 6
    assert here.read_bytes() == there.read_bytes()


def test_what_is_too_large_to_send_or_cannot_be_opened_is_read_here(
    address: str, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "LARGEST_CHUNK", 10)
    here = paths[:64]
    assert read(address, here) == read_chunk(read_number, here)
    missing = [*paths[:3], paths[0].with_name("没有.xlsx")]
    records = read(address, missing)
    assert records == read_chunk(read_number, missing)
    assert isinstance(records[-1], Refusal)


def test_another_version_of_the_program_there_is_refused(
    address: str, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "program_fingerprint", lambda: "another")
    with pytest.raises(SetupError, match="不是同一版本"):
        read(address, paths)


def test_no_cluster_at_an_address_is_told(paths: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "LONGEST_CONNECTION", 1)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(InputError, match="连不上集群"):
            read(address, paths)


def test_without_dask_it_says_what_to_install(paths: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SetupError, match=r"dask\.distributed.*xl-disclosure\[cluster\]"):
        read("tcp://127.0.0.1:8786", paths)

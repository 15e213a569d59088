"""汇总 a second time: nothing is read again, and nothing comes out otherwise."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.actions.conftest import Run
from tests.actions.test_aggregate import write_facts
from xl_disclosure.rollup.cache_place import CACHE_VARIABLE


def test_the_second_roll_up_of_a_folder_gives_the_same_workbook(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    units = tmp_path / "units"
    units.mkdir()
    for number in range(70):
        write_facts(units, f"{number}.json", f"第{number}局", disclosed=number, via_website=number % 3)
    words = ("aggregate", units, "--edition", "2014-xingyi", "--year", 2016, "--json", "-o")
    monkeypatch.setattr("xl_disclosure.rollup.listing.UNSETTLED_NS", 0)
    first = run(*words, tmp_path / "一.xlsm")[:2]
    monkeypatch.setattr("xl_disclosure.actions.unit_file.read_bytes", None)
    second = run(*words, tmp_path / "二.xlsm")[:2]
    assert first == second
    assert (tmp_path / "一.xlsm").read_bytes() == (tmp_path / "二.xlsm").read_bytes()


@pytest.mark.parametrize(
    ("most_in_workbook", "names"),
    [(20, ["汇总.xlsm", "汇总.分户表.parquet", "汇总.分户表.xlsx"]), (5_000, ["汇总.xlsm"])],
    ids=["分户表 beside the workbook", "分户表 in the workbook"],
)
def test_with_what_was_kept_a_changed_unit_comes_out_as_without(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_in_workbook: int, names: list[str]
) -> None:
    monkeypatch.setattr("xl_disclosure.actions.breakdown_file.MOST_IN_WORKBOOK", most_in_workbook)
    for few in (
        "workbook.parts.list_blocks.LONG",
        "workbook.parts.list_blocks._BLOCK",
        "actions.breakdown_workbook._BLOCK",
    ):
        monkeypatch.setattr(f"xl_disclosure.{few}", 20)
    monkeypatch.setattr("xl_disclosure.rollup.listing.UNSETTLED_NS", 0)
    units, kept, anew = (tmp_path / name for name in ("units", "kept", "anew"))
    units.mkdir()
    kept.mkdir()
    for number in range(70):
        write_facts(units, f"{number}.json", f"第{number}局", disclosed=number, via_website=number % 3)
    words = ("aggregate", units, "--edition", "2014-xingyi", "--year", 2016, "-o")

    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    run(*words, kept / "汇总.xlsm")
    copytree(kept, anew)
    write_facts(units, "30.json", "第30局", disclosed=1000, via_website=7)
    with monkeypatch.context() as nothing_read:
        nothing_read.setattr("xl_disclosure.actions.breakdown_lines.read_breakdown", None)
        run(*words, kept / "汇总.xlsm")
    monkeypatch.setenv(CACHE_VARIABLE, "")
    run(*words, anew / "汇总.xlsm")

    assert sorted(path.name for path in kept.iterdir()) == names
    for name in names:
        assert (kept / name).read_bytes() == (anew / name).read_bytes()

"""汇总 a second time: nothing is read again, and nothing comes out otherwise."""

from __future__ import annotations

from pathlib import Path

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

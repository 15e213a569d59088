"""Work done beside the present process gives its result, or the error it raised, and never outlasts its use."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from xl_disclosure.errors import InputError, Place, SetupError
from xl_disclosure.rollup.beside import Beside


@pytest.fixture(params=["linux", "win32"])
def _start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the work be done in a process that is forked, and as on a machine where none can be."""
    monkeypatch.setattr(sys, "platform", request.param)


@pytest.mark.usefixtures("_start")
def test_the_result_comes_back() -> None:
    with Beside(lambda: [1, "二", None]) as beside:
        assert beside.result() == [1, "二", None]


@pytest.mark.usefixtures("_start")
def test_an_error_comes_back_whole() -> None:
    def fail() -> None:
        raise InputError("写不进去", "检查权限", Place("汇总.xlsx", "分户表", "A1"))

    with Beside(fail) as beside, pytest.raises(InputError) as raised:
        beside.result()
    assert str(raised.value) == "文件“汇总.xlsx” “分户表” A1：写不进去。处理办法：检查权限。"


def test_the_work_goes_on_beside(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with Beside(mark.touch):
        while not mark.exists():
            time.sleep(0.001)


def test_what_comes_first_is_done_in_the_process_of_the_work_alone() -> None:
    done: list[str] = []
    with Beside(lambda: [*done, "work"], partial(done.append, "first")) as beside:
        assert beside.result() == ["first", "work"]
    assert done == []


def test_what_comes_first_is_left_out_where_no_process_can_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    done: list[str] = []
    with Beside(partial(done.append, "work"), partial(done.append, "first")) as beside:
        beside.result()
    assert done == ["work"]


def test_a_process_that_ends_by_itself_is_told() -> None:
    with Beside(partial(os._exit, 1)) as beside, pytest.raises(SetupError, match="异常中止"):
        beside.result()


def test_leaving_ends_the_work(tmp_path: Path) -> None:
    note = tmp_path / "process"

    def wait_for_ever() -> None:
        waiting = note.with_suffix(".waiting")
        waiting.write_text(str(os.getpid()))
        waiting.replace(note)
        signal.pause()

    with Beside(wait_for_ever):
        while not note.exists():
            time.sleep(0.001)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)

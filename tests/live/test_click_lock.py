"""One action at a time on a workbook, and none that ended stands in the way of the next."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from xl_disclosure.errors import InputError
from xl_disclosure.live.click_lock import only_action_on


def test_a_second_action_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    book = tmp_path / "我局.xlsm"
    with only_action_on(book), pytest.raises(InputError, match="还没有做完"), only_action_on(book):
        pass
    with only_action_on(book):
        pass


def test_two_workbooks_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with only_action_on(tmp_path / "甲.xlsm"), only_action_on(tmp_path / "乙.xlsm"):
        pass


def _go_on(has_begun: Event) -> None:
    has_begun.set()
    time.sleep(60)


def test_a_process_that_an_action_forked_does_not_hold_the_workbook(tmp_path: Path) -> None:
    book = tmp_path / "我局.xlsm"
    context = multiprocessing.get_context("fork")
    has_begun = context.Event()
    with only_action_on(book):
        child = context.Process(target=_go_on, args=(has_begun,))
        child.start()
        assert has_begun.wait(60)
    try:
        with only_action_on(book):
            assert child.is_alive()
    finally:
        child.kill()
        child.join()

"""One action at a time on a workbook, and none that ended stands in the way of the next."""

from __future__ import annotations

import multiprocessing
import time
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


def test_a_process_that_an_action_forked_does_not_hold_the_workbook(tmp_path: Path) -> None:
    book = tmp_path / "我局.xlsm"
    with only_action_on(book):
        child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
        child.start()
    try:
        with only_action_on(book):
            assert child.is_alive()
    finally:
        child.kill()
        child.join()

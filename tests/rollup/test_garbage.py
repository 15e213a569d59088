"""The collector of garbage looks seldom while a roll-up goes on, and as before when it has ended, however it ends."""

from __future__ import annotations

import gc

import pytest

from xl_disclosure.rollup.garbage import WHILE_READING, WHILE_TOTALLING, collected_seldom


def test_the_collector_is_as_before_however_it_ends() -> None:
    before = gc.get_threshold()
    with collected_seldom(WHILE_READING):
        assert gc.get_threshold() == (WHILE_READING, *before[1:])
        assert gc.isenabled()
    assert gc.get_threshold() == before
    with pytest.raises(KeyError), collected_seldom(WHILE_READING):
        raise KeyError
    assert gc.get_threshold() == before


def test_what_was_made_meanwhile_is_not_looked_over_at_once() -> None:
    looked: list[str] = []
    gc.collect()
    gc.callbacks.append(lambda phase, _: looked.append(phase))
    try:
        with collected_seldom(WHILE_TOTALLING):
            kept: list[list[int]] = [[] for _ in range(10_000)]
        kept.append([])
    finally:
        gc.callbacks.pop()
    assert looked == []


def test_what_is_kept_off_the_collector_stays_so() -> None:
    gc.freeze()
    try:
        kept = gc.get_freeze_count()
        with collected_seldom(WHILE_TOTALLING):
            pass
        assert gc.get_freeze_count() >= kept > 0
    finally:
        gc.unfreeze()

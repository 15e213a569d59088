"""The collector of garbage looks seldom while a roll-up goes on, and as before when it has ended, however it ends."""

from __future__ import annotations

import gc

import pytest

from xl_disclosure.rollup.garbage import WHILE_READING, collected_seldom


def test_the_collector_is_as_before_however_it_ends() -> None:
    before = gc.get_threshold()
    with collected_seldom(WHILE_READING):
        assert gc.get_threshold() == (WHILE_READING, *before[1:])
        assert gc.isenabled()
    assert gc.get_threshold() == before
    with pytest.raises(KeyError), collected_seldom(WHILE_READING):
        raise KeyError
    assert gc.get_threshold() == before

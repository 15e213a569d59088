"""Python or LibreOffice is killed amid 汇总, at random moments that are the same in every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.kills import run
from xl_disclosure.live.journal import FOLDER_VARIABLE

pytestmark = pytest.mark.libreoffice

KILLS, SEED = 5, 2


def test_kills_amid_a_roll_up_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "数据"))
    assert run(KILLS, SEED, tmp_path).outcomes.total() == KILLS

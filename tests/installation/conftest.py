from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Give the folder that holds the clerk's workbooks."""
    folder = tmp_path / "年报 表格"
    folder.mkdir()
    return folder

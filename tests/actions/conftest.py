"""What the tests of the actions share: running a command, and a workbook filled from the seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reference import Reference
from xl_disclosure.cli import main

Run = Callable[..., tuple[int, str, str]]
UNIT = "兴义市工业贸易和科学技术局"


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs one command and returns exit status, standard output and standard error."""

    def run_command(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run_command


@pytest.fixture
def seed(reference: Reference) -> Path:
    """Give the seed's report as text."""
    return reference.path("xingyi-2016-report.txt")


@pytest.fixture
def book(run: Run, seed: Path, tmp_path: Path) -> Path:
    """Give a fresh workbook filled from the seed's text."""
    path = tmp_path / "我局.xlsm"
    assert run("new", "2014-xingyi", "-o", path, "--unit", UNIT, "--year", 2016)[0] == 0
    status, output, _ = run("fill", path, "--from", seed)
    assert status == 0
    assert "已填 47 格" in output
    return path

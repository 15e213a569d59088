from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference import PLACE_VARIABLE, Reference, form_names, report_names

_NOTHING_RAN = 5


def test_the_seed_report_states_47_facts(reference: Reference) -> None:
    assert len(reference.report("xingyi_2016")["facts"]) == 47


def test_every_form_and_report_can_be_loaded(reference: Reference) -> None:
    assert {reference.form(name)["edition"] for name in form_names()} >= {"2014", "2014-xingyi", "2019", "2021"}
    assert all(reference.report(name)["facts"] for name in report_names())


def test_a_name_that_is_not_there_is_refused(reference: Reference) -> None:
    with pytest.raises(FileNotFoundError, match=r"no file absent\.txt"):
        reference.path("absent.txt")


@pytest.mark.parametrize("processes", ["0", "2"])
def test_tests_that_lack_the_material_are_counted_aloud(tmp_path: Path, processes: str) -> None:
    command = [sys.executable, "-m", "pytest", "-n", processes, "-p", "no:cacheprovider"]
    command += [f"{__file__}::test_the_seed_report_states_47_facts"]
    environment = os.environ | {PLACE_VARIABLE: str(tmp_path / "absent")}
    repository = Path(__file__).parent.parent
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == _NOTHING_RAN
    assert done.stdout.count("reference material is absent") == 2
    assert "tests not run: 1" in done.stdout

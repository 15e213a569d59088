"""The wheel carries everything the tool needs away from a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
CARRIED = {"macros": "_bundled/macros", "workbook_templates": "_bundled/workbook_templates", "xl_disclosure": "."}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that holds what installing the wheel would lay down, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("source", CARRIED)
def test_the_wheel_carries_every_file(installed: Path, source: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", source], cwd=REPOSITORY, check=True, capture_output=True, text=True
    )
    expected = [Path(name).relative_to(source) for name in listed.stdout.split("\0") if name]
    assert expected
    carried = installed / "xl_disclosure" / CARRIED[source]
    assert [name for name in expected if not (carried / name).is_file()] == []


@pytest.mark.parametrize("found_by", ["macros_directory", "templates_directory"])
def test_an_installed_package_finds_what_it_carries(installed: Path, found_by: str) -> None:
    program = f"from xl_disclosure import resources; print(resources.{found_by}())"
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=installed, env=environment, check=True, capture_output=True, text=True
    )
    assert Path(done.stdout.strip()).parent == installed / "xl_disclosure" / "_bundled"

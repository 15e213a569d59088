"""Run the programs that only tests need: LibreOffice, the Open XML SDK's validator and the Nu Html Checker.

`make test` installs them. Where one is missing the test fails and says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest

_REPOSITORY = Path(__file__).resolve().parent.parent
TOOLS = _REPOSITORY / ".tools" / "node_modules"
_VALIDATOR = TOOLS / ".bin" / "ooxml-validator"
_PAGE_VALIDATOR = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
_CONVERSION_SECONDS = 180
_VALIDATION_SECONDS = 60
# The validator's exit status for a file it judged, valid or not; any other means that it could not run.
_JUDGED = (0, 1)


class Convert:
    """Turn documents into another format with headless LibreOffice, whose settings are kept in a folder of its own."""

    def __init__(self, profile: Path) -> None:
        self._program = find_program("soffice")
        self._profile = profile

    def __call__(self, path: Path, to: str, outdir: Path) -> Path:
        """Convert `path` to the format `to` ("pdf", "xlsx", "pdf:calc_pdf_Export:{...}") and return the new file."""
        return self.every([path], to, outdir)[0]

    def every(self, paths: Sequence[Path], to: str, outdir: Path) -> list[Path]:
        """Convert all `paths` in one run, which takes little longer than one, and return the new files in order."""
        command = [self._program, f"-env:UserInstallation={self._profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(outdir), *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_CONVERSION_SECONDS, check=False)
        converted = [outdir / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
        missing = [path.name for path, new in zip(paths, converted, strict=True) if not new.is_file()]
        if missing:
            pytest.fail(f"LibreOffice did not convert {missing} to {to}:\n{done.stdout}{done.stderr}")
        return converted


class Validate(Protocol):
    """Hold an Office document against the Open XML standard."""

    def __call__(self, path: Path) -> list[str]:
        """Return one line for every error in the document at `path`: its part, its place, what is wrong."""
        ...


class ValidatePages(Protocol):
    """Hold web pages against the HTML standard."""

    def __call__(self, pages: Sequence[Path]) -> list[str]:
        """Return one line for every error and warning: the page, its line, what is wrong."""
        ...


def validator() -> Validate:
    """Return a function that runs the Open XML SDK's validator on one document."""
    require_tool(_VALIDATOR)

    def validate(path: Path) -> list[str]:
        command = [str(_VALIDATOR), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_VALIDATION_SECONDS, check=False)
        if done.returncode not in _JUDGED:
            pytest.fail(f"the Open XML validator could not run:\n{done.stdout}{done.stderr}")
        errors: list[dict[str, Any]] = json.loads(done.stdout)["errors"]
        return [f"{error['path']} {error['xPath']}: {error['description']}" for error in errors]

    return validate


def page_validator() -> ValidatePages:
    """Return a function that runs the Nu Html Checker on web pages, all in one run: Java starts slowly."""
    java = find_program("java")
    require_tool(_PAGE_VALIDATOR)

    def validate(pages: Sequence[Path]) -> list[str]:
        command = [java, "-jar", str(_PAGE_VALIDATOR), "--format", "json", "--stdout", "--exit-zero-always"]
        command += [str(page) for page in pages]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_VALIDATION_SECONDS, check=True)
        messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
        return [f"{message['url']}:{message.get('lastLine', '')} {message['message']}" for message in messages]

    return validate


def require_tool(path: Path) -> Path:
    """Return the path of a tool that `make test` installs from npm, or fail the test."""
    if not path.exists():
        pytest.fail(f"{path} is missing: run `make test`, which installs it")
    return path


def find_program(name: str) -> str:
    """Return the path of the program called `name`, or fail the test."""
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"the program {name} is missing: run `make test`, which installs it")
    return path

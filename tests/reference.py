"""Find the reference material: the official forms, real published reports and the rules, kept beside the checkout.

The material is not part of the project. Where it is absent, the tests that need it are not run and pytest says so.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACE_VARIABLE = "XL_DISCLOSURE_REFERENCE"
_REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Reference:
    """Give access to one folder of reference material."""

    folder: Path

    def path(self, name: str) -> Path:
        """Return the path of the file called `name`, such as "official-2021-blank.docx".

        Raises:
            FileNotFoundError: the folder holds no such file.
        """
        path = self.folder / name
        if not path.is_file():
            raise FileNotFoundError(f"the reference material has no file {name}: {path}")
        return path

    def text(self, name: str) -> str:
        """Return the text of the file called `name`, such as "xingyi-2016-report.txt"."""
        return self.path(name).read_text(encoding="utf-8")

    def form(self, edition: str) -> dict[str, Any]:
        """Return the official form of `edition`, such as "2014-xingyi", as parsed JSON."""
        return _json_object(self.path(f"forms/{edition}.json"))

    def report(self, name: str) -> dict[str, Any]:
        """Return the published report called `name`, such as "xingyi_2016", as parsed JSON."""
        return _json_object(self.path(f"reports/{name}.json"))


def place() -> Path:
    """Return the folder where the reference material is looked for."""
    return Path(os.environ.get(PLACE_VARIABLE) or _REPOSITORY.parent / "shared" / "reference")


def is_present() -> bool:
    """Say whether there is a folder of reference material."""
    return place().is_dir()


def form_names() -> list[str]:
    """Return the names of all official forms in order; empty where the material is absent."""
    return _names_in("forms")


def report_names() -> list[str]:
    """Return the names of all published reports in order; empty where the material is absent."""
    return _names_in("reports")


def _names_in(folder: str) -> list[str]:
    return sorted(path.stem for path in (place() / folder).glob("*.json"))


def _json_object(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise TypeError(f"not a JSON object: {path}")
    return content

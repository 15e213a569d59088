"""Change the parts of a zip package by hand, as no program would."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_parts(path: Path, content: Mapping[str, bytes]) -> None:
    """Write a package of those parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)


def change_part(path: Path, name: str, old: bytes, new: bytes) -> None:
    """Put something else for the first occurrence of some bytes in a part."""
    content = parts(path)
    assert old in content[name]
    write_parts(path, {**content, name: content[name].replace(old, new, 1)})

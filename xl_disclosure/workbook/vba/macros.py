"""The VBA modules and messages that every template workbook carries, and those of the add-in."""

from __future__ import annotations

import tomllib
from pathlib import Path

from xl_disclosure.resources import macros_directory
from xl_disclosure.workbook.vba.module import ModuleKind, VbaModule

_KINDS = {".cls": ModuleKind.DOCUMENT, ".bas": ModuleKind.STANDARD}
# What workbooks and the add-in have in common.
_SHARED = ("ThisWorkbook.cls", "DisclosureMessages.bas")


def load_modules() -> list[VbaModule]:
    """Load the workbook's own modules, ThisWorkbook first; the modules of its sheets depend on the sheets.

    Raises:
        SetupError: the installation lacks the macros.
    """
    return [_load(path) for suffix in _KINDS for path in sorted(macros_directory().glob(f"*{suffix}"))]


def load_add_in_modules() -> list[VbaModule]:
    """Load the add-in's own modules, ThisWorkbook first; xlwings' modules are not among them.

    Raises:
        SetupError: the installation lacks the macros.
    """
    folder = macros_directory()
    return [_load(path) for path in (*(folder / name for name in _SHARED), *sorted((folder / "add_in").glob("*.bas")))]


def load_messages() -> dict[str, str]:
    """Load what the macros say: the key a macro asks for and its Chinese text, as sheet _xd lists them.

    Raises:
        SetupError: the installation lacks the macros.
    """
    text = (macros_directory() / "messages.toml").read_text(encoding="utf-8")
    return {f"message.{key}": message for key, message in tomllib.loads(text)["message"].items()}


def _load(path: Path) -> VbaModule:
    return VbaModule(path.stem, path.read_text(encoding="utf-8"), _KINDS[path.suffix])

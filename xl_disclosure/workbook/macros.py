"""The VBA modules and messages every template workbook carries."""

from __future__ import annotations

import tomllib

from xl_disclosure.resources import macros_directory
from xl_disclosure.workbook.vba_module import ModuleKind, VbaModule

_KINDS = {".cls": ModuleKind.DOCUMENT, ".bas": ModuleKind.STANDARD}


def load_modules() -> list[VbaModule]:
    """Load the workbook's own modules, ThisWorkbook first; the modules of its sheets depend on the sheets.

    Raises:
        SetupError: the installation lacks the macros.
    """
    return [
        VbaModule(path.stem, path.read_text(encoding="utf-8"), kind)
        for suffix, kind in _KINDS.items()
        for path in sorted(macros_directory().glob(f"*{suffix}"))
    ]


def load_messages() -> dict[str, str]:
    """Load what the macros say: the key a macro asks for and its Chinese text, as sheet _xd lists them.

    Raises:
        SetupError: the installation lacks the macros.
    """
    text = (macros_directory() / "messages.toml").read_text(encoding="utf-8")
    return {f"message.{key}": message for key, message in tomllib.loads(text)["message"].items()}

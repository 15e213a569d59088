"""The machine and user to install for: the one place that asks the operating system."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Platform(StrEnum):
    """Name the platforms that differ in where things belong."""

    WINDOWS = "Windows"
    MAC = "Mac"
    LINUX = "Linux"


@dataclass(frozen=True, slots=True)
class Machine:
    """State what an installation depends on: the platform, the user's folders, and this Python.

    ``encoding`` is that of text files which programs of the platform read without being told one.
    """

    platform: Platform
    home: Path
    application_data: Path
    interpreter: str
    encoding: str


def this_machine() -> Machine:
    """Describe the machine and the user that run this program."""
    platform = name_platform(sys.platform)
    home = Path.home()
    # Not the UTF-8 that Python may be told to use: VBA reads files in the code page of Windows.
    encoding = locale.getencoding() if platform is Platform.WINDOWS else "utf-8"
    return Machine(platform, home, _application_data(platform, home, os.environ), sys.executable, encoding)


def name_platform(system: str) -> Platform:
    """Return the platform for what Python calls the system (sys.platform)."""
    match system:
        case "win32":
            return Platform.WINDOWS
        case "darwin":
            return Platform.MAC
        case _:
            return Platform.LINUX


def _application_data(platform: Platform, home: Path, environment: Mapping[str, str]) -> Path:
    """Return the folder that holds programs' settings for this user."""
    match platform:
        case Platform.WINDOWS:
            return Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
        case Platform.MAC:
            return home / "Library" / "Application Support"
        case Platform.LINUX:
            return Path(environment.get("XDG_CONFIG_HOME") or home / ".config")

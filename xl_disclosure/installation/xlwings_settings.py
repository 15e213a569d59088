"""xlwings' file of settings: lines "KEY","VALUE", read by the VBA of its add-in."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from xl_disclosure.errors import SetupError
from xl_disclosure.installation.machine import Machine, Platform

_INTERPRETER_KEYS = {Platform.WINDOWS: "INTERPRETER_WIN", Platform.MAC: "INTERPRETER_MAC"}
# What would end the value in the file or stand for a variable; on a Mac what would part xlwings' command line.
_UNUSABLE = {Platform.WINDOWS: '"%', Platform.MAC: '" |;'}


def settings_for(machine: Machine) -> dict[str, str]:
    """Return the settings with which xlwings starts this Python.

    The folder of the workbook is kept from Python's path: a file of a clerk's must not stand in for a module.

    Raises:
        SetupError: the path of this Python cannot be written so that Excel reads it back.
    """
    unusable = [character for character in _UNUSABLE[machine.platform] if character in machine.interpreter]
    try:
        machine.interpreter.encode(machine.encoding)
    except UnicodeEncodeError as error:
        unusable.append(machine.interpreter[error.start])
    if unusable:
        names = "、".join("空格" if character == " " else character for character in unusable)
        raise SetupError(
            f"Python 的路径 {machine.interpreter} 里有 Excel 不能用的字符：{names}",
            "把 xl-disclosure 安装到路径里没有这些字符的文件夹",
        )
    return {_INTERPRETER_KEYS[machine.platform]: machine.interpreter, "ADD_WORKBOOK_TO_PYTHONPATH": "false"}


def read_settings(content: str) -> dict[str, str]:
    """Return the settings of a file by their keys in capitals: as xlwings reads them, the first of a key counts."""
    found: dict[str, str] = {}
    for key, value in _pairs(content):
        found.setdefault(key.upper(), value)
    return found


def put_settings(content: str, settings: Mapping[str, str]) -> str:
    """Return a file's content with settings put in for what it says of their keys; all other lines stay."""
    kept = _without(content, settings)
    return kept + "".join(f'"{key}","{value}"\n' for key, value in settings.items())


def take_settings(content: str, settings: Mapping[str, str], earlier: str) -> str:
    """Return a file's content without our settings, and with what an earlier content said of their keys.

    A value that was changed since is somebody's own and stays.
    """
    present = read_settings(content)
    ours = {key: value for key, value in settings.items() if present.get(key) == value}
    before = read_settings(earlier)
    return _without(content, ours) + "".join(f'"{key}","{before[key]}"\n' for key in ours if key in before)


def _without(content: str, settings: Mapping[str, str]) -> str:
    kept = [line for line in content.splitlines(keepends=True) if not _keys(line) & settings.keys()]
    text = "".join(kept)
    return text if not text or text.endswith("\n") else f"{text}\n"


def _keys(line: str) -> set[str]:
    return {key.upper() for key, _ in _pairs(line)}


def _pairs(content: str) -> list[tuple[str, str]]:
    return [(fields[0], fields[1]) for fields in csv.reader(content.splitlines()) if len(fields) > 1]

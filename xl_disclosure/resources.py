"""The files the project carries beside its code, in an installed package and in a source checkout."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.errors import SetupError

_PACKAGE = Path(__file__).parent


def macros_directory() -> Path:
    """Find the folder of VBA sources, their messages and the ribbon.

    Raises:
        SetupError: the installation lacks it.
    """
    return _carried("macros")


def templates_directory() -> Path:
    """Find the folder of built template workbooks and report templates.

    Raises:
        SetupError: the installation lacks it.
    """
    return _carried("workbook_templates")


def _carried(name: str) -> Path:
    for holder in (_PACKAGE / "_bundled", _PACKAGE.parent):
        if (holder / name).is_dir():
            return holder / name
    raise SetupError(f"安装不完整，缺少 {name} 目录", "重新安装 xl-disclosure")

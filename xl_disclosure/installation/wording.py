"""What an installation and its removal say to the user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xl_disclosure.installation.machine import Machine, Platform


def word_installation(machine: Machine, files: Sequence[Path]) -> list[str]:
    """Return the lines that say what was written and what to do next."""
    lines = [f"已写入并核对 {file}" for file in files]
    lines.append(f"按钮将使用 {machine.interpreter}")
    if machine.platform is Platform.LINUX:
        lines.append("请打开 LibreOffice，再打开工作簿，点表上的按钮。")
    else:
        lines.append("请退出并重新打开 Excel，功能区出现“政府信息公开”一栏；打开工作簿时点“启用内容”。")
    return [*lines, "取消安装：xl-disclosure install --uninstall"]


def word_removal(files: Sequence[Path]) -> list[str]:
    """Return the lines that say what was taken back."""
    if not files:
        return ["没有安装过，没有改动任何文件。"]
    return [*(f"已恢复原样 {file}" for file in files), "已取消安装。"]

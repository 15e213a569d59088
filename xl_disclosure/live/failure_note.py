"""What a developer needs to know of a failure, without anything that stands in the workbook."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from xl_disclosure.installation.program import UNTOLD

_PACKAGES = ("xl-disclosure", "xlwings")


def write_message(book: Path, message: str) -> Path:
    """Write beside the workbook what could not be shown in the spreadsheet, and return the file."""
    note = book.with_name(f"{book.stem}（{UNTOLD}）.txt")
    note.write_text(f"{message}\n", encoding="utf-8")
    return note


def explain_unforeseen(opening: str, book: Path, action: str, error: BaseException) -> str:
    """Write the details of a failure that nobody foresaw beside the workbook; return what the clerk is told."""
    try:
        note = write_note(book, action, error)
    except OSError:
        return f"{opening}详情写不出来，请检查文件夹权限后再试。"
    return f"{opening}请把同一文件夹里的“{note.name}”发给管理员。"


def write_note(book: Path, action: str, error: BaseException) -> Path:
    """Write the details of a failure beside the workbook and return the file.

    Messages of unforeseen errors are left out, and folders: both may tell names.
    """
    note = book.with_name(f"{book.stem}（出错详情）.txt")
    lines = [f"操作 {action}", f"Python {platform.python_version()} {platform.system()}"]
    lines.extend(f"{package} {_version(package)}" for package in _PACKAGES)
    current: BaseException | None = error
    while current is not None:
        lines.append("")
        lines.extend(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        lines.append(type(current).__name__)
        current = current.__cause__ or current.__context__
    note.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return note


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "?"

"""Writing a file in one go: at every moment there is the old one or the new one, never half of either."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from xl_disclosure.errors import InputError, Place

# What Excel, LibreOffice and WPS lay beside a document while they have it open.
_OWNER_FILES = ("~${name}", ".~lock.{name}#", ".~{name}")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, or replace the one that is there and keep its access rights.

    Raises:
        InputError: the folder is missing, the disk is full, or the file is read-only or open in a spreadsheet.
    """
    target = path.resolve()
    waiting = target.with_name(f".xl-disclosure-{os.getpid()}.tmp")
    try:
        _refuse_open_file(target)
        _refuse_read_only_file(target)
        _write_through(waiting, content)
        if target.exists():
            shutil.copymode(target, waiting)
        waiting.replace(target)
    except OSError as error:
        raise _explain(error, path) from error
    finally:
        with suppress(OSError):
            waiting.unlink()


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_open_file(target: Path) -> None:
    owner_files = {pattern.format(name=target.name) for pattern in _OWNER_FILES}
    for found in target.parent.iterdir():
        if found.name in owner_files:
            raise InputError(
                "正被 Excel、WPS 或 LibreOffice 打开，写不进去",
                f"先关闭它再试；如果确实没有打开，删除同一文件夹里的“{found.name}”",
                Place(str(target)),
            )


def _refuse_read_only_file(target: Path) -> None:
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise InputError("文件是只读的，写不进去", "取消文件的只读属性，或者另取一个文件名", Place(str(target)))


def _explain(error: OSError, path: Path) -> InputError:
    place = Place(str(path))
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return InputError("没有这个文件夹", "检查文件夹名称，或者先建好文件夹", place)
        case IsADirectoryError():
            return InputError("是一个文件夹，不是文件", "换一个文件名", place)
        case PermissionError():
            return InputError(
                "写不进去：可能正被 Excel 打开，或者没有这个文件夹的写权限",
                "在 Excel 中关闭它，或者换一个文件夹",
                place,
            )
        case _:
            return InputError(f"写不进去（{error.strerror}）", "检查磁盘空间和网络盘是否可用", place)

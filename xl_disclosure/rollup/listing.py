"""The files of a folder, each as it stood when it was listed."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from xl_disclosure.errors import InputError, Place

UNSETTLED_NS = 2_000_000_000
"""A file last written so shortly before it was read may change again without any of its times showing it."""

State = str
"""What tells a file from a changed one without reading it; blank for one that may yet change unseen."""


class ListedFile(NamedTuple):
    """Hold one file: ``place`` is its path, ``name`` that below the folder, with slashes on every system.

    Of a link the state is blank. ``written`` is when it was last written, in seconds since 1970; None where that
    cannot be told. ``leads_out`` tells of a link to somewhere outside the folder.
    """

    place: str
    name: str
    state: State = ""
    written: float | None = None
    leads_out: bool = False

    @property
    def path(self) -> Path:
        """Return its path to read it by."""
        return Path(self.place)


def list_files(folder: Path, leave_out: Sequence[Path] = ()) -> list[ListedFile]:
    """Return every file below a folder in a fixed order, hidden ones and those named left out.

    Links and whatever else is neither file nor folder are listed too, so that each is accounted for. Raises InputError
    when the folder is missing or holds no file.
    """
    if not folder.is_dir():
        raise InputError("没有这个文件夹", "检查文件夹名称，把下级单位的报表放在里面", Place(file=str(folder)))
    left_out = {path.resolve() for path in leave_out}
    endings = tuple(os.sep + path.name for path in left_out)
    home, now = folder.resolve(), time.time_ns()
    files = [
        _look_at(place, name, home, now)
        for place, name in _below(folder)
        if not place.endswith(endings) or Path(place).resolve() not in left_out
    ]
    if not files:
        raise InputError("文件夹是空的", "把下级单位的报表放进去再汇总", Place(file=str(folder)))
    return files


def _below(folder: Path) -> Iterator[tuple[str, str]]:
    """Give what is no folder below one, with its path from there, in order, but for what is hidden.

    Links are not followed. A folder that cannot be opened is given itself, as what is in it cannot be accounted for.
    """
    waiting = [(str(folder), "", True)]
    while waiting:
        place, name, is_folder = waiting.pop()
        if not is_folder:
            yield place, name
            continue
        try:
            with os.scandir(place) as found:
                entries = sorted(found, key=attrgetter("name"), reverse=True)
        except OSError:
            yield place, name
            continue
        opening = f"{name}/" if name else ""
        for entry in entries:
            leads_down = entry.is_dir(follow_symlinks=False)
            if leads_down or not entry.name.startswith("."):
                waiting.append((entry.path, opening + entry.name, leads_down))


def _look_at(place: str, name: str, home: Path, now: int) -> ListedFile:
    try:
        found = os.lstat(place)  # What a folder of Windows tells of its files may be out of date.
    except OSError:
        return ListedFile(place, name)
    if stat.S_ISREG(found.st_mode):
        return ListedFile(place, name, _state(found, now), found.st_mtime)
    leads_out = stat.S_ISLNK(found.st_mode) and not Path(os.path.realpath(place)).is_relative_to(home)
    return ListedFile(place, name, "", found.st_mtime, leads_out)


def _state(found: os.stat_result, now: int) -> State:
    """Return what tells a file from a changed one; blank for what was written just before a time in nanoseconds."""
    written, changed = found.st_mtime_ns, found.st_ctime_ns
    if written + UNSETTLED_NS > now or changed + UNSETTLED_NS > now:
        return ""
    return f"{found.st_size} {written} {changed} {found.st_ino} {found.st_dev}"

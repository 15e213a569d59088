"""Installing the buttons for this user, and taking everything back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from xl_disclosure.errors import DisclosureError, Place, SetupError
from xl_disclosure.installation.machine import Machine, Platform
from xl_disclosure.installation.office_settings import office_profile, refuse_running_office, take_office_settings
from xl_disclosure.installation.plan import FileChange, FileKind, plan_installation
from xl_disclosure.installation.record import Record, encode_record, read_record, record_path
from xl_disclosure.installation.xlwings_settings import read_settings, take_settings
from xl_disclosure.workbook.replace_file import replace_file

_PROGRAM_RIGHTS = 0o755


def install(machine: Machine, folders: Sequence[Path]) -> list[Path]:
    """Install the buttons for the user, anew where they are installed, and return the files written.

    Raises:
        InputError: a folder cannot be trusted, or a file cannot be written.
        SetupError: the machine lacks something, a program in use holds a file, or a file did not come out as written.
    """
    _refuse_running_programs(machine)
    uninstall(machine)
    changes = plan_installation(machine, folders)
    path = record_path(machine)
    made = _missing_folders([path, *(change.path for change in changes)])
    try:
        _make_folders(made)
        replace_file(path, encode_record(Record(changes, made)))
        for change in changes:
            _write(change)
    except DisclosureError:
        uninstall(machine)
        _remove_empty(made)
        raise
    return [change.path for change in changes]


def uninstall(machine: Machine) -> list[Path]:
    """Take back everything an installation changed for the user, and nothing else; return the files taken back.

    Raises:
        InputError: a file cannot be written.
        SetupError: a program in use holds a file, or the record of the installation is damaged.
    """
    record = read_record(machine)
    if record is None:
        return []
    _refuse_running_programs(machine)
    for change in reversed(record.changes):
        _take_back(change, machine.encoding)
    record_path(machine).unlink()
    _remove_empty(record.folders)
    return [change.path for change in record.changes]


def _refuse_running_programs(machine: Machine) -> None:
    if machine.platform is Platform.LINUX:
        refuse_running_office(office_profile(machine))


def _missing_folders(files: Iterable[Path]) -> list[Path]:
    """Return the folders to make for files, outer ones first."""
    missing = {folder for file in files for folder in file.parents if not folder.exists()}
    return sorted(missing)


def _make_folders(folders: Sequence[Path]) -> None:
    for folder in folders:
        try:
            folder.mkdir()
        except OSError as error:
            raise SetupError("建不了这个文件夹", "检查上一级文件夹的写权限", Place(str(folder))) from error


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in reversed(folders):
        with suppress(OSError):  # it was not made, or somebody else has put something there
            folder.rmdir()


def _write(change: FileChange) -> None:
    replace_file(change.path, change.content)
    if change.is_program:
        change.path.chmod(_PROGRAM_RIGHTS)
    if change.path.read_bytes() != change.content:
        raise SetupError("写入后读出的内容不同", "检查杀毒软件和磁盘，再试", Place(str(change.path)))


def _take_back(change: FileChange, encoding: str) -> None:
    if not change.path.exists():
        return
    present = change.path.read_bytes()
    if present == change.earlier:
        return
    content = _content_without(change, present, encoding)
    if content is not None:
        replace_file(change.path, content)
        return
    try:
        change.path.unlink()
    except PermissionError as error:
        raise SetupError("删不掉，可能正被 Excel 使用", "退出 Excel 再试", Place(str(change.path))) from error


def _content_without(change: FileChange, present: bytes, encoding: str) -> bytes | None:
    """Return what a file holds without our change; None when it was only there for us."""
    if present == change.content:
        return change.earlier
    match change.kind:
        case FileKind.OWN:
            return change.earlier
        case FileKind.XLWINGS_SETTINGS:
            return _settings_without(change, present, encoding) or change.earlier
        case FileKind.OFFICE_SETTINGS:
            return take_office_settings(present, change.content, change.earlier)


def _settings_without(change: FileChange, present: bytes, encoding: str) -> bytes:
    """Return a file of xlwings' settings without ours."""
    before, written, now = (
        content.decode(encoding, errors="surrogateescape")
        for content in (change.earlier or b"", change.content, present)
    )
    had = read_settings(before)
    ours = {key: value for key, value in read_settings(written).items() if had.get(key) != value}
    return take_settings(now, ours, before).encode(encoding, errors="surrogateescape")

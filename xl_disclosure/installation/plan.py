"""What an installation writes, as values: nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from xl_disclosure.errors import InputError, Place
from xl_disclosure.installation.add_in import ADD_IN_NAME, build_add_in
from xl_disclosure.installation.machine import Machine, Platform
from xl_disclosure.installation.office_settings import office_profile, put_office_settings
from xl_disclosure.installation.program import program_script
from xl_disclosure.installation.xlwings_modules import SETTINGS_NAME, read_mac_script
from xl_disclosure.installation.xlwings_settings import put_settings, settings_for
from xl_disclosure.libreoffice.office_profile import settings_file

_MAC_OFFICE = Path("Library", "Group Containers", "UBF8T346G9.Office", "User Content.localized")
_MAC_EXCEL = "com.microsoft.Excel"


class FileKind(StrEnum):
    """Name whose a file is: ours alone, or one that others write settings into as well."""

    OWN = "own"
    XLWINGS_SETTINGS = "xlwings-settings"
    OFFICE_SETTINGS = "office-settings"


@dataclass(frozen=True, slots=True)
class FileChange:
    """State one file to write: what it holds now (None where it is missing) and what it is to hold."""

    path: Path
    kind: FileKind
    earlier: bytes | None
    content: bytes
    is_program: bool = False


def plan_installation(machine: Machine, folders: Sequence[Path]) -> list[FileChange]:
    """Return the files to write for a machine; ``folders`` are those whose workbooks LibreOffice shall trust.

    Raises:
        InputError: a folder is missing or too wide to be trusted, or was named for Excel, which knows no such list.
        SetupError: this Python cannot be started from Excel, or LibreOffice's settings stand against it.
    """
    if machine.platform is Platform.LINUX:
        return _plan_libreoffice(machine, folders)
    if folders:
        raise InputError("--folder 只用于 LibreOffice", "去掉 --folder；在 Excel 中打开工作簿时点“启用内容”")
    return _plan_excel(machine)


def _plan_excel(machine: Machine) -> list[FileChange]:
    settings_path = _xlwings_settings_path(machine)
    earlier = _read(settings_path)
    # What is no text of this encoding is somebody else's and goes through untouched.
    text = (earlier or b"").decode(machine.encoding, errors="surrogateescape")
    settings = put_settings(text, settings_for(machine)).encode(machine.encoding, errors="surrogateescape")
    changes = [
        _own(_start_folder(machine) / ADD_IN_NAME, build_add_in()),
        FileChange(settings_path, FileKind.XLWINGS_SETTINGS, earlier, settings),
    ]
    if machine.platform is Platform.MAC:
        name, content = read_mac_script()
        changes.append(_own(machine.home / "Library" / "Application Scripts" / _MAC_EXCEL / name, content))
    return changes


def _start_folder(machine: Machine) -> Path:
    """Return the folder whose add-ins Excel opens, and trusts, whenever this user starts it."""
    if machine.platform is Platform.MAC:
        return machine.home / _MAC_OFFICE / "Startup.localized" / "Excel"
    return machine.application_data / "Microsoft" / "Excel" / "XLSTART"


def _xlwings_settings_path(machine: Machine) -> Path:
    """Return the file that xlwings' add-in module reads; on a Mac its home is that of Excel's sandbox."""
    if machine.platform is Platform.MAC:
        return machine.home / "Library" / "Containers" / _MAC_EXCEL / "Data" / f"{SETTINGS_NAME}.conf"
    return machine.home / f".{SETTINGS_NAME}" / f"{SETTINGS_NAME}.conf"


def _plan_libreoffice(machine: Machine, folders: Sequence[Path]) -> list[FileChange]:
    trusted = [_checked(folder.resolve(), machine.home) for folder in folders or [Path.cwd()]]
    path = settings_file(office_profile(machine))
    earlier = _read(path)
    changes = [FileChange(path, FileKind.OFFICE_SETTINGS, earlier, put_office_settings(earlier, trusted))]
    program = machine.home / ".local" / "bin" / "xl-disclosure"
    if not program.exists():
        # The workbooks' macros look there: a desktop does not know the virtual environment of a terminal.
        changes.append(FileChange(program, FileKind.OWN, None, program_script(machine.interpreter), is_program=True))
    return changes


def _checked(folder: Path, home: Path) -> Path:
    if not folder.is_dir():
        raise InputError("没有这个文件夹", "检查文件夹名称", Place(str(folder)))
    if home.resolve().is_relative_to(folder):
        raise InputError(
            "这个文件夹太大：LibreOffice 会信任其中所有文件里的宏",
            "用 --folder 指明只放报表的文件夹",
            Place(str(folder)),
        )
    return folder


def _own(path: Path, content: bytes) -> FileChange:
    return FileChange(path, FileKind.OWN, _read(path), content)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None

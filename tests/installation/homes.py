"""Machines that are not there: a home folder for each platform, and what stands in it."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.installation.machine import Machine, Platform
from xl_disclosure.libreoffice.office_profile import write_settings

INTERPRETERS = {
    Platform.WINDOWS: r"C:\Users\张三\AppData\Local\Programs\xl disclosure\Scripts\python.exe",
    Platform.MAC: "/Users/zhang/xl-disclosure/bin/python",
    Platform.LINUX: "/home/zhang/工具 箱/bin/python",
}
_APPLICATION_DATA = {
    Platform.WINDOWS: Path("AppData", "Roaming"),
    Platform.MAC: Path("Library", "Application Support"),
    Platform.LINUX: Path(".config"),
}


OFFICE_PROFILE = Path(".config", "libreoffice", "4")
SETTINGS = {
    Platform.WINDOWS: Path(".xl_disclosure", "xl_disclosure.conf"),
    Platform.MAC: Path("Library", "Containers", "com.microsoft.Excel", "Data", "xl_disclosure.conf"),
}
ADD_INS = {
    Platform.WINDOWS: Path("AppData", "Roaming", "Microsoft", "Excel", "XLSTART", "xl_disclosure.xlam"),
    Platform.MAC: Path(
        "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/xl_disclosure.xlam"
    ),
}


def make_machine(platform: Platform, home: Path) -> Machine:
    """Describe a machine of a platform whose user lives in `home`; Windows is the Chinese one, code page 936."""
    home.mkdir(parents=True, exist_ok=True)
    encoding = "cp936" if platform is Platform.WINDOWS else "utf-8"
    return Machine(platform, home, home / _APPLICATION_DATA[platform], INTERPRETERS[platform], encoding)


def contents(home: Path) -> dict[str, bytes | None]:
    """Return everything below a home folder: files with their content, folders with None."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes() if path.is_file() else None for path in home.rglob("*")
    }


def furnish(machine: Machine) -> None:
    """Lay out a home as a clerk's is: with add-ins and settings of the clerk's own."""
    if machine.platform is Platform.LINUX:
        write_settings(machine.home / OFFICE_PROFILE, trusted_folders=[machine.home / "别的"])
        return
    other = machine.home / ADD_INS[machine.platform].with_name("别人的.xlam")
    settings = machine.home / SETTINGS[machine.platform]
    for path in (other, settings):
        path.parent.mkdir(parents=True)
    other.write_bytes(b"PK")
    line = '"SHOW CONSOLE","True"\r\n"interpreter_win","D:\\旧\\python.exe"\r\n"INTERPRETER_MAC","/旧/python"'
    settings.write_bytes(line.encode(machine.encoding))

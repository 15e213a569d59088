"""LibreOffice's settings for this user: the folders whose macros it trusts, and the pipe that Python reaches it by."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError

from xl_disclosure.errors import SetupError
from xl_disclosure.installation.machine import Machine
from xl_disclosure.libreoffice.connection import DEFAULT_PIPE
from xl_disclosure.libreoffice.office_profile import (
    pipe_address,
    read_connection,
    read_trusted_folders,
    remove_settings,
    settings_file,
    write_settings,
)


def office_profile(machine: Machine) -> Path:
    """Return the profile that LibreOffice uses when it is started without naming one."""
    return machine.application_data / "libreoffice" / "4"


def refuse_running_office(profile: Path) -> None:
    """Refuse to go on while LibreOffice runs: it writes its own settings over ours when it ends.

    Raises:
        SetupError: LibreOffice runs with the profile.
    """
    lock = profile / ".lock"
    if lock.exists():
        raise SetupError(
            "LibreOffice 正在运行，它退出时会盖掉新的设置",
            f"关闭全部 LibreOffice 窗口再试；如果确实没有运行，删除文件 {lock}",
        )


def put_office_settings(content: bytes | None, folders: Sequence[Path]) -> bytes:
    """Return LibreOffice's settings with our pipe and the trusted folders put in.

    Raises:
        SetupError: LibreOffice listens on something else for another program, or its settings are damaged.
    """
    with _profile_of(content) as profile:
        present = _read_connection(profile)
        if present not in ("", pipe_address(DEFAULT_PIPE)):
            raise SetupError(
                f"LibreOffice 已为别的程序设了连接“{present}”",
                "请管理员确认不再需要后，在 LibreOffice 的高级配置里清除 ooSetupConnectionURL，再试",
            )
        write_settings(profile, pipe=DEFAULT_PIPE, trusted_folders=folders)
        return settings_file(profile).read_bytes()


def take_office_settings(content: bytes, written: bytes, earlier: bytes | None) -> bytes:
    """Return LibreOffice's settings without what we wrote into an earlier content of them."""
    with _profile_of(earlier) as profile:
        had_pipe = read_connection(profile) != ""
        trusted_before = read_trusted_folders(profile)
    with _profile_of(written) as profile:
        ours = [_path(address) for address in read_trusted_folders(profile) if address not in trusted_before]
    with _profile_of(content) as profile:
        remove_settings(profile, trusted_folders=ours)
        if had_pipe:
            write_settings(profile, pipe=DEFAULT_PIPE)
        return settings_file(profile).read_bytes()


def _read_connection(profile: Path) -> str:
    try:
        return read_connection(profile)
    except ParseError as error:
        raise SetupError("LibreOffice 的设置文件已损坏", "打开 LibreOffice，或请管理员重建用户配置") from error


@contextmanager
def _profile_of(content: bytes | None) -> Iterator[Path]:
    """Lay a content of settings into a profile of its own, to be changed there, and yield its folder."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        if content is not None:
            settings_file(profile).parent.mkdir()
            settings_file(profile).write_bytes(content)
        yield profile


def _path(address: str) -> Path:
    return Path(unquote(urlsplit(address).path))

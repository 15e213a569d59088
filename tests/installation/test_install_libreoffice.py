from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.installation.homes import OFFICE_PROFILE, contents, furnish, make_machine
from xl_disclosure.cli import main
from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.installation.install import install, uninstall
from xl_disclosure.installation.machine import Platform
from xl_disclosure.libreoffice.office_profile import (
    read_connection,
    read_trusted_folders,
    remove_settings,
    write_settings,
)


def test_libreoffice_listens_and_trusts_the_folder(tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    furnish(machine)
    install(machine, [returns])
    profile = machine.home / OFFICE_PROFILE
    assert read_connection(profile) == "pipe,name=xlwings;urp;"
    assert read_trusted_folders(profile) == [(machine.home / "别的").as_uri(), returns.as_uri()]


def test_libreoffice_trusts_the_present_folder_where_none_is_named(
    tmp_path: Path, returns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    monkeypatch.chdir(returns)
    install(machine, [])
    assert read_trusted_folders(machine.home / OFFICE_PROFILE) == [returns.as_uri()]


def test_what_libreoffice_wrote_since_stays(tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    furnish(machine)
    profile = machine.home / OFFICE_PROFILE
    install(machine, [returns])
    write_settings(profile, trusted_folders=[tmp_path / "后加的"])
    uninstall(machine)
    assert read_connection(profile) == ""
    assert read_trusted_folders(profile) == [(machine.home / "别的").as_uri(), (tmp_path / "后加的").as_uri()]


def test_a_folder_and_a_pipe_that_were_there_before_stay(tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    profile = machine.home / OFFICE_PROFILE
    write_settings(profile, pipe="xlwings", trusted_folders=[returns])
    install(machine, [returns])
    write_settings(profile, trusted_folders=[tmp_path / "后加的"])
    uninstall(machine)
    assert read_connection(profile) == "pipe,name=xlwings;urp;"
    assert read_trusted_folders(profile) == [returns.as_uri(), (tmp_path / "后加的").as_uri()]
    remove_settings(profile, trusted_folders=[returns])


def test_the_workbooks_macros_find_the_program_on_the_desktop(tmp_path: Path, returns: Path) -> None:
    machine = replace(make_machine(Platform.LINUX, tmp_path / "home"), interpreter=sys.executable)
    install(machine, [returns])
    program = machine.home / ".local" / "bin" / "xl-disclosure"
    bare = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([program, "editions"], cwd=returns, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, "2021" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("interpreter", ["/没有/bin/python", "/bin/false"])
def test_a_click_that_does_not_reach_python_says_so_beside_the_workbook(
    interpreter: str, tmp_path: Path, returns: Path
) -> None:
    machine = replace(make_machine(Platform.LINUX, tmp_path / "home"), interpreter=interpreter)
    install(machine, [returns])
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text('#!/bin/sh\necho "$1" > "$0.shown"\n', encoding="utf-8")
    opener.chmod(0o755)
    program = machine.home / ".local" / "bin" / "xl-disclosure"
    environment = {"PATH": f"{opener.parent}:{os.defpath}"}
    command = [str(program), "button", "check", str(returns / "我 局.2023.xlsm")]
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode != 0
    note = returns / "我 局.2023（没有完成，原因见内）.txt"
    assert "Python 启动不了" in note.read_text(encoding="utf-8")
    assert opener.with_name("xdg-open.shown").read_text(encoding="utf-8").strip() == str(note)
    subprocess.run([program, "editions"], env=environment, cwd=returns, capture_output=True, check=False)
    assert list(returns.iterdir()) == [note]


def test_a_program_that_stands_there_already_is_left_alone(tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    program = machine.home / ".local" / "bin" / "xl-disclosure"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    install(machine, [returns])
    assert program.read_text() == "#!/bin/sh\n"


@pytest.mark.parametrize("act", ["install", "uninstall"])
def test_a_libreoffice_that_runs_is_waited_for(act: str, tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    if act == "uninstall":
        install(machine, [returns])
    lock = machine.home / OFFICE_PROFILE / ".lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    before = contents(machine.home)
    with pytest.raises(SetupError, match=r"LibreOffice 正在运行.*关闭.*\.lock"):
        install(machine, [returns]) if act == "install" else uninstall(machine)
    assert contents(machine.home) == before


def test_a_libreoffice_that_listens_for_another_program_is_left_to_it(tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    write_settings(machine.home / OFFICE_PROFILE, pipe="other")
    before = contents(machine.home)
    with pytest.raises(SetupError, match="已为别的程序设了连接“pipe,name=other;urp;”"):
        install(machine, [returns])
    assert contents(machine.home) == before


def test_damaged_settings_of_libreoffice_are_told_of_and_left(tmp_path: Path, returns: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    settings = machine.home / OFFICE_PROFILE / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text("<oor:items")
    with pytest.raises(SetupError, match="LibreOffice 的设置文件已损坏"):
        install(machine, [returns])
    assert settings.read_text() == "<oor:items"


def test_a_whole_home_is_too_wide_to_be_trusted(tmp_path: Path) -> None:
    machine = make_machine(Platform.LINUX, tmp_path / "home")
    for folder in (machine.home, tmp_path):
        with pytest.raises(InputError, match=r"这个文件夹太大.*--folder"):
            install(machine, [folder])
    with pytest.raises(InputError, match="没有这个文件夹"):
        install(machine, [tmp_path / "没有"])
    assert contents(machine.home) == {}


def test_the_command_installs_for_this_user_and_takes_back(
    tmp_path: Path, returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert main(["install", "--folder", str(returns)]) == 0
    told = capsys.readouterr().out
    assert str(home / OFFICE_PROFILE) in told
    assert sys.executable in told
    assert main(["install", "--uninstall"]) == 0
    assert "已取消安装" in capsys.readouterr().out
    assert contents(home) == {}
    assert main(["install", "--uninstall"]) == 0
    assert "没有安装过" in capsys.readouterr().out

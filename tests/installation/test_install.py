from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from xlwings import utils

from tests.installation.homes import ADD_INS, INTERPRETERS, SETTINGS, contents, furnish, make_machine
from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.installation import plan
from xl_disclosure.installation.add_in import build_add_in
from xl_disclosure.installation.install import install, uninstall
from xl_disclosure.installation.machine import Machine, Platform, name_platform
from xl_disclosure.installation.record import record_path
from xl_disclosure.installation.xlwings_modules import read_mac_script
from xl_disclosure.installation.xlwings_settings import read_settings
from xl_disclosure.workbook.replace_file import replace_file

EXCEL = list(ADD_INS)


@pytest.fixture(params=list(Platform))
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return make_machine(request.param, tmp_path / "home")


def _folders(machine: Machine, returns: Path) -> list[Path]:
    return [returns] if machine.platform is Platform.LINUX else []


@pytest.mark.parametrize("is_furnished", [False, True])
def test_installing_and_taking_back_leaves_a_home_as_it_was(
    machine: Machine, returns: Path, is_furnished: bool
) -> None:
    if is_furnished:
        furnish(machine)
    before = contents(machine.home)
    written = install(machine, _folders(machine, returns))
    assert contents(machine.home) != before
    assert all(path.is_file() for path in written)
    assert sorted(uninstall(machine)) == sorted(written)
    assert contents(machine.home) == before


def test_installing_twice_is_installing_once(machine: Machine, returns: Path) -> None:
    furnish(machine)
    before = contents(machine.home)
    install(machine, _folders(machine, returns))
    once = contents(machine.home)
    install(machine, _folders(machine, returns))
    assert contents(machine.home) == once
    uninstall(machine)
    assert contents(machine.home) == before


def test_taking_back_what_was_never_installed_changes_nothing(machine: Machine) -> None:
    furnish(machine)
    before = contents(machine.home)
    assert uninstall(machine) == []
    assert contents(machine.home) == before


@pytest.mark.parametrize("platform", EXCEL)
def test_the_add_in_stands_where_excel_opens_it(platform: Platform, tmp_path: Path) -> None:
    machine = make_machine(platform, tmp_path)
    install(machine, [])
    assert (tmp_path / ADD_INS[platform]).read_bytes() == build_add_in()


@pytest.mark.parametrize("platform", EXCEL)
def test_the_settings_name_this_python_and_keep_what_else_they_said(platform: Platform, tmp_path: Path) -> None:
    machine = make_machine(platform, tmp_path)
    furnish(machine)
    before = read_settings((tmp_path / SETTINGS[platform]).read_bytes().decode(machine.encoding))
    install(machine, [])
    after = read_settings((tmp_path / SETTINGS[platform]).read_bytes().decode(machine.encoding))
    ours = {Platform.WINDOWS: "INTERPRETER_WIN", Platform.MAC: "INTERPRETER_MAC"}[platform]
    assert after == before | {ours: INTERPRETERS[platform], "ADD_WORKBOOK_TO_PYTHONPATH": "false"}


def test_the_settings_keep_the_workbooks_folder_off_pythons_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = make_machine(Platform.WINDOWS, tmp_path)
    install(machine, [])
    settings = read_settings((tmp_path / SETTINGS[Platform.WINDOWS]).read_bytes().decode(machine.encoding))
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = list(sys.path)
    # As the module of xlwings puts it together, with nothing set for OneDrive and SharePoint.
    prepare_sys_path: Callable[[str], None] = utils.prepare_sys_path
    prepare_sys_path(f"{settings['ADD_WORKBOOK_TO_PYTHONPATH']};D:/报表/我局.xlsm;D:/加载项.xlam;;;;")
    assert [path for path in sys.path if path] == [path for path in before if path]


def test_a_setting_that_was_added_or_changed_since_stays(tmp_path: Path) -> None:
    machine = make_machine(Platform.WINDOWS, tmp_path)
    furnish(machine)
    path = tmp_path / SETTINGS[Platform.WINDOWS]
    before = read_settings(path.read_bytes().decode("cp936"))
    install(machine, [])
    text = path.read_bytes().decode("cp936").replace('PYTHONPATH","false"', 'PYTHONPATH","true"')
    path.write_bytes(f'{text}"NEW","新"\r\n'.encode("cp936"))
    uninstall(machine)
    after = read_settings(path.read_bytes().decode("cp936"))
    assert after == before | {"ADD_WORKBOOK_TO_PYTHONPATH": "true", "NEW": "新"}


def test_on_a_mac_the_script_that_starts_python_is_that_of_the_installed_xlwings(tmp_path: Path) -> None:
    install(make_machine(Platform.MAC, tmp_path), [])
    name, content = read_mac_script()
    script = tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel" / name
    assert script.read_bytes() == content
    assert b"on VbaHandler(ParameterString)" in content


@pytest.mark.parametrize(
    ("platform", "interpreter", "character"),
    [
        (Platform.MAC, "/Users/zhang/my tools/python", "空格"),
        (Platform.WINDOWS, r"C:\100%\python.exe", "%"),
        (Platform.WINDOWS, "C:\\\U0001f4c1\\python.exe", "\U0001f4c1"),
    ],
)
def test_a_path_that_excel_would_not_read_back_is_refused_and_nothing_is_written(
    platform: Platform, interpreter: str, character: str, tmp_path: Path
) -> None:
    machine = replace(make_machine(platform, tmp_path), interpreter=interpreter)
    with pytest.raises(SetupError, match=f"Excel 不能用的字符：{character}.*安装到"):
        install(machine, [])
    assert contents(tmp_path) == {}


def test_a_folder_to_trust_is_refused_where_excel_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--folder 只用于 LibreOffice"):
        install(make_machine(Platform.WINDOWS, tmp_path), [tmp_path])


def test_a_failure_half_way_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = make_machine(Platform.WINDOWS, tmp_path)
    furnish(machine)
    before = contents(tmp_path)

    def fail_at_settings(path: Path, content: bytes) -> None:
        if path.suffix == ".conf" and content != before[SETTINGS[Platform.WINDOWS].as_posix()]:
            raise InputError("写不进去", "检查磁盘")
        replace_file(path, content)

    monkeypatch.setattr("xl_disclosure.installation.install.replace_file", fail_at_settings)
    with pytest.raises(InputError, match="写不进去"):
        install(machine, [])
    assert contents(tmp_path) == before


def test_a_damaged_record_is_told_of(tmp_path: Path) -> None:
    machine = make_machine(Platform.MAC, tmp_path)
    install(machine, [])
    record_path(machine).write_text('{"changes": 3}')
    with pytest.raises(SetupError, match=r"安装记录已损坏.*重新运行"):
        uninstall(machine)


@pytest.mark.parametrize(
    ("system", "platform"), [("win32", Platform.WINDOWS), ("darwin", Platform.MAC), ("linux", Platform.LINUX)]
)
def test_the_platform_is_that_of_the_system(system: str, platform: Platform) -> None:
    assert name_platform(system) is platform


def test_planning_writes_nothing(machine: Machine, returns: Path) -> None:
    furnish(machine)
    before = contents(machine.home)
    changes = plan.plan_installation(machine, _folders(machine, returns))
    assert contents(machine.home) == before
    assert [change.earlier for change in changes] == [before.get(_below(machine, change.path)) for change in changes]


def _below(machine: Machine, path: Path) -> str:
    return path.relative_to(machine.home).as_posix()

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xlwings

from xl_disclosure.libreoffice import LibreOfficeError, uno_loading
from xl_disclosure.libreoffice.office_profile import remove_settings, write_settings
from xl_disclosure.libreoffice.uno_loading import PROGRAM_VARIABLE, find_program


def settings_of(profile: Path) -> dict[str, list[str]]:
    """Return the values of every setting in a profile by its name."""
    root = ET.parse(profile / "user" / "registrymodifications.xcu").getroot()
    name = "{http://openoffice.org/2001/registry}name"
    return {setting.attrib[name]: [text.strip() for text in setting.itertext()] for setting in root.iter("prop")}


def test_a_profile_is_told_the_pipe_and_the_trusted_folders(tmp_path: Path) -> None:
    write_settings(tmp_path, pipe="xlwings", trusted_folders=[tmp_path / "报表"])
    write_settings(tmp_path, pipe="xlwings", trusted_folders=[tmp_path / "报表", tmp_path / "其他"])
    assert settings_of(tmp_path) == {
        "ooSetupConnectionURL": ["pipe,name=xlwings;urp;"],
        "SecureURL": [(tmp_path / "报表").as_uri(), (tmp_path / "其他").as_uri()],
    }


def test_what_else_a_profile_says_stays(tmp_path: Path) -> None:
    write_settings(tmp_path, trusted_folders=[tmp_path / "原有"])
    before = settings_of(tmp_path)
    write_settings(tmp_path, pipe="xlwings", trusted_folders=[tmp_path / "报表"])
    remove_settings(tmp_path, trusted_folders=[tmp_path / "报表"])
    assert settings_of(tmp_path) == before


def test_a_list_of_trusted_folders_that_was_made_for_us_goes_with_us(tmp_path: Path) -> None:
    write_settings(tmp_path, pipe="xlwings", trusted_folders=[tmp_path / "报表"])
    remove_settings(tmp_path, trusted_folders=[tmp_path / "报表"])
    assert settings_of(tmp_path) == {}


def test_taking_back_from_a_profile_that_is_not_there_is_no_harm(tmp_path: Path) -> None:
    remove_settings(tmp_path / "没有", trusted_folders=[tmp_path])
    assert settings_of(tmp_path / "没有") == {}


def test_a_libreoffice_elsewhere_is_found_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soffice").touch()
    monkeypatch.setenv(PROGRAM_VARIABLE, str(tmp_path))
    assert find_program() == tmp_path
    monkeypatch.setenv(PROGRAM_VARIABLE, str(tmp_path / "没有"))
    with pytest.raises(LibreOfficeError, match="LibreOffice was not found: install it"):
        find_program()


def test_a_bridge_for_another_python_is_refused_before_it_does_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("soffice", "pyuno.so", "uno.py"):
        (tmp_path / name).touch()
    other = sys.version_info.minor + 1
    (tmp_path / "libpyuno.so").write_bytes(b"\x7fELF\0libpython3.%d.so.1.0\0" % other)
    monkeypatch.setenv(PROGRAM_VARIABLE, str(tmp_path))
    with pytest.raises(
        LibreOfficeError, match=rf"built for Python 3\.{other}.*run this program with Python 3\.{other}"
    ):
        uno_loading._load_files()


def test_a_libreoffice_without_a_bridge_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soffice").touch()
    monkeypatch.setenv(PROGRAM_VARIABLE, str(tmp_path))
    with pytest.raises(LibreOfficeError, match="has no bridge to Python: install it"):
        uno_loading._load_files()


@pytest.mark.libreoffice
def test_the_bridge_leaves_the_import_statement_alone() -> None:
    before = builtins.__import__
    assert uno_loading.load_uno() is sys.modules["uno"]
    assert builtins.__import__ is before


@pytest.mark.libreoffice
def test_a_libreoffice_that_was_closed_is_missed_in_words(app: xlwings.App) -> None:
    second = xlwings.App(visible=False)
    sheet = second.books[0].sheets[0]
    second.impl.connection.process.kill()
    with pytest.raises(LibreOfficeError, match="LibreOffice, or the workbook, was closed"):
        sheet["A1"].value = 1


@pytest.mark.libreoffice
def test_xlwings_loads_the_engine_only_when_asked_to() -> None:
    program = "import sys, xlwings; print('uno' in sys.modules, xlwings.engines.active)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert done.stdout.split() == ["False", "None"]

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.workbook.macro_book import BUTTONS, MacroSession, make_macro_book, run_macros
from xl_disclosure.installation.ribbon import add_ribbon
from xl_disclosure.workbook.vba.macros import load_messages
from xl_disclosure.workbook.vba.module import ModuleKind, VbaModule

pytestmark = pytest.mark.libreoffice

_PROBE = VbaModule(
    "Probe",
    """\
Attribute VB_Name = "Probe"
Public Sub WriteAnswer()
    ThisWorkbook.Worksheets(1).Range("A1").Value = Doubled(21)
End Sub
Private Function Doubled(number As Long) As Long
    Doubled = 2 * number
End Function
""",
    ModuleKind.STANDARD,
)
_RECORDING_PYTHON = """\
#!/bin/sh
printf '%s\\n' "$@" > "$0.unfinished"
mv "$0.unfinished" "$0.arguments"
"""
_START_SECONDS = 20


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_macro_book(tmp_path_factory.mktemp("年度 报告") / "示例单位 2016.xlsm", [_PROBE])
    path.write_bytes(add_ribbon(path.read_bytes()))
    return path


@pytest.fixture(scope="module")
def bare_machine(book: Path, tmp_path_factory: pytest.TempPathFactory) -> MacroSession:
    """Run macros where neither the program nor an interpreter is to be found."""
    environment = {"XL_DISCLOSURE_PYTHON": "", "PATH": os.defpath, "HOME": str(tmp_path_factory.mktemp("home"))}
    calls = [
        ["Probe.WriteAnswer"],
        ["DisclosureButtons.FindObstacle"],
        ["DisclosureMessages.MessageText", "message.program_missing"],
        ["DisclosureButtons.FillForm"],
    ]
    return run_macros(book, calls, environment)


def test_libreoffice_shows_every_module(bare_machine: MacroSession) -> None:
    assert sorted(bare_machine.modules) == [
        "DisclosureButtons",
        "DisclosureMessages",
        "Probe",
        "Sheet1",
        "Sheet2",
        "ThisWorkbook",
    ]


def test_every_button_names_its_macro(bare_machine: MacroSession) -> None:
    assert bare_machine.buttons == {
        caption: f"vnd.sun.star.script:VBAProject.DisclosureButtons.{macro}?language=Basic&location=document"
        for caption, macro in BUTTONS.items()
    }


def test_a_macro_runs(bare_machine: MacroSession) -> None:
    assert bare_machine.first_cell == 42


def test_a_missing_program_is_told_in_chinese(bare_machine: MacroSession) -> None:
    _, obstacle, message, _ = bare_machine.answers
    assert obstacle == "message.program_missing"
    assert message == load_messages()["message.program_missing"]


def test_a_chosen_interpreter_that_is_missing_is_told(book: Path, tmp_path: Path) -> None:
    environment = {"XL_DISCLOSURE_PYTHON": str(tmp_path / "no python")}
    session = run_macros(book, [["DisclosureButtons.FindObstacle"], ["DisclosureButtons.FillForm"]], environment)
    assert session.answers == ["message.interpreter_missing", None]


def test_the_installed_program_is_found_in_the_home_folder(book: Path, tmp_path: Path) -> None:
    program = tmp_path / ".local" / "bin" / "xl-disclosure"
    program.parent.mkdir(parents=True)
    program.touch()
    environment = {"XL_DISCLOSURE_PYTHON": "", "PATH": os.defpath, "HOME": str(tmp_path)}
    calls = [["DisclosureButtons.FindObstacle"], ["DisclosureButtons.CommandLine", "check"]]
    session = run_macros(book, calls, environment)
    assert session.answers == ["", f'"{program}" button check "{book}"']


def test_a_click_starts_python_with_the_action_and_the_workbook(book: Path, tmp_path: Path) -> None:
    python = tmp_path / "解释器 python"
    python.write_text(_RECORDING_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    buttons = run_macros(book, [], {}).buttons
    run_macros(book, [[buttons["审核"]]], {"XL_DISCLOSURE_PYTHON": str(python)})
    assert _recorded_arguments(python) == ["-m", "xl_disclosure.buttons", "check", str(book)]


def _recorded_arguments(python: Path) -> list[str]:
    """Wait for the started program, which the macro does not wait for."""
    record = Path(f"{python}.arguments")
    deadline = time.monotonic() + _START_SECONDS
    while not record.exists():
        assert time.monotonic() < deadline, "the click started nothing"
        time.sleep(0.05)
    return record.read_text(encoding="utf-8").splitlines()

"""The command that Excel would run on Windows, put together as the add-in's own source says, does the action.

LibreOffice stands in for Excel: only the call by which xlwings reaches the application is another.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import xlwings

from tests.live.sample_office import lay_out
from tests.running_office import headless_libreoffice
from xl_disclosure.actions.fill import fill_file
from xl_disclosure.installation.add_in import add_in_modules
from xl_disclosure.installation.machine import Machine, Platform
from xl_disclosure.installation.xlwings_settings import settings_for
from xl_disclosure.libreoffice.connection import PIPE_VARIABLE
from xl_disclosure.live.journal import FOLDER_VARIABLE
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, FINDINGS_SHEET

pytestmark = pytest.mark.libreoffice

IN_PLACE_OF_EXCEL = "from xl_disclosure import libreoffice\nlibreoffice.activate()\n"
PART = re.compile(r'"(?P<text>(?:[^"]|"")*)"|Chr\((?P<code>\d+)\)|(?P<name>[\w.]+)')


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[xlwings.Book]:
    """Give a filled workbook, open, whose name and folder hold blanks and Chinese characters."""
    path = lay_out("2021", tmp_path / "政府信息 公开")
    fill_file(path)
    with headless_libreoffice() as app, app.books.open(path) as book:
        yield book


def test_the_command_line_does_the_action_on_the_workbook_in_front(opened: xlwings.Book, tmp_path: Path) -> None:
    before = Path(opened.fullname).read_bytes()
    (tmp_path / "sitecustomize.py").write_text(IN_PLACE_OF_EXCEL, encoding="utf-8")
    arguments = split_as_windows(command_line("check", opened))
    environment = os.environ | {
        "PYTHONPATH": str(tmp_path),
        PIPE_VARIABLE: opened.app.impl.connection.pipe,
        FOLDER_VARIABLE: str(tmp_path / "数据"),
    }
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "审核完成" in done.stderr
    assert opened.sheets[FINDINGS_SHEET][BODY_FIRST_ROW, 0].value
    assert Path(opened.fullname).read_bytes() == before


def command_line(action: str, opened: xlwings.Book) -> str:
    """Return what xlwings' module hands to the command prompt, up to where the output goes."""
    sources = {module.name: re.sub(r" _\n\s*", " ", module.source) for module in add_in_modules()}
    path = "C:\\\\报表\\\\" + opened.name
    python = settings_for(Machine(Platform.WINDOWS, Path(), Path(), sys.executable, "utf-8"))
    values = {
        "CondaCmd": "",
        "DriveCommand": "",
        "PythonInterpreter": f'"{python["INTERPRETER_WIN"]}"',
        # The setting and the workbook twice; nothing is set for OneDrive and SharePoint.
        "PYTHONPATH": f"{python['ADD_WORKBOOK_TO_PYTHONPATH']};{path};{path};;;;",
        "action": action,
        "ActiveWorkbook.Name": opened.name,
        "Application.Path": r"C:\Program Files\Microsoft Office\root\Office16",
        "Application.Name": "Microsoft Excel",
        "Application.Hwnd": "4711",
        "LOG_FILE": r"C:\Temp\xlwings.log",
    }
    values["PythonCommand"] = joined(found(r"PythonCommand = (.+)", sources["DisclosureAddIn"]), values)
    values["RunCommand"] = joined(found(r"RunCommand = (CondaCmd .+)", sources["xlwings"]), values)
    whole = joined(found(r"WScript\.Run\((\"cmd\.exe .+), WindowStyle, WaitOnReturn\)", sources["xlwings"]), values)
    return whole.removeprefix("cmd.exe /C ").partition(" 2> ")[0]


def found(pattern: str, source: str) -> str:
    """Return what follows in the one line of a source that a pattern fits."""
    [expression] = re.findall(rf"^\s*(?:\w+ = )?{pattern}$", source, re.MULTILINE)
    return str(expression)


def joined(expression: str, values: Mapping[str, str]) -> str:
    """Return the text that a VBA expression of texts joined by & gives."""
    parts: list[str] = []
    for part in PART.finditer(expression):
        if part["name"]:
            parts.append(values[part["name"]])
        elif part["code"]:
            parts.append(chr(int(part["code"])))
        else:
            parts.append(part["text"].replace('""', '"'))
    return "".join(parts)


def split_as_windows(line: str) -> list[str]:
    """Return the arguments that a program for Windows reads from its command line, by the rules of Microsoft's C."""
    words = re.findall(r'(?:[^\s"\\]|\\+"?|"(?:[^"\\]|\\+"|\\+)*")+', line)
    return [re.sub(r'(\\*)("?)', _unquoted, word) for word in words]


def _unquoted(run: re.Match[str]) -> str:
    backslashes, quotation_mark = run.groups()
    if not quotation_mark:
        return backslashes
    return "\\" * (len(backslashes) // 2) + ('"' if len(backslashes) % 2 else "")

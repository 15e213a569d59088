"""Make small workbooks with macros and run those macros in LibreOffice."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.programs import find_program
from xl_disclosure.workbook.vba.macros import load_messages, load_modules
from xl_disclosure.workbook.vba.module import VbaModule, make_worksheet_module
from xl_disclosure.workbook.vba.project import build_vba_project

BUTTONS = {"填表": "FillForm", "审核": "CheckForm", "汇总": "AggregateUnits", "生成报告": "WriteReport"}
_SESSION = Path(__file__).with_name("macro_session.py")
_SESSION_SECONDS = 150


@dataclass(frozen=True, slots=True)
class MacroSession:
    """Tell what LibreOffice found in a workbook and what its macros answered."""

    modules: list[str]
    buttons: dict[str, str]
    answers: list[Any]
    first_cell: float


def make_macro_book(path: Path, modules: Sequence[VbaModule] = ()) -> Path:
    """Make a workbook with the project's macros, a button for each, and further modules."""
    sheet_modules = [make_worksheet_module("Sheet1"), make_worksheet_module("Sheet2")]
    project = build_vba_project("VBAProject", [*load_modules(), *sheet_modules, *modules])
    with xlsxwriter.Workbook(path) as book:
        book.add_vba_project(io.BytesIO(project), is_stream=True)
        book.set_vba_name("ThisWorkbook")
        form = book.add_worksheet("统计表")
        form.set_vba_name("Sheet1")
        for row, (caption, macro) in enumerate(BUTTONS.items()):
            form.insert_button(row, 1, {"macro": macro, "caption": caption})
        texts = book.add_worksheet("_xd")
        texts.set_vba_name("Sheet2")
        texts.very_hidden()
        for row, (key, text) in enumerate(load_messages().items()):
            texts.write_row(row, 0, [key, text])
    return path


def run_macros(workbook: Path, calls: Sequence[Sequence[str]], environment: Mapping[str, str]) -> MacroSession:
    """Run the calls in LibreOffice, each a macro and its arguments, with further environment variables."""
    with tempfile.TemporaryDirectory() as profile:
        order = {"soffice": find_program("soffice"), "profile": profile, "workbook": str(workbook), "calls": calls}
        done = subprocess.run(
            [_python_with_uno(), str(_SESSION)],
            input=json.dumps(order),
            env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
            capture_output=True,
            text=True,
            timeout=_SESSION_SECONDS,
            check=False,
        )
    if done.returncode != 0:
        pytest.fail(f"the macros of {workbook} did not run:\n{done.stderr}")
    return MacroSession(**json.loads(done.stdout))


def _python_with_uno() -> str:
    """Find a Python that can talk to LibreOffice: Debian's has `uno` as a package of the system's."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    pytest.fail("no Python has the module uno (Debian: python3-uno): run `make test`, which installs it")

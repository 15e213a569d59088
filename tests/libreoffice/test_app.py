from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlwings

from xl_disclosure import libreoffice
from xl_disclosure.libreoffice import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.engine import Engine

pytestmark = pytest.mark.libreoffice


def test_xlwings_knows_the_application(app: xlwings.App) -> None:
    assert app.engine.name == "libreoffice"
    assert xlwings.apps.active == app
    assert app.pid in xlwings.apps.keys()  # noqa: SIM118 - xlwings' own keys
    assert xlwings.apps[app.pid] == app
    assert Path(f"/proc/{app.pid}/comm").read_text().startswith("soffice")
    assert app.version.major >= 15
    assert (Path(app.path) / "soffice").exists()
    assert app.visible is False
    with pytest.raises(NotSupportedError, match="shows a window from its start or never"):
        app.visible = True


def test_the_status_bar_is_set_and_given_back(app: xlwings.App, book: xlwings.Book) -> None:
    assert app.status_bar is False
    app.status_bar = "正在审核"
    app.status_bar = "正在汇总"
    assert app.status_bar == "正在汇总"
    app.status_bar = False
    assert app.status_bar is False


def test_the_screen_is_held_and_released(app: xlwings.App, book: xlwings.Book) -> None:
    with app.properties(screen_updating=False):
        assert app.screen_updating is False
        app.screen_updating = False
        book.sheets[0]["A1"].value = 1
    assert app.screen_updating is True
    assert book.sheets[0]["A1"].value == 1.0


def test_calculation_waits_when_told_to(app: xlwings.App, sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1+1"]]
    with app.properties(calculation="manual"):
        sheet["A1"].value = 10
        assert sheet["B1"].value == 2.0
        app.calculate()
        assert sheet["B1"].value == 11.0
    assert app.calculation == "automatic"
    with pytest.raises(NotSupportedError, match="semiautomatic"):
        app.calculation = "semiautomatic"


@pytest.mark.parametrize(
    ("buttons", "answer"), [("ok", "ok"), ("ok_cancel", "cancel"), ("yes_no", "no"), ("yes_no_cancel", "cancel")]
)
def test_without_a_window_an_alert_is_logged_and_answered_with_care(
    app: xlwings.App, caplog: pytest.LogCaptureFixture, buttons: str, answer: str
) -> None:
    with caplog.at_level(logging.WARNING):
        assert app.alert("要覆盖吗？", buttons=buttons) == answer
    assert "要覆盖吗？" in caplog.text


def test_an_alert_with_a_callback_is_refused(app: xlwings.App) -> None:
    with pytest.raises(NotSupportedError, match="callback"):
        app.alert("完成", callback="done")


def add_macro(book: xlwings.Book) -> None:
    libraries = book.api.BasicLibraries
    libraries.createLibrary("Own")
    libraries.getByName("Own").insertByName("Sums", "Function Twice(number)\nTwice = number * 2\nEnd Function\n")


def test_a_macro_runs_and_answers(app: xlwings.App, book: xlwings.Book) -> None:
    add_macro(book)
    assert book.macro("Sums.Twice")(21) == 42
    assert app.macro("Sums.Twice")(1.5) == 3.0
    with pytest.raises(LibreOfficeError, match="has no macro module Missing"):
        book.macro("Missing.Twice")(21)
    with pytest.raises(LibreOfficeError, match="did not run"):
        book.macro("Sums.Missing")()
    with pytest.raises(NotSupportedError, match="name the module as well"):
        app.macro("Twice")(21)


def test_macros_of_a_file_are_allowed_where_its_folder_is_trusted(
    app: xlwings.App, book: xlwings.Book, tmp_path: Path
) -> None:
    add_macro(book)
    places = [tmp_path / folder / "宏.ods" for folder in ("信任", "其他")]
    for place in places:
        place.parent.mkdir()
        book.save(place)
    trusting = app.impl.engine.apps.start(window=False, trusted_folders=(places[0].parent,))
    try:
        opened = [trusting.books.open(str(place), read_only=True) for place in places]
        assert [file.api.AllowMacroExecution for file in opened] == [True, False]
    finally:
        trusting.kill()


def test_an_application_ends_with_its_workbooks_and_leaves_nothing(app: xlwings.App) -> None:
    second = xlwings.App(visible=False)
    process = second.impl.connection.process
    try:
        assert xlwings.apps.active == second
        assert len(xlwings.apps) == 2
        second.books[0].sheets[0]["A1"].value = "未保存"
        second.quit()
        assert process.has_ended
        assert not process.temporary_profile.exists()
        assert list(xlwings.apps) == [app]
    finally:
        process.kill()


def test_an_application_that_died_is_forgotten(app: xlwings.App) -> None:
    second = xlwings.App(visible=False)
    second.impl.connection.process.kill()
    assert list(xlwings.apps) == [app]
    with pytest.raises(KeyError):
        xlwings.apps[second.pid]


def test_a_window_needs_a_screen(app: xlwings.App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(LibreOfficeError, match="there is no screen"):
        xlwings.App(visible=True)


def test_a_pipe_nobody_listens_on_is_named(app: xlwings.App) -> None:
    with pytest.raises(LibreOfficeError, match="no LibreOffice listens on the pipe 'nobody'"):
        libreoffice.activate("nobody")


def test_without_any_application_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLWINGS_LIBREOFFICE_PIPE", "nobody")
    assert list(Engine().apps) == []


CALLED = """
import xlwings
from xl_disclosure import libreoffice

libreoffice.activate()
book = xlwings.Book.caller()
book.sheets.active["B1"].value = book.name + "：" + str(book.sheets.active["A1"].value)
"""


@pytest.mark.parametrize("full", [False, True])
def test_a_program_that_a_click_started_finds_its_workbook(
    app: xlwings.App, book: xlwings.Book, tmp_path: Path, *, full: bool
) -> None:
    path = tmp_path / "报表 Click.xlsx"
    book.save(path)
    book.sheets[0]["A1"].value = "未保存的内容"
    # What xlwings' RunPython puts on the command line.
    arguments = [f"--wb={path if full else path.name}", "--from_xl=1", "--app=", "--hwnd=0"]
    environment = os.environ | {"XLWINGS_LIBREOFFICE_PIPE": app.impl.connection.pipe}
    done = subprocess.run(
        [sys.executable, "-c", CALLED, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert book.sheets[0]["B1"].value == f"{path.name}：未保存的内容"

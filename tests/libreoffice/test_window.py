"""What only a window shows: LibreOffice on a virtual screen, its dialogs answered by key presses."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import xlwings

from tests.screen import PATIENCE_SECONDS, Screen, virtual_screen
from xl_disclosure import libreoffice

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Give a virtual screen."""
    with virtual_screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def window(screen: Screen) -> Iterator[xlwings.App]:
    """Give a LibreOffice with a window that shows an empty workbook."""
    libreoffice.activate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen.display)
        app = xlwings.App(visible=True)
    try:
        yield app
    finally:
        app.kill()


@pytest.fixture
def cell(window: xlwings.App) -> xlwings.Range:
    """Give a cell of the workbook in the window."""
    window.activate()
    return window.books[0].sheets[0]["A1"]


@contextmanager
def alerted(
    window: xlwings.App, prompt: str, title: str, buttons: str = "ok", mode: str | None = None
) -> Iterator[Future[str | None]]:
    """Give the answer to an alert that is shown meanwhile; one that nobody answers ends with LibreOffice."""
    thread = ThreadPoolExecutor(1)
    try:
        yield thread.submit(window.alert, prompt, title, buttons, mode)
    finally:
        thread.shutdown(wait=False)


@pytest.mark.parametrize(
    ("buttons", "mode", "key", "answer"),
    [
        ("ok", None, "Return", "ok"),
        ("ok", "info", "Escape", "ok"),
        ("yes_no", None, "alt+y", "yes"),
        ("yes_no", "critical", "alt+n", "no"),
        ("ok_cancel", "info", "Return", "ok"),
        ("yes_no_cancel", None, "Escape", "cancel"),
    ],
)
def test_an_alert_waits_for_the_users_answer(
    window: xlwings.App, screen: Screen, cell: xlwings.Range, buttons: str, mode: str | None, key: str, answer: str
) -> None:
    with alerted(window, "要覆盖吗？", "报表", buttons, mode) as answered:
        screen.close("报表", key)
        assert answered.result(PATIENCE_SECONDS) == answer


def test_cells_are_read_and_written_while_a_dialog_is_open(
    window: xlwings.App, screen: Screen, cell: xlwings.Range
) -> None:
    with alerted(window, "请稍等", "等待") as answered:
        try:
            cell.value = [["开着", 1], ["对话框", "=B1+1"]]
            assert cell.expand().value == [["开着", 1.0], ["对话框", 2.0]]
            assert not answered.done()
        finally:
            screen.close("等待", "Return")
        assert answered.result(PATIENCE_SECONDS) == "ok"


def test_the_window_is_there_and_takes_status_and_selection(window: xlwings.App, cell: xlwings.Range) -> None:
    assert window.visible is True
    cell.offset(2, 1).select()
    assert window.selection == cell.offset(2, 1)
    with window.properties(status_bar="正在审核", screen_updating=False):
        cell.value = 5
        assert (window.status_bar, window.screen_updating) == ("正在审核", False)
    assert [window.status_bar, window.screen_updating] == [False, True]
    assert cell.value == 5.0

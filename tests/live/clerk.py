"""A clerk at a screen: a LibreOffice to which the buttons were installed, and what is done in its window by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlwings

from tests.screen import HEIGHT, WIDTH, Screen, virtual_screen, wait_for
from xl_disclosure import libreoffice
from xl_disclosure.installation.install import install
from xl_disclosure.installation.machine import Machine, Platform
from xl_disclosure.installation.office_settings import office_profile
from xl_disclosure.libreoffice.connection import PIPE_VARIABLE
from xl_disclosure.libreoffice.office_profile import write_settings
from xl_disclosure.libreoffice.uno_types import uno_exception
from xl_disclosure.live.office_dialogs import TITLE

PHOTOGRAPHS = Path(__file__).resolve().parent.parent.parent / "build" / "screens"
MESSAGE = f"^{TITLE}$"
# com.sun.star.awt.PosSize.POSSIZE
_POSITION_AND_SIZE = 15


@dataclass(frozen=True)
class Office:
    """Hold a screen, the LibreOffice on it, and the folder whose workbooks it trusts."""

    screen: Screen
    app: xlwings.App
    folder: Path

    @contextmanager
    def open(self, path: Path) -> Iterator[Clerk]:
        """Give a workbook in a window as large as the screen, and close it whatever happens."""
        with self.app.books.open(path) as opened:
            opened.api.CurrentController.Frame.ContainerWindow.setPosSize(0, 0, WIDTH, HEIGHT, _POSITION_AND_SIZE)
            yield Clerk(self, opened)

    def photograph(self, name: str) -> None:
        """Keep a picture of the screen among the artefacts of the tests."""
        self.screen.photograph(PHOTOGRAPHS / f"{name}.png")

    def read(self, title: str) -> list[str]:
        """Return every text in the window with a title; none while there is no such window."""
        toolkit = self.app.api.CurrentFrame.ContainerWindow.Toolkit
        for window in map(toolkit.getTopWindow, range(toolkit.TopWindowCount)):
            if window.AccessibleContext.AccessibleName == title:
                return _texts(window.AccessibleContext)
        return []

    def document_in_front(self) -> Any:
        """Return the document of text in front, as a UNO object, once it is drawn; None while there is none."""
        component = self.app.api.CurrentComponent
        if component is None or not component.supportsService("com.sun.star.text.TextDocument"):
            return None
        component.CurrentController.Frame.ContainerWindow.Toolkit.processEventsToIdle()
        return component


@dataclass(frozen=True)
class Clerk:
    """Work with one workbook in the window by mouse and keyboard."""

    office: Office
    opened: xlwings.Book

    @property
    def screen(self) -> Screen:
        """Return the screen before the clerk."""
        return self.office.screen

    def click(self, caption: str) -> None:
        """Click a button of the sheet in front."""
        self.screen.click(*wait_for(lambda: self._settled_place(caption), f"the button {caption}"))

    def hear(self, photograph: str) -> str:
        """Return what the message on the screen says once it is there; photograph it and close it."""
        try:
            self.screen.await_window(MESSAGE)
            said = wait_for(lambda: "\n".join(self.office.read(TITLE)), "the text of the message")
        finally:
            self.office.photograph(photograph)
        self.screen.close(MESSAGE, "Return")
        return said

    def place_of_button(self, caption: str) -> tuple[int, int, int, int] | None:
        """Return left, top, width and height of a button of the sheet in front; None while it is not shown."""
        controller = self.opened.api.CurrentController
        forms = self.opened.sheets.active.api.DrawPage.Forms
        for form in map(forms.getByIndex, range(forms.Count)):
            for model in map(form.getByIndex, range(form.Count)):
                if model.Label == caption:
                    shown = controller.getControl(model).AccessibleContext
                    corner, size = shown.getLocationOnScreen(), shown.getSize()
                    return corner.X, corner.Y, size.Width, size.Height
        return None

    def _settled_place(self, caption: str) -> tuple[int, int] | None:
        """Return the middle of a button once LibreOffice has drawn what was still to be drawn."""
        before = self.place_of_button(caption)
        self.office.app.api.CurrentFrame.ContainerWindow.Toolkit.processEventsToIdle()
        if before is None or self.place_of_button(caption) != before:
            return None
        left, top, width, height = before
        return left + width // 2, top + height // 2


@contextmanager
def office_with_buttons(base: Path) -> Iterator[Office]:
    """Install the buttons into a home of one's own below a folder, and give a LibreOffice that was then started."""
    home, folder = base / "用户", base / "年报"
    for made in (home, folder):
        made.mkdir()
    machine = Machine(Platform.LINUX, home, home / ".config", sys.executable, "utf-8")
    install(machine, [folder])
    # Of several LibreOffices that would listen under one name only the first does: a click in another would reach it.
    pipe = f"xl-disclosure-screen-{os.getpid()}"
    write_settings(office_profile(machine), pipe=pipe)
    engine = libreoffice.activate()
    with virtual_screen() as screen, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen.display)
        patch.setenv("HOME", str(home))
        patch.setenv(PIPE_VARIABLE, pipe)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "WAYLAND_DISPLAY", "XL_DISCLOSURE_PYTHON"):
            patch.delenv(name, raising=False)
        app = xlwings.App(impl=engine.impl.apps.start(window=True, profile=office_profile(machine)))
        try:
            yield Office(screen, app, folder)
        finally:
            app.kill()


def _texts(shown: Any) -> list[str]:
    """Return the names and texts of all that a part of the screen shows; menus and lists that are closed give none."""
    texts: list[str] = []
    with suppress(uno_exception(), AttributeError):
        texts.append(shown.AccessibleName)
        if hasattr(shown, "getText"):
            texts.append(shown.getText())
        for child in map(shown.getAccessibleChild, range(shown.AccessibleChildCount)):
            if child is not None:
                texts += _texts(child.AccessibleContext)
    return [text for text in texts if text]

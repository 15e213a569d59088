"""A running LibreOffice, as xlwings expects an application of an engine."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_disclosure.libreoffice.advice import APP_ADVICE
from xl_disclosure.libreoffice.book import Book
from xl_disclosure.libreoffice.books import Books
from xl_disclosure.libreoffice.connection import Connection
from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.failures import explains_failures
from xl_disclosure.libreoffice.message_box import answer_unseen, show_message
from xl_disclosure.libreoffice.range import Range
from xl_disclosure.libreoffice.uno_loading import find_program
from xl_disclosure.libreoffice.uno_types import UnoObject, uno_exception
from xl_disclosure.libreoffice.unsupported import refuses_the_rest

if TYPE_CHECKING:
    from xl_disclosure.libreoffice.engine import Engine

# Of Excel: below 15 xlwings decodes the name that Book.caller() is given as an old Mac would have written it.
_VERSION = "16.0"

_RANGE = "com.sun.star.sheet.SheetCellRange"
_CELL = "com.sun.star.sheet.SheetCell"
_RANGES = "com.sun.star.sheet.SheetCellRanges"
_MACRO = re.compile(r"(?:'?(?P<book>[^']+)'?!)?(?P<module>\w+)\.(?P<procedure>\w+)")
_MODES = {"automatic": True, "manual": False}
_STATUS_STEPS = 100


@refuses_the_rest(base_classes.App, "use app.api, the UNO object (com.sun.star.frame.Desktop)", APP_ADVICE)
@explains_failures
class App:
    """Steer one running LibreOffice."""

    version = _VERSION

    def __init__(self, connection: Connection, engine: Engine) -> None:
        self.connection = connection
        self.engine = engine

    @property
    def api(self) -> UnoObject:
        """Return the UNO object of the application."""
        return self.connection.desktop

    @property
    def pid(self) -> int:
        """Return the number of LibreOffice's process."""
        return self.connection.pid

    @property
    def path(self) -> str:
        """Return the folder of LibreOffice's program."""
        return str(find_program())

    @property
    def books(self) -> Books:
        """Return the open workbooks."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """Return the selected cells, the first area of several; None when no cells are selected."""
        book = self.books.active
        selected = book.api.CurrentSelection
        if selected is None or not hasattr(selected, "supportsService"):
            return None
        if selected.supportsService(_RANGE) or selected.supportsService(_CELL):
            return book.range_at(selected.RangeAddress)
        if selected.supportsService(_RANGES) and selected.Count:
            return book.range_at(selected.RangeAddresses[0])
        return None

    @property
    def visible(self) -> bool:
        """Return whether LibreOffice has a window."""
        return self.connection.has_window

    @visible.setter
    def visible(self, visible: bool) -> None:
        if visible != self.connection.has_window:
            message = "LibreOffice shows a window from its start or never: start one by xlwings.App(visible=...)"
            raise NotSupportedError(message)

    def activate(self, steal_focus: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Make this the application that xlwings works with; LibreOffice's window comes to the front."""
        self.engine.apps.prefer(self.connection)
        frame = self.api.CurrentFrame
        if frame is not None and frame.ContainerWindow is not None:
            frame.ContainerWindow.toFront()

    def quit(self) -> None:
        """Close all workbooks without saving and end LibreOffice."""
        for book in list(self.books):
            book.close()
        self.engine.apps.forget(self.connection)
        # LibreOffice may end before it has answered.
        with contextlib.suppress(uno_exception()):
            self.api.terminate()
        if self.connection.process is not None:
            self.connection.process.wait()

    def kill(self) -> None:
        """End LibreOffice's process by force."""
        self.engine.apps.forget(self.connection)
        if self.connection.process is not None:
            self.connection.process.kill()
        else:
            os.kill(self.pid, signal.SIGKILL)

    @property
    def screen_updating(self) -> bool:
        """Return whether the windows of all workbooks show changes at once."""
        return not any(book.api.hasControllersLocked() for book in self.books)

    @screen_updating.setter
    def screen_updating(self, updating: bool) -> None:
        for book in self.books:
            # LibreOffice counts how often a window was told to wait.
            if not updating and not book.api.hasControllersLocked():
                book.api.lockControllers()
            while updating and book.api.hasControllersLocked():
                book.api.unlockControllers()

    @property
    def display_alerts(self) -> bool:
        """Return what it was set to: LibreOffice asks nothing when a program changes or saves a workbook."""
        return self.connection.display_alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self.connection.display_alerts = value

    @property
    def calculation(self) -> str:
        """Return whether the active workbook calculates by itself: "automatic" or "manual"."""
        return "automatic" if self.books.active.api.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, mode: str) -> None:
        if mode not in _MODES:
            message = f"LibreOffice calculates 'automatic' or 'manual', not {mode!r}"
            raise NotSupportedError(message)
        for book in self.books:
            book.api.enableAutomaticCalculation(_MODES[mode])

    def calculate(self) -> None:
        """Calculate all formulas of all workbooks."""
        for book in self.books:
            book.api.calculateAll()

    @property
    def status_bar(self) -> str | bool:
        """Return what this program shows in the status bar; False when that is nothing."""
        return False if self.connection.status_text is None else self.connection.status_text

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        connection = self.connection
        if connection.status_indicator is not None:
            connection.status_indicator.end()
        connection.status_indicator = connection.status_text = None
        if isinstance(text, str):
            connection.status_text = text
            connection.status_indicator = self.books.active.controller.Frame.createStatusIndicator()
            connection.status_indicator.start(text, _STATUS_STEPS)

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: object) -> str:
        """Show a message, wait, and return the button pressed; without a window the cautious answer, at once."""
        if callback is not None:
            message = "App.alert(callback=...) is not supported on LibreOffice: use the answer that alert returns"
            raise NotSupportedError(message)
        if not self.connection.has_window:
            return answer_unseen(prompt, buttons)
        return show_message(self.books.active.controller.Frame.ContainerWindow, prompt, title or "", buttons, mode)

    def run(self, macro: str, arguments: list[Any]) -> Any:
        """Run a macro of a workbook, given as 'Book.xlsm'!Module.Procedure; LibreOfficeError when there is none."""
        match = _MACRO.fullmatch(macro)
        if match is None:
            message = f"{macro!r} is not supported on LibreOffice: name the module as well, as in Module1.MyMacro"
            raise NotSupportedError(message)
        book = self.books(match["book"]) if match["book"] else self.books.active
        return _run_macro(book, match["module"], match["procedure"], tuple(arguments))


def _run_macro(book: Book, module: str, procedure: str, arguments: tuple[Any, ...]) -> Any:
    libraries = book.api.BasicLibraries
    for library in libraries.ElementNames:
        if libraries.getByName(library).hasByName(module):
            script = f"vnd.sun.star.script:{library}.{module}.{procedure}?language=Basic&location=document"
            break
    else:
        message = f"{book.name} has no macro module {module}"
        raise LibreOfficeError(message)
    try:
        return book.api.getScriptProvider().getScript(script).invoke(arguments, (), ())[0]
    except uno_exception() as error:
        message = f"{module}.{procedure} of {book.name} did not run: {error}"
        raise LibreOfficeError(message) from error

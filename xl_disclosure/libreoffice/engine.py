"""The engine: what makes xlwings work with LibreOffice instead of Excel."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlwings
from xlwings import base_classes

from xl_disclosure.libreoffice.app import App
from xl_disclosure.libreoffice.connection import Connection, chosen_pipe, connect
from xl_disclosure.libreoffice.errors import LibreOfficeError, NotSupportedError
from xl_disclosure.libreoffice.office_process import start_process
from xl_disclosure.libreoffice.unsupported import refuses_the_rest
from xl_disclosure.libreoffice.values import Scalar, clean_rows, prepare_value

_NAME = "libreoffice"
_START_SECONDS = 60.0
_numbers = itertools.count(1)


class Engine:
    """Hold the applications, and turn values into what cells hold and back."""

    name = _NAME
    # xlwings knows "desktop", "remote" and "reader".
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _: Any) -> Scalar:
        """Return a value as it is to be written."""
        return prepare_value(value)

    @staticmethod
    def clean_value_data(
        rows: Any,
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,  # noqa: FBT001
    ) -> list[list[Any]]:
        """Return rows that were read as xlwings' options ask for them."""
        return clean_rows(rows, datetime_builder, empty_as, number_builder, errors_as_text=err_to_str)


@refuses_the_rest(base_classes.Apps, "quit or kill single applications")
class Apps:
    """Hold the LibreOffices that this program is connected to, the preferred one first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connections: list[Connection] = []

    def add(self, spec: object = None, add_book: bool | None = None, visible: bool | None = None, **_: object) -> App:  # noqa: FBT001
        """Start a LibreOffice: with a window unless `visible` is False, and with a new workbook if asked for.

        Raises:
            NotSupportedError: xlwings was given a `spec`.
            LibreOfficeError: LibreOffice is not installed, or there is no screen for its window.
        """
        if spec is not None:
            message = "App(spec=...) is not supported on LibreOffice: set XLWINGS_LIBREOFFICE_PROGRAM instead"
            raise NotSupportedError(message)
        app = self.start(window=visible is not False)
        try:
            if add_book:
                app.books.add()
        except BaseException:
            app.kill()
            raise
        return app

    def start(self, *, window: bool, profile: Path | None = None, trusted_folders: tuple[Path, ...] = ()) -> App:
        """Start a LibreOffice and prefer it; a fresh profile is removed with its end."""
        pipe = f"xlwings-{os.getpid()}-{next(_numbers)}"
        process = start_process(pipe, window=window, profile=profile, trusted_folders=trusted_folders)
        try:
            connection = connect(pipe, _START_SECONDS, process)
        except BaseException:
            process.kill()
            raise
        self.prefer(connection)
        return App(connection, self._engine)

    def join(self, pipe: str) -> App:
        """Connect to the LibreOffice that listens on a pipe and prefer it; LibreOfficeError when none does."""
        known = next((known for known in self._connections if known.pipe == pipe and known.is_alive), None)
        connection = known or connect(pipe)
        self.prefer(connection)
        return App(connection, self._engine)

    def prefer(self, connection: Connection) -> None:
        """Put a connection first."""
        self.forget(connection)
        self._connections.insert(0, connection)

    def forget(self, connection: Connection) -> None:
        """Work with a connection no more."""
        self._connections = [known for known in self._connections if known is not connection]

    def keys(self) -> list[int]:
        """Return the numbers of the applications' processes."""
        return [app.pid for app in self]

    def cleanup(self) -> None:
        """Do nothing: xlwings asks for the end of Excel processes without a window."""

    def __iter__(self) -> Iterator[App]:
        self._connections = [connection for connection in self._connections if connection.is_alive]
        if not self._connections:
            self._join_what_listens()
        yield from [App(connection, self._engine) for connection in self._connections]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, pid: int) -> App:
        for app in self:
            if app.pid == pid:
                return app
        raise KeyError(pid)

    def _join_what_listens(self) -> None:
        try:
            self._connections.append(connect(chosen_pipe()))
        except LibreOfficeError:
            # Nothing listens there, so there are no applications: xlwings starts one where it needs one.
            return


def activate_engine(pipe: str | None) -> xlwings.Engine:
    """Do what `activate` of this package says."""
    known = xlwings.engines.engines_by_name.get(_NAME)
    engine = known or xlwings.Engine(impl=Engine())
    if known is None:
        xlwings.engines.add(engine)
    engine.activate()
    if pipe is not None:
        engine.impl.apps.join(pipe)
    return engine

"""Connect to a LibreOffice that listens on a named pipe."""

from __future__ import annotations

import os
import socket
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.office_process import OfficeProcess
from xl_disclosure.libreoffice.office_profile import pipe_address
from xl_disclosure.libreoffice.uno_loading import load_uno
from xl_disclosure.libreoffice.uno_types import UnoObject, uno_exception

PIPE_VARIABLE = "XLWINGS_LIBREOFFICE_PIPE"
"""Environment variable: the name of the pipe that the LibreOffice to work with listens on."""

DEFAULT_PIPE = "xlwings"

# Where LibreOffice keeps its pipes on Linux (sal/osl/unx/pipe.cxx).
_PIPE_FOLDERS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - LibreOffice's choice
_PEER = struct.Struct("3i")
_SECONDS_BETWEEN_TRIES = 0.05


@dataclass(slots=True, eq=False)
class Connection:
    """Hold a running LibreOffice, and what it cannot itself be asked for.

    ``process`` is there when this program started it. ``status_text`` is what this program shows in the status bar.
    """

    pipe: str
    pid: int
    context: UnoObject
    desktop: UnoObject
    process: OfficeProcess | None = None
    status_text: str | None = None
    status_indicator: UnoObject = None
    display_alerts: bool = True

    @property
    def is_alive(self) -> bool:
        """Tell whether LibreOffice still answers."""
        try:
            _ = self.desktop.Name
        except uno_exception():
            return False
        return True

    @property
    def has_window(self) -> bool:
        """Tell whether there is a screen on which somebody could see LibreOffice."""
        arguments = Path(f"/proc/{self.pid}/cmdline").read_bytes().split(b"\0")
        return b"--headless" not in arguments

    def create(self, service: str) -> UnoObject:
        """Return a new object of a UNO service; its name is given without the opening com.sun.star."""
        return self.context.ServiceManager.createInstanceWithContext(f"com.sun.star.{service}", self.context)


def connect(pipe: str, patience: float = 0.0, process: OfficeProcess | None = None) -> Connection:
    """Connect to the LibreOffice that listens on a pipe, waiting at most `patience` seconds for it.

    Raises:
        LibreOfficeError: nothing answers there.
    """
    load_uno()
    deadline = time.monotonic() + patience
    while True:
        context = _resolve(pipe)
        if context is not None:
            break
        if time.monotonic() > deadline or (process is not None and process.has_ended):
            raise LibreOfficeError(_absence(pipe))
        time.sleep(_SECONDS_BETWEEN_TRIES)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return Connection(pipe, _find_pid(pipe), context, desktop, process)


def chosen_pipe() -> str:
    """Return the pipe that the environment names, or the usual one."""
    return os.environ.get(PIPE_VARIABLE) or DEFAULT_PIPE


def is_listening(pipe: str) -> bool:
    """Tell whether somebody listens on a pipe, or did until it was killed, without loading LibreOffice's bridge."""
    return sys.platform != "win32" and any(place.exists() for place in _pipe_places(pipe))


def _pipe_places(pipe: str) -> list[Path]:
    return [folder / f"OSL_PIPE_{os.getuid()}_{pipe}" for folder in _PIPE_FOLDERS]


def _resolve(pipe: str) -> UnoObject | None:
    local = load_uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    try:
        return resolver.resolve(f"uno:{pipe_address(pipe)}StarOffice.ComponentContext")
    except uno_exception():
        return None


def _absence(pipe: str) -> str:
    return (
        f"no LibreOffice listens on the pipe {pipe!r}: start one with `soffice --accept='{pipe_address(pipe)}'` or "
        f"xlwings.App(visible=False), or name the right pipe in {PIPE_VARIABLE}"
    )


def _find_pid(pipe: str) -> int:
    """Ask the system who listens on the pipe: LibreOffice itself has no way to tell."""
    for path in _pipe_places(pipe):
        if path.exists():
            with socket.socket(socket.AF_UNIX) as end:
                end.connect(str(path))
                pid: int = _PEER.unpack(end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))[0]
                return pid
    message = f"the process behind the pipe {pipe!r} cannot be found: this engine knows where Linux keeps pipes, only"
    raise LibreOfficeError(message)

"""Start a LibreOffice of one's own and end it without a trace."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.office_profile import pipe_address, silence, write_settings
from xl_disclosure.libreoffice.uno_loading import find_program

_STOP_SECONDS = 10


@dataclass(slots=True, eq=False)
class OfficeProcess:
    """Hold a LibreOffice that this program started, in a process group of its own."""

    pipe: str
    process: subprocess.Popen[bytes]
    temporary_profile: Path | None

    @property
    def has_ended(self) -> bool:
        """Tell whether it runs no more."""
        return self.process.poll() is not None

    def wait(self) -> None:
        """Wait for it to end, as it was asked to; what lingers is ended by force."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it by force, with all it started, and remove its profile if nobody asked for it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.temporary_profile is not None:
            shutil.rmtree(self.temporary_profile, ignore_errors=True)


def start_process(
    pipe: str, *, window: bool = False, profile: Path | None = None, trusted_folders: Iterable[Path] = ()
) -> OfficeProcess:
    """Start LibreOffice so that it listens on a pipe: with a window, or headless.

    A LibreOffice that runs already is not disturbed: the new one gets a fresh profile, or the one given.

    Raises:
        LibreOfficeError: LibreOffice is not installed, or there is no screen for its window.
    """
    if window and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        message = "there is no screen for LibreOffice's window: use xlwings.App(visible=False), which needs none"
        raise LibreOfficeError(message)
    program = find_program() / "soffice"
    temporary = Path(tempfile.mkdtemp(prefix="libreoffice-profile-")) if profile is None else None
    place = temporary or profile or Path()
    silence(place)
    write_settings(place, trusted_folders=trusted_folders)
    command = [str(program), f"-env:UserInstallation={place.resolve().as_uri()}", f"--accept={pipe_address(pipe)}"]
    command += ["--norestore", "--nologo", "--nodefault"]
    if not window:
        command.append("--headless")
    # What the bridge needs in this process would lead another LibreOffice astray.
    environment = {name: value for name, value in os.environ.items() if name != "URE_BOOTSTRAP"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    return OfficeProcess(pipe, process, temporary)

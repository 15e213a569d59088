"""A virtual screen, with a mouse and a keyboard."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.programs import find_program

WIDTH, HEIGHT = 1800, 900
PATIENCE_SECONDS = 60
# LibreOffice's first process leaves the screen before its second one comes: it must not begin anew between them.
_SETTINGS = ("-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset")


@dataclass(frozen=True)
class Screen:
    """Use a virtual screen as somebody before it would."""

    display: str

    def click(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse at a point."""
        self._do("mousemove", "--sync", str(x), str(y), "click", "1")

    def press(self, key: str, title: str) -> None:
        """Press a key in the window with a title, as soon as there is one."""
        # A screen without a window manager gives no window the keyboard of itself.
        self._do("windowfocus", "--sync", self.window(title), "key", key)

    def window(self, title: str) -> str:
        """Return the number of the window with a title, as soon as there is one."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := self._windows(title)):
            assert time.monotonic() < deadline, f"there is no window {title}"
            time.sleep(0.1)
        return found[0]

    def shows(self, title: str) -> bool:
        """Tell whether a window with a title is there."""
        return bool(self._windows(title))

    def photograph(self, path: Path) -> None:
        """Save what the screen shows as a picture."""
        from PIL import ImageGrab

        ImageGrab.grab(xdisplay=self.display).save(path)

    def _windows(self, title: str) -> list[str]:
        return self._do("search", "--onlyvisible", "--name", title).split()

    def _do(self, *arguments: str) -> str:
        environment = os.environ | {"DISPLAY": self.display}
        command = [find_program("xdotool"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Give a virtual screen, which ends whatever happens."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [find_program("Xvfb"), "-displayfd", str(write), *_SETTINGS],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield Screen(f":{numbers.readline().strip()}")
    finally:
        server.terminate()
        server.wait()

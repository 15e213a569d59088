"""A virtual screen, with a mouse and a keyboard."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import ImageGrab

from tests.programs import find_program

# What a small office's laptop shows.
WIDTH, HEIGHT = 1280, 800
PATIENCE_SECONDS = 120
_SECONDS_BETWEEN_LOOKS = 0.05
_SECONDS_BETWEEN_KEYS = 1
_SECONDS_TO_TAKE_A_TEXT = 10
# LibreOffice brings its status bar up to date when nothing else is left to do.
_SECONDS_AT_REST = 2
# LibreOffice's first process leaves the screen before its second one comes: it must not begin anew between them.
_SETTINGS = ("-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset")

Found = TypeVar("Found")


def wait_for(find: Callable[[], Found | None], what: str) -> Found:
    """Return what is looked for as soon as it is there; the test fails where it does not come."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := find()):
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not come in {PATIENCE_SECONDS} seconds")
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return found


@dataclass(frozen=True)
class Screen:
    """Use a virtual screen as somebody before it would."""

    display: str

    def click(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse at a point."""
        self._do("mousemove", "--sync", str(x), str(y), "click", "1")

    def enter(self, text: str, title: str, is_shown: Callable[[], bool]) -> None:
        """Type a text over what a window's field says until it is shown: a busy program may miss a key."""

        def has_been_shown() -> bool:
            self._do(*self._focus(title), "key", "ctrl+a", "type", text)
            deadline = time.monotonic() + _SECONDS_TO_TAKE_A_TEXT
            while not is_shown() and time.monotonic() < deadline:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            return is_shown()

        wait_for(has_been_shown, f"{text} in the window {title}")

    def await_window(self, title: str) -> str:
        """Return the number of the window with a title, as soon as there is one."""
        return wait_for(lambda: self._windows(title), f"the window {title}")[0]

    def shows(self, title: str) -> bool:
        """Tell whether there is a window with a title."""
        return bool(self._windows(title))

    def close(self, title: str, key: str) -> None:
        """Press a key in the window with a title until the window has ended: a busy program may miss a key."""
        self.await_window(title)

        def has_ended() -> bool:
            windows = self._windows(title)
            if windows:
                # It may end between two commands, which is what is wanted.
                self._run("windowfocus", windows[0], "key", key)
                time.sleep(_SECONDS_BETWEEN_KEYS)
            return not windows

        wait_for(has_ended, f"the end of the window {title}")

    def look(self, at: tuple[int, int, int, int] | None = None) -> bytes:
        """Return the points of the screen, or of a part of it: left, top, right and bottom."""
        return ImageGrab.grab(at, xdisplay=self.display).tobytes()

    def look_at_rest(self, at: tuple[int, int, int, int]) -> bytes:
        """Return the points of a part of the screen once they have stayed the same for a while."""

        def stay() -> bytes | None:
            before = self.look(at)
            time.sleep(_SECONDS_AT_REST)
            return before if self.look(at) == before else None

        return wait_for(stay, "rest on the screen")

    def photograph(self, path: Path) -> None:
        """Save what the screen shows as a picture."""
        path.parent.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(xdisplay=self.display).save(path)

    def _focus(self, title: str) -> tuple[str, ...]:
        # A screen without a window manager gives no window the keyboard of itself.
        return "windowfocus", "--sync", self.await_window(title)

    def _windows(self, title: str) -> list[str]:
        return self._run("search", "--onlyvisible", "--name", title).stdout.split()

    def _do(self, *arguments: str) -> None:
        self._run(*arguments).check_returncode()

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [find_program("xdotool"), *arguments],
            env=os.environ | {"DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Give a virtual screen, which ends whatever happens."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [find_program("Xvfb"), "-displayfd", str(write), *_SETTINGS], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield Screen(f":{numbers.readline().strip()}")
    finally:
        server.terminate()
        server.wait()

"""A headless Chromium spoken to over a pipe, and axe run on the pages it shows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import pytest

from tests.programs import TOOLS, require_tool

_NAMES = ("chromium", "google-chrome", "chromium-browser")
_AXE = TOOLS / "axe-core" / "axe.min.js"
_HEIGHT = 900
_COMMANDS_IN, _ANSWERS_OUT = 3, 4  # the file numbers on which Chromium listens and speaks
_OPTIONS = ("--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
_RUN_AXE = "axe.run(document, {resultTypes: ['violations', 'incomplete']})"


class CheckAccess(Protocol):
    """Find what keeps people from using a page."""

    def __call__(self, page: Path, width: int) -> list[str]:
        """Return one line for every violation on a page shown `width` pixels wide: the rule and the element."""
        ...


class Browser:
    """Hold a running browser with one page open."""

    def __init__(self) -> None:
        """Start the browser, or fail the test where there is none."""
        program = next((path for name in _NAMES if (path := shutil.which(name))), None)
        if program is None:
            pytest.fail("Chromium is missing: run `make test`, which installs it")
        self._axe = require_tool(_AXE).read_text(encoding="utf-8")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands_in, commands = os.pipe()
        answers, answers_out = os.pipe()
        self._process = subprocess.Popen(
            [program, *_OPTIONS, f"--user-data-dir={self._profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: _hand_over(commands_in, answers_out),  # noqa: PLW1509  no thread holds a lock here
            pass_fds=(commands_in, answers_out, _COMMANDS_IN, _ANSWERS_OUT),
        )
        os.close(commands_in)
        os.close(answers_out)
        self._commands = os.fdopen(commands, "wb")
        self._answers = os.fdopen(answers, "rb")
        self._number = 0
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = ""
        self.ask("Browser.close")
        self._process.wait()
        self._commands.close()
        self._answers.close()
        self._profile.cleanup()

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command of the DevTools protocol and return the answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        self._commands.flush()
        while True:
            answer = json.loads(self._read())
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def show(self, page: Path, width: int) -> None:
        """Open a page on a screen of that many pixels."""
        metrics = {"width": width, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": width < _HEIGHT}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        self.ask("Page.navigate", url=page.as_uri())
        self.run("new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))")

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it comes to."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def check_access(self, page: Path, width: int) -> list[str]:
        """Return what axe finds violated on a page; see `CheckAccess`."""
        self.show(page, width)
        self.run(self._axe)
        found = self.run(_RUN_AXE)
        assert found["testEngine"]["name"] == "axe-core"
        return [
            f"{violation['id']}: {node['html']}" for violation in found["violations"] for node in violation["nodes"]
        ]

    def _read(self) -> bytes:
        message = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser has ended"
            message += byte
        return bytes(message)


def _hand_over(commands: int, answers: int) -> None:
    """Give the browser its ends of the pipes under the numbers it knows."""
    os.dup2(commands, 1000)
    os.dup2(answers, 1001)
    os.dup2(1000, _COMMANDS_IN)
    os.dup2(1001, _ANSWERS_OUT)

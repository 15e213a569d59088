"""Open a workbook in headless LibreOffice and run its macros; tests start this by a Python that has `uno`.

Reads from standard input `{"soffice", "profile", "workbook", "calls": [[macro, argument, ...], ...]}`, where a macro is
"Module.Procedure" or the script address of a button. Writes to standard output `{"modules": [name], "buttons":
{caption: script address}, "answers": [value], "first_cell": value}`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

_ALWAYS_RUN_MACROS = 4
_START_SECONDS = 60
_STOP_SECONDS = 30


def main() -> None:
    """Do what standard input asks."""
    order = json.load(sys.stdin)
    with _libreoffice(order["soffice"], Path(order["profile"])) as desktop:
        document = desktop.loadComponentFromURL(Path(order["workbook"]).as_uri(), "_blank", 0, _opening())
        if document is None:
            sys.exit(f"LibreOffice did not open {order['workbook']}")
        try:
            buttons = dict(_buttons(document))
            answers = [_run(document, *call) for call in order["calls"]]
            modules = document.BasicLibraries.getByName("VBAProject").ElementNames
            first_cell = document.Sheets.getByIndex(0).getCellByPosition(0, 0).Value
        finally:
            document.close(True)
    json.dump({"modules": modules, "buttons": buttons, "answers": answers, "first_cell": first_cell}, sys.stdout)


@contextmanager
def _libreoffice(soffice: str, profile: Path) -> Iterator[Any]:
    pipe = f"pipe,name=xl_disclosure_{os.getpid()};urp;"
    command = [soffice, "--headless", "--norestore", "--nologo", "--nodefault", f"--accept={pipe}"]
    process = subprocess.Popen(
        [*command, f"-env:UserInstallation={profile.as_uri()}"], stdout=sys.stderr, start_new_session=True
    )
    try:
        desktop = _connect(pipe)
        yield desktop
        desktop.terminate()
        process.wait(_STOP_SECONDS)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def _connect(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:{pipe}StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def _opening() -> tuple[Any, ...]:
    # A plain Python number arrives as a long, which LibreOffice does not take for this property.
    return _property("Hidden", True), _property("MacroExecutionMode", uno.Any("short", _ALWAYS_RUN_MACROS))


def _property(name: str, value: object) -> Any:
    setting = PropertyValue()
    setting.Name = name
    setting.Value = value
    return setting


def _buttons(document: Any) -> Iterator[tuple[str, str]]:
    for number in range(document.Sheets.Count):
        forms = document.Sheets.getByIndex(number).DrawPage.Forms
        for form in map(forms.getByIndex, range(forms.Count)):
            for place in range(form.Count):
                [event] = form.getScriptEvents(place)
                yield form.getByIndex(place).Label, event.ScriptCode


def _run(document: Any, macro: str, *arguments: object) -> object:
    address = macro
    if not macro.startswith("vnd.sun.star.script:"):
        address = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
    invoke: Callable[..., tuple[object, ...]] = document.getScriptProvider().getScript(address).invoke
    return invoke(arguments, (), ())[0]


if __name__ == "__main__":
    main()

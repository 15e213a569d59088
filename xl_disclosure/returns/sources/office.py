"""Old Word and WPS documents, which LibreOffice turns into what can be read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.returns.sources.memory import without_memory_limit

PROGRAM = "soffice"
LONGEST_CONVERSION = 120
"""Seconds."""


def convert_to_docx(content: bytes, suffix: str) -> bytes:
    """Return an old document as .docx, turned by LibreOffice in a folder and with settings of its own.

    Raises SetupError when LibreOffice is not installed and InputError when it cannot make anything of the document.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        what = "读取 .doc、.wps 文件要用 LibreOffice，本机没有安装"
        raise SetupError(what, "安装 LibreOffice，或用 Word、WPS 打开后另存为 .docx 再报")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / f"document{suffix}"
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", str(folder / "out"), str(source)]
        _run(command)
        converted = folder / "out" / "document.docx"
        if not converted.is_file():
            raise InputError("LibreOffice 打不开这个文件", "用 Word、WPS 打开后另存为 .docx 再报")
        return converted.read_bytes()


def _run(command: list[str]) -> None:
    """Run a program and those it starts, for so long and no longer."""
    quiet = subprocess.DEVNULL
    with without_memory_limit():
        started = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    with started as process:
        try:
            process.wait(LONGEST_CONVERSION)
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()

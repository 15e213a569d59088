"""Word documents as PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from xl_disclosure.errors import SetupError
from xl_disclosure.narrative.word_styles import FALLBACKS

PROGRAM = "soffice"

USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
"""Where LibreOffice is on machines that do not find it by name."""

_SECONDS_TO_START = 60
_SECONDS_EACH = 20
_SYSTEM_FONTS = "/etc/fonts/fonts.conf"

_CLOCK = re.compile(rb"(?<=/CreationDate\(D:)[^)]*(?=\))")
_IDENTITY = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")
_NEUTRAL_CLOCK = b"20000101000000Z'"


def word_to_pdf(document: bytes) -> bytes:
    """Return a .docx file as PDF, the same bytes for the same file.

    Raises SetupError where LibreOffice is missing or does not do it.
    """
    return words_to_pdf([document])[0]


def words_to_pdf(documents: Sequence[bytes]) -> list[bytes]:
    """Return .docx files as PDF in the same order, converted in one run.

    Raises SetupError where LibreOffice is missing or does not do it.
    """
    program = _find_program()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        _convert(program, folder, sources)
        return [_neutral(source.with_suffix(".pdf").read_bytes()) for source in sources]


def _find_program() -> str:
    found = shutil.which(PROGRAM) or next((str(place) for place in USUAL_PLACES if place.is_file()), None)
    if found is None:
        raise SetupError("没有找到 LibreOffice，不能生成 PDF", "安装 LibreOffice，或只生成 docx 和 html")
    return found


def _convert(program: str, folder: Path, sources: list[Path]) -> None:
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, sources)]
    seconds = _SECONDS_TO_START + _SECONDS_EACH * len(sources)
    try:
        subprocess.run(command, env=_environment(folder), capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError("LibreOffice 没有响应", "重新启动电脑后再试，或只生成 docx 和 html") from error
    if not all(source.with_suffix(".pdf").is_file() for source in sources):
        raise SetupError("LibreOffice 没有生成 PDF", "用 LibreOffice 打开生成的 docx 看能否导出；不能的，重新安装")


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment that tells fontconfig what to take for official fonts that are not installed."""
    fonts = folder / "fonts.conf"
    aliases = "".join(
        f'<alias binding="same"><family>{escape(font)}</family><accept>'
        f"{''.join(f'<family>{escape(other)}</family>' for other in others)}</accept></alias>"
        for font, others in FALLBACKS.items()
    )
    fonts.write_text(
        f'<?xml version="1.0"?><fontconfig><include ignore_missing="yes">{_SYSTEM_FONTS}</include>'
        f"{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(fonts)}


def _neutral(pdf: bytes) -> bytes:
    """Return the PDF with its time and identity replaced by neutral ones of the same length."""
    pdf = _CLOCK.sub(lambda found: _NEUTRAL_CLOCK[: len(found[0])].ljust(len(found[0]), b"'"), pdf)
    return _IDENTITY.sub(lambda found: b"0" * len(found[0]), pdf)

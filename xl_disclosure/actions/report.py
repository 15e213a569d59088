"""生成报告: the narrative report of a workbook, in Word, as a web page, as PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from xl_disclosure.actions.clerk_book import open_clerk_book
from xl_disclosure.actions.reading import read_usable
from xl_disclosure.actions.report_text import report_of
from xl_disclosure.errors import InputError, Place
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.word import render_word
from xl_disclosure.workbook.replace_file import replace_file

FORMATS = ("docx", "html", "pdf")
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
LONGEST_NAME = 80
"""Characters; file systems allow 255 bytes, three for a Chinese character."""


def write_report(book: Path, directory: Path, formats: Sequence[str]) -> list[Path]:
    """Write the report of a workbook into a folder and return the files, in the order asked for.

    Everything is rendered before anything is written. Raises InputError for an unknown format, an unusable workbook
    or a field that cannot be filled, SetupError when PDF is asked for and LibreOffice is missing.
    """
    wanted = [name.strip().lower() for name in formats if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            raise InputError(f"没有“{name}”这种格式", f"从 {'、'.join(FORMATS)} 中选", Place())
    clerk = open_clerk_book(book)
    report = report_of(clerk, read_usable(book, clerk.edition))
    contents = {name: _render(report, name) for name in dict.fromkeys(wanted)}
    directory.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, content in contents.items():
        path = directory / f"{_file_name(report.title)}.{name}"
        replace_file(path, content)
        written.append(path)
    return written


def _file_name(title: str) -> str:
    """Return a title as a file name that every system takes and that leads nowhere else."""
    return UNFIT.sub("_", title).strip(" .")[:LONGEST_NAME]


def _render(report: Report, name: str) -> bytes:
    if name == "html":
        return render_html(report).encode("utf-8")
    word = render_word(report)
    if name == "docx":
        return word
    from xl_disclosure.narrative.pdf import word_to_pdf

    return word_to_pdf(word)

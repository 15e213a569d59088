"""The templates a report is set in: an office's own beside its workbook, else those that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xl_disclosure.errors import InputError, Place
from xl_disclosure.narrative import html, word_template
from xl_disclosure.resources import templates_directory
from xl_disclosure.workbook.replace_file import replace_file

OFFICE_TEMPLATES: Mapping[str, str] = {"docx": "报告模板.docx", "html": "报告模板.html.j2"}
"""The name of an office's own template by the format of report it is for."""

_SHIPPED: Mapping[str, str] = {"docx": word_template.TEMPLATE_NAME, "html": html.TEMPLATE_NAME}


def template_beside(book: Path, name: str) -> Path | None:
    """Return the office's own template for a format, where one stands beside the workbook."""
    path = book.with_name(OFFICE_TEMPLATES[name])
    return path if path.is_file() else None


def lay_out_templates(folder: Path) -> tuple[Path, ...]:
    """Write the templates that come with the program into a folder, for an office to restyle, and return them.

    Raises InputError, with nothing written, where one of them is there already.
    """
    paths = {name: folder / own for name, own in OFFICE_TEMPLATES.items()}
    for path in paths.values():
        if path.exists():
            raise InputError("已有同名文件，没有改动它", "先把它移开，或换一个文件夹", Place(str(path)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in paths.items():
        replace_file(path, (templates_directory() / _SHIPPED[name]).read_bytes())
    return tuple(paths.values())

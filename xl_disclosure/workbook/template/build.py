"""Write the template workbook of every edition: ``python -m xl_disclosure.workbook.template.build``."""

from __future__ import annotations

import sys
from pathlib import Path

from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.resources import templates_directory
from xl_disclosure.workbook.template.workbook import build_template


def template_path(edition_id: str) -> Path:
    """Return where an edition's template stands; SetupError where the installation has no templates."""
    return templates_directory() / f"{edition_id}.xlsm"


def build_templates() -> list[Path]:
    """Build and write the templates of all editions at hand, and return their paths."""
    written: list[Path] = []
    for edition_id in edition_ids():
        path = template_path(edition_id)
        path.write_bytes(build_template(load_edition(edition_id)))
        written.append(path)
    return written


if __name__ == "__main__":
    for written_path in build_templates():
        sys.stderr.write(f"{written_path}\n")

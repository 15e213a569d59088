"""The form as an edition's template has it: what its cells say and how they look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xl_disclosure.errors import SetupError
from xl_disclosure.forms.model import Edition
from xl_disclosure.resources import templates_directory
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import CellLook, CellValue
from xl_disclosure.workbook.file_book import FileBook


@dataclass(frozen=True, slots=True)
class SheetModel:
    """Hold one sheet of the form: its cells from the first on, the area they take up, and their looks."""

    rows: Sequence[Sequence[CellValue]]
    area: Area
    looks: Mapping[tuple[int, int], CellLook]

    def cell(self, row: int, column: int) -> CellValue:
        """Return what a cell says; blank beyond the area."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else CellValue()


def template_of(edition: Edition) -> Path:
    """Return an edition's template workbook; SetupError when the installation lacks it."""
    template = templates_directory() / f"{edition.id}.xlsm"
    if not template.is_file():
        raise SetupError(f"安装不完整，缺少版式“{edition.name}”的模板 {template.name}", "重新安装 xl-disclosure")
    return template


def form_model(edition: Edition) -> Mapping[str, SheetModel]:
    """Return the sheets of an edition's form by name; SetupError when the installation lacks the template."""
    return _load(template_of(edition), tuple(sheet.name for sheet in edition.sheets))


@lru_cache(maxsize=8)
def _load(template: Path, sheets: tuple[str, ...]) -> Mapping[str, SheetModel]:
    book = FileBook.open(template)
    models: dict[str, SheetModel] = {}
    for name in sheets:
        looks = book.looks(name)
        area = looks.area
        models[name] = SheetModel(book.read_used(name), area, {place: looks.look(*place) for place in looks.places})
    return models

"""复原版式: the form as its edition has it, with the figures that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.actions.fill_plan import last_filled
from xl_disclosure.actions.reading import read_return
from xl_disclosure.actions.restore_plan import Former, RestorePlan, Stray, plan_restoration
from xl_disclosure.errors import InputError
from xl_disclosure.returns.model import Return
from xl_disclosure.workbook.book import FormBook
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.form_model import form_model, template_of
from xl_disclosure.workbook.titles import refresh_titles

MOST_NAMED = 5
"""Strays named one by one in a message; the rest stand in the copy of the sheet."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """Hold the sheets restored, how many figures they keep, what found no place, and the copies that hold it."""

    sheets: tuple[str, ...]
    figures: int
    strays: tuple[Stray, ...]
    copies: tuple[str, ...]


def restore_file(path: Path) -> Restoration:
    """Restore the form of a workbook and save it; see ``restore_book``."""
    book = FileBook.open(path)
    clerk = as_clerk_book(book, path)
    try:
        returned: Return | None = read_return(path, clerk.edition.id)
    except InputError:
        # Of a form that cannot be read, what stands where figures belong is kept.
        returned = None
    restoration = restore_book(clerk, book, returned)
    book.save(path)
    return restoration


def restore_book(clerk: ClerkBook, book: FormBook, returned: Return | None) -> Restoration:
    """Restore the form of an opened workbook, without saving it.

    Figures are found by their labels, as ``returned`` has them, and put in their places. A sheet on which anything
    finds none is kept as a copy first. Raises InputError, with nothing changed, where a sheet of the form is missing.
    """
    edition = clerk.edition
    rows = {sheet.name: book.read_used(sheet.name) for sheet in edition.sheets}
    entries = returned.entries if returned is not None else {}
    plan = plan_restoration(Former(edition, form_model(edition), rows, entries, last_filled(clerk.memory)))
    copies = _keep_copies(book, plan)
    book.restore_areas(plan.areas, template_of(edition))
    clerk.write_form(plan.contents)
    for sheet, cells in plan.beside.items():
        book.write_cells(sheet, cells)
    refresh_titles(book, edition)
    figures = sum(content.value not in (None, "") for content in plan.contents.values())
    return Restoration(tuple(plan.areas), figures, plan.strays, copies)


def summarise(restoration: Restoration) -> str:
    """Return what came of a restoration, in one line and one more for each stray that is named."""
    sheets = "、".join(f"“{sheet}”" for sheet in restoration.sheets)
    lines = [f"{sheets}的格式、公式、填数检查、按钮和保护已按版式复原，保留 {restoration.figures} 个数。"]
    if restoration.strays:
        copies = "、".join(f"“{name}”" for name in restoration.copies)
        lines.append(f"有 {len(restoration.strays)} 处放不回表里，原来的表另存为{copies}，请核对后自行删去：")
    for stray in restoration.strays[:MOST_NAMED]:
        lines.append(f"{stray.place.sheet} {stray.place.a1}：“{stray.text}”（{stray.reason}）")
    if len(restoration.strays) > MOST_NAMED:
        lines.append(f"其余 {len(restoration.strays) - MOST_NAMED} 处见另存的表。")
    return "\n".join(lines)


def _keep_copies(book: FormBook, plan: RestorePlan) -> tuple[str, ...]:
    copies: list[str] = []
    for sheet in dict.fromkeys(stray.place.sheet for stray in plan.strays):
        name = _free_name(sheet, book.sheet_names())
        book.copy_sheet(sheet, name)
        copies.append(name)
    return tuple(copies)


def _free_name(sheet: str, taken: tuple[str, ...]) -> str:
    name, number = f"{sheet}（复原前）", 1
    while name in taken:
        number += 1
        name = f"{sheet}（复原前{number}）"
    return name

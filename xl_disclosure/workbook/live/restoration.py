"""An area of an open workbook's sheet given back what a template has: content, looks, sizes, protection, buttons."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.live.protection import protect_again, unprotected
from xl_disclosure.workbook.live.reading import range_of

if TYPE_CHECKING:
    import xlwings


def restore_areas(areas: Mapping[xlwings.Sheet, Area], template: Path) -> None:
    """Give an area of each sheet what the sheet of that name has in a template.

    Formulas that lead to other sheets lead to those of the template as yet.
    """
    book = next(iter(areas)).book
    with opened_template(book, template) as opened:
        for sheet, area in areas.items():
            model = opened.sheets[sheet.name]
            with unprotected(sheet):
                range_of(model, area).copy(range_of(sheet, area))
                _take_sizes(sheet, model, area)
                _add_buttons(sheet, model)
            protect_again(sheet)


@contextmanager
def opened_template(book: xlwings.Book, template: Path) -> Iterator[xlwings.Book]:
    """Open a template beside a workbook, out of the clerk's sight, and close it again."""
    app = book.app
    if app.engine.name == "libreoffice":
        import xlwings

        opened = xlwings.Book(impl=app.impl.books.open_hidden(template))
        try:
            yield opened
        finally:
            opened.close()
        return
    active = app.books.active
    with app.properties(screen_updating=False, enable_events=False):
        opened = app.books.open(template, read_only=True)
        try:
            yield opened
        finally:
            opened.close()
            active.activate()


def _take_sizes(sheet: xlwings.Sheet, model: xlwings.Sheet, area: Area) -> None:
    if sheet.book.app.engine.name == "libreoffice":
        for lines, wanted, size in (
            (sheet.api.Columns, model.api.Columns, "Width"),
            (sheet.api.Rows, model.api.Rows, "Height"),
        ):
            last = area.last_column if size == "Width" else area.last_row
            for place in range(last + 1):
                _take_size(lines.getByIndex(place), wanted.getByIndex(place), size)
        return
    for column in range(area.last_column + 1):
        sheet[0, column].column_width = model[0, column].column_width or 0.0
    for row in range(area.last_row + 1):
        sheet[row, 0].row_height = model[row, 0].row_height or 0.0


def _take_size(line: Any, wanted: Any, size: str) -> None:
    if getattr(line, size) != getattr(wanted, size):
        setattr(line, size, getattr(wanted, size))
    if line.IsVisible != wanted.IsVisible:
        line.IsVisible = wanted.IsVisible


def _add_buttons(sheet: xlwings.Sheet, model: xlwings.Sheet) -> None:
    engine = sheet.book.app.engine.name
    if engine == "libreoffice":
        _add_buttons_in_libreoffice(sheet, model)
    elif engine == "excel" and sys.platform == "win32":
        present = {button.Caption for button in sheet.api.Buttons()}
        for button in model.api.Buttons():
            if button.Caption not in present:
                added = sheet.api.Buttons().Add(button.Left, button.Top, button.Width, button.Height)
                added.Caption = button.Caption
                added.OnAction = button.OnAction.rpartition("!")[2]


def _add_buttons_in_libreoffice(sheet: xlwings.Sheet, model: xlwings.Sheet) -> None:
    page, document = sheet.api.DrawPage, sheet.book.api
    present = {control.Label for _, control in _controls(page)}
    for shape, control in _controls(model.api.DrawPage):
        if control.Label in present:
            continue
        button = document.createInstance("com.sun.star.form.component.CommandButton")
        button.Label, button.Name = control.Label, control.Name
        added = document.createInstance("com.sun.star.drawing.ControlShape")
        added.Position, added.Size, added.Control = shape.Position, shape.Size, button
        page.add(added)
        form = button.Parent
        for event in control.Parent.getScriptEvents(_place_in_form(control)):
            form.registerScriptEvent(_place_in_form(button), event)


def _controls(page: Any) -> Iterator[tuple[Any, Any]]:
    """Give each button of a page: its shape, and what it is."""
    for place in range(page.Count):
        shape = page.getByIndex(place)
        control = getattr(shape, "Control", None)
        if control is not None and hasattr(control, "Label"):
            yield shape, control


def _place_in_form(control: Any) -> int:
    form = control.Parent
    return next(place for place in range(form.Count) if form.getByIndex(place) == control)

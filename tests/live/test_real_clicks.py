"""Real clicks with a real mouse: LibreOffice on a virtual screen, each edition's template, each of the four buttons."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
import xlwings

from tests.live.sample_office import FIGURE, UNITS, lay_out, register_line, year_of
from tests.screen import HEIGHT, PATIENCE_SECONDS, WIDTH, Screen, virtual_screen
from xl_disclosure import libreoffice
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.libreoffice.connection import PIPE_VARIABLE
from xl_disclosure.libreoffice.office_profile import write_settings
from xl_disclosure.live.journal import FOLDER_VARIABLE
from xl_disclosure.live.live_actions import REPORT_FOLDER
from xl_disclosure.live.office_dialogs import TITLE
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    FINDINGS_SHEET,
    RECEIPTS_SHEET,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    fact_places,
)
from xl_disclosure.workbook.live_book import LiveBook

pytestmark = pytest.mark.libreoffice

MESSAGE = f"^{TITLE}$"
PIPE = "xl-disclosure-real-clicks"
# com.sun.star.awt.PosSize.POSSIZE
_POSITION_AND_SIZE = 15
Found = TypeVar("Found")

SETTLING_SECONDS = 0.5
FILL, CHECK, AGGREGATE, REPORT = "填表", "审核", "汇总", "生成报告"


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Give a virtual screen."""
    with virtual_screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder whose macros LibreOffice trusts."""
    return tmp_path_factory.mktemp("年报")


@pytest.fixture(scope="module")
def window(screen: Screen, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[xlwings.App]:
    """Give a LibreOffice with a window, as `xl-disclosure install` sets it up."""
    engine = libreoffice.activate()
    profile = tmp_path_factory.mktemp("profile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen.display)
        patch.setenv("XL_DISCLOSURE_PYTHON", sys.executable)
        patch.setenv(PIPE_VARIABLE, PIPE)
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("数据")))
        write_settings(profile, pipe=PIPE)
        app = xlwings.App(impl=engine.impl.apps.start(window=True, profile=profile, trusted_folders=(folder,)))
    try:
        yield app
    finally:
        app.kill()


@dataclass(frozen=True)
class Clerk:
    """Work with one workbook in the window by mouse and keyboard."""

    opened: xlwings.Book
    screen: Screen
    pictures: Path

    def click(self, caption: str) -> None:
        """Click a button, photograph the message that tells the result, and close it."""
        self.screen.click(*wait_for(lambda: settled_place(self.opened, caption)))
        try:
            self.screen.window(MESSAGE)
        finally:
            self.screen.photograph(self.pictures / f"{self.opened.name} {caption}.png")
        self.screen.press("Return", MESSAGE)
        wait_for(lambda: not self.screen.shows(MESSAGE))


def wait_for(find: Callable[[], Found | None]) -> Found:
    """Return what is looked for as soon as it is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := find()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def settled_place(opened: xlwings.Book, caption: str) -> tuple[int, int] | None:
    """Return the middle of a button once the window has come to rest."""
    before = place_of_button(opened, caption)
    time.sleep(SETTLING_SECONDS)
    return before if place_of_button(opened, caption) == before else None


def place_of_button(opened: xlwings.Book, caption: str) -> tuple[int, int] | None:
    """Return the middle of a button of the active sheet on the screen; None while it is not shown."""
    controller = opened.api.CurrentController
    forms = opened.sheets.active.api.DrawPage.Forms
    for form in map(forms.getByIndex, range(forms.Count)):
        for model in map(form.getByIndex, range(form.Count)):
            if model.Label == caption:
                shown = controller.getControl(model).AccessibleContext
                corner, size = shown.getLocationOnScreen(), shown.getSize()
                return corner.X + size.Width // 2, corner.Y + size.Height // 2
    return None


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_button_works_on_what_is_open(
    edition_id: str, window: xlwings.App, screen: Screen, folder: Path, tmp_path: Path
) -> None:
    edition = load_edition(edition_id)
    path = lay_out(edition_id, folder / edition_id)
    opened = window.books.open(path)
    opened.api.CurrentController.Frame.ContainerWindow.setPosSize(0, 0, WIDTH, HEIGHT, _POSITION_AND_SIZE)
    clerk = Clerk(opened, screen, tmp_path)
    as_laid_out = path.read_bytes()
    opened.sheets[next(form.name for form in edition.sheets if has_buttons(opened.sheets[form.name]))].activate()
    shown = opened.sheets.active.name

    register = edition.registers["requests"]
    opened.sheets[register.sheet][BODY_FIRST_ROW, 0].value = register_line(register, year_of(edition))
    clerk.click(FILL)
    assert sum(figures(opened, edition)) > 0

    clerk.click(CHECK)
    assert opened.sheets[FINDINGS_SHEET][BODY_FIRST_ROW, 0].value

    clerk.click(AGGREGATE)
    statuses = opened.sheets[RECEIPTS_SHEET][BODY_FIRST_ROW, 1].expand("down").value
    assert statuses == ["已收"] * len(UNITS)
    assert opened.sheets[UNITS_SHEET][UNITS_FIRST_ROW, 0].expand("down").value == sorted(UNITS)
    assert set(figures(opened, edition)) == {FIGURE * len(UNITS)}

    clerk.click(REPORT)
    assert [len(list((path.parent / REPORT_FOLDER).glob(f"*{ending}"))) for ending in (".docx", ".html")] == [1, 1]
    wait_for(lambda: close_document(window))

    assert opened.sheets.active.name == shown
    assert path.read_bytes() == as_laid_out
    opened.close()


def has_buttons(sheet: xlwings.Sheet) -> bool:
    return bool(sheet.api.DrawPage.Forms.Count)


def figures(opened: xlwings.Book, edition: Edition) -> list[float]:
    """Return every figure of the form, a blank cell as 0."""
    book = LiveBook(opened)
    cells = {form.name: book.read_used(form.name) for form in edition.sheets}
    found = [cells[place.sheet][place.row][place.column].value for place in fact_places(edition).values()]
    return [float(value) if isinstance(value, int | Decimal) else 0.0 for value in found]


def close_document(window: xlwings.App) -> bool:
    """Close the finished document once LibreOffice shows it, and tell whether it did."""
    components = window.api.Components.createEnumeration()
    while components.hasMoreElements():
        component = components.nextElement()
        if component.supportsService("com.sun.star.text.TextDocument"):
            component.close(True)
            return True
    return False

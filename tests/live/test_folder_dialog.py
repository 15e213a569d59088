"""汇总 asks for the folder in the application's own dialog, which a clerk answers at the keyboard, or leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.clerk import Clerk, Office, office_with_buttons
from tests.live.sample_office import UNITS, lay_out
from tests.screen import wait_for
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.live.live_actions import CHINESE, QUESTION
from xl_disclosure.workbook.layout import RECEIPTS_SHEET, UNITS_FIRST_ROW, UNITS_SHEET
from xl_disclosure.workbook.live_book import LiveBook

pytestmark = pytest.mark.libreoffice

EDITION = "2021"
FOLDER = "2023"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give a LibreOffice on a screen, to which the buttons were installed."""
    with office_with_buttons(tmp_path_factory.mktemp("机关")) as office:
        yield office


@pytest.fixture
def asked(office: Office, request: pytest.FixtureRequest) -> Iterator[Clerk]:
    """Give a clerk who clicked 汇总 where the units' folder has a name of its own, and sees the question."""
    path = lay_out(EDITION, office.folder / request.node.name, FOLDER)
    with office.open(path) as clerk:
        clerk.opened.sheets[load_edition(EDITION).sheets[0].name].activate()
        clerk.click(CHINESE["aggregate"])
        try:
            # The dialog stands in the workbook's folder, whose name is in its field for the path.
            wait_for(lambda: f"{path.parent}/" in office.read(QUESTION), "the folder in the dialog")
            office.photograph(request.node.name)
            yield clerk
        finally:
            # A dialog that a test left there would take the keys that the next one presses.
            if clerk.screen.shows(QUESTION):
                clerk.screen.close(QUESTION, "Escape")


def test_the_folder_that_is_typed_is_rolled_up(asked: Clerk) -> None:
    # The dialog completes the name of a folder, and takes no key before it has.
    asked.screen.enter(FOLDER, QUESTION, lambda: f"{FOLDER}/" in asked.office.read(QUESTION))
    asked.screen.close(QUESTION, "Return")
    assert "单位 2 个 = 已收 2 个" in asked.hear("汇总选定的文件夹")
    names = [line[0].text for line in LiveBook(asked.opened).read_used(UNITS_SHEET)[UNITS_FIRST_ROW:]]
    assert names == sorted(UNITS)


def test_leaving_the_dialog_leaves_the_workbook(asked: Clerk) -> None:
    sheets = (*(form.name for form in load_edition(EDITION).sheets), RECEIPTS_SHEET, UNITS_SHEET)
    before = [LiveBook(asked.opened).read_used(sheet) for sheet in sheets]
    asked.screen.close(QUESTION, "Escape")
    assert "没有选择文件夹，汇总没有进行" in asked.hear("没有选择文件夹")
    assert [LiveBook(asked.opened).read_used(sheet) for sheet in sheets] == before

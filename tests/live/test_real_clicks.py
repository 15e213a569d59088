"""Real clicks with a real mouse: LibreOffice on a virtual screen, each edition's template, each of the four buttons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.live.clerk import Clerk, Office, office_with_buttons
from tests.live.sample_office import UNITS, lay_out
from tests.screen import HEIGHT, WIDTH, wait_for
from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder
from xl_disclosure.actions.check import CheckRequest, check_book
from xl_disclosure.actions.fill import fill_file
from xl_disclosure.actions.reading import read_return
from xl_disclosure.actions.report import ReportRequest, write_report
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.live.click_lock import only_action_on
from xl_disclosure.live.live_actions import REPORT_FOLDER, UNITS_FOLDER
from xl_disclosure.live.open_return import read_open_return
from xl_disclosure.workbook.book import Book
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, FINDINGS_SHEET, RECEIPTS_SHEET, UNITS_FIRST_ROW, UNITS_SHEET
from xl_disclosure.workbook.live.reading import FreshReader
from xl_disclosure.workbook.live_book import LiveBook
from xl_disclosure.workbook.template.page import BUTTONS

pytestmark = pytest.mark.libreoffice

FILL, CHECK, AGGREGATE, REPORT = BUTTONS
# Where the status bar of a window as large as the screen tells the number of the sheet.
STATUS = (0, HEIGHT - 20, 150, HEIGHT)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give a LibreOffice on a screen, to which the buttons were installed."""
    with office_with_buttons(tmp_path_factory.mktemp("机关")) as office:
        yield office


@pytest.mark.parametrize("edition_id", edition_ids())
def test_each_button_does_to_what_is_open_what_the_command_does_to_the_file(edition_id: str, office: Office) -> None:
    edition = load_edition(edition_id)
    path = lay_out(edition_id, office.folder / edition_id)
    as_laid_out = path.read_bytes()
    by_command = Path(shutil.copytree(path.parent, office.folder / f"{edition_id} 命令")) / path.name
    with office.open(path) as clerk:
        for form in reversed(edition.sheets):
            clerk.opened.sheets[form.name].activate()
            assert_buttons_are_in_sight(clerk)
        clerk.opened.sheets.active["A9"].select()

        assert "填表完成" in press(clerk, FILL)
        fill_file(by_command)
        assert_same_figures(clerk, by_command, edition)

        assert "审核完成" in press(clerk, CHECK)
        check_book(CheckRequest(by_command, date.today()))  # noqa: DTZ011 a click is made today
        assert_same_lines(clerk, by_command, FINDINGS_SHEET, BODY_FIRST_ROW)

        assert "单位 2 个 = 已收 2 个" in press(clerk, AGGREGATE)
        aggregate_folder(RollupRequest(by_command.with_name(UNITS_FOLDER), by_command))
        assert_same_figures(clerk, by_command, edition)
        for sheet, first_row in ((RECEIPTS_SHEET, BODY_FIRST_ROW), (UNITS_SHEET, UNITS_FIRST_ROW)):
            assert [line[0] for line in assert_same_lines(clerk, by_command, sheet, first_row)] == sorted(UNITS)

        assert "报告已生成" in press(clerk, REPORT)
        document = wait_for(office.document_in_front, "the report on the screen")
        office.photograph(f"{edition_id} 打开的报告")
        document.close(True)
        request = ReportRequest(by_command, by_command.with_name(REPORT_FOLDER), ["docx", "html"], date.today())  # noqa: DTZ011
        for written in write_report(request).files:
            assert (path.with_name(REPORT_FOLDER) / written.name).read_bytes() == written.read_bytes()

    assert path.read_bytes() == as_laid_out


def test_a_click_shows_its_progress_and_a_second_one_is_refused(office: Office) -> None:
    edition = load_edition("2021")
    path = lay_out(edition.id, office.folder / "进度")
    with office.open(path) as clerk:
        clerk.opened.sheets[edition.sheets[0].name].activate()
        figures = read_open_return(clerk.opened, edition, FreshReader()).facts

        with only_action_on(path):
            clerk.click(FILL)
            assert "上一次点击的操作还没有做完" in clerk.hear("第二次点击")
        assert read_open_return(clerk.opened, edition, FreshReader()).facts == figures

        at_rest = office.screen.look_at_rest(STATUS)
        clerk.click(AGGREGATE)
        wait_for(lambda: office.screen.look(STATUS) != at_rest, "progress in the status bar")
        office.photograph("进度")
        clerk.hear("进度之后")
        wait_for(lambda: office.screen.look(STATUS) == at_rest, "the status bar as it was")


def assert_buttons_are_in_sight(clerk: Clerk) -> None:
    """See whether the four buttons stand side by side on the screen, clear of each other."""
    places = [wait_for(partial(clerk.place_of_button, caption), caption) for caption in BUTTONS]
    edges = [edge for left, _, width, _ in places for edge in (left, left + width)]
    assert edges == sorted(edges)
    assert edges[-1] < WIDTH
    assert max(top for _, top, _, _ in places) < min(top + height for _, top, _, height in places)


def press(clerk: Clerk, caption: str) -> str:
    """Click a button and return what is said; the sheet in front and the selection stay."""
    before = clerk.opened.sheets.active, clerk.opened.app.selection
    clerk.click(caption)
    said = clerk.hear(f"{clerk.opened.fullname.split('/')[-2]} {caption}")
    assert (clerk.opened.sheets.active, clerk.opened.app.selection) == before
    return said


def assert_same_figures(clerk: Clerk, by_command: Path, edition: Edition) -> None:
    """Hold the figures of the open workbook against those of the file that the command wrote."""
    shown = read_open_return(clerk.opened, edition, FreshReader())
    written = read_return(by_command)
    assert dict(shown.facts) == dict(written.facts)
    assert any(shown.facts.values())


def assert_same_lines(clerk: Clerk, by_command: Path, sheet: str, first_row: int) -> list[list[str]]:
    """Hold the lines of a sheet of the open workbook against those of the file, and return them."""
    shown = lines_of(LiveBook(clerk.opened), sheet)[first_row:]
    assert shown == lines_of(FileBook.open(by_command), sheet)[first_row:]
    assert shown
    return shown


def lines_of(book: Book, sheet: str) -> list[list[str]]:
    """Return what a sheet says, each line as far as it says anything."""
    lines: list[list[str]] = []
    for row in book.read_used(sheet):
        texts = [cell.text for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        lines.append(texts)
    while lines and not lines[-1]:
        lines.pop()
    return lines

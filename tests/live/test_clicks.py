"""A click on the open workbook, unsaved changes included: its result, its message, and nothing lost."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import xlwings

from tests.running_office import headless_libreoffice
from xl_disclosure.actions.check import CheckRequest, check_book, check_return
from xl_disclosure.actions.clerk_book import as_clerk_book, open_clerk_book
from xl_disclosure.actions.fill import fill_book
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.reading import read_return, return_from_facts
from xl_disclosure.errors import UNFORESEEN
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.office import AppliedSettings
from xl_disclosure.live import live_actions
from xl_disclosure.live.click_lock import only_action_on
from xl_disclosure.live.journal import FOLDER_VARIABLE
from xl_disclosure.live.open_return import read_open_return
from xl_disclosure.live.run import act_on_open_book
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, FINDING_COLUMNS, FINDINGS_SHEET, fact_places
from xl_disclosure.workbook.live.reading import FreshReader
from xl_disclosure.workbook.live_book import LiveBook

pytestmark = pytest.mark.libreoffice

DEMO = Path(live_actions.__file__).resolve().parent.parent / "demo"
UNITS = ("sample_unit_a.json", "sample_unit_b.json")
PLACE_COLUMN = [column.code for column in FINDING_COLUMNS].index("place")


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice."""
    with headless_libreoffice() as app:
        yield app


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep journals where the test ends."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "数据"))


@dataclass(frozen=True)
class Clerk:
    """Press buttons on one open workbook and hear what is said."""

    opened: xlwings.Book
    heard: pytest.LogCaptureFixture

    def press(self, action: str) -> tuple[int, str]:
        self.heard.clear()
        with self.heard.at_level(logging.WARNING):
            status = act_on_open_book(action, self.opened, Path.touch)
        return status, self.heard.text

    def contents(self) -> Mapping[str, object]:
        live = LiveBook(self.opened)
        return {name: live.read_used(name) for name in live.sheet_names()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "我局.xlsm"
    create_workbook("2014-xingyi", path, "示例单位甲", 2016)
    clerk = open_clerk_book(path)
    fill_book(clerk, read_return(DEMO / UNITS[0]))
    clerk.book.save(path)
    return path


@pytest.fixture
def clerk(office: xlwings.App, path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Clerk]:
    """Give the workbook of a sample unit, open."""
    yield Clerk(xlwings.Book(path), caplog)
    office.activate()
    for book in list(office.books):
        book.close()


@pytest.fixture
def units(path: Path) -> Path:
    folder = path.with_name(live_actions.UNITS_FOLDER)
    folder.mkdir()
    for name in UNITS:
        shutil.copy(DEMO / name, folder)
    return folder


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_open_workbook_gives_the_same_findings_as_its_file(
    edition_id: str, office: xlwings.App, tmp_path: Path
) -> None:
    edition = load_edition(edition_id)
    path = tmp_path / "报表.xlsm"
    create_workbook(edition_id, path, "某某县林业局", min(edition.last_year, 2023))
    file = open_clerk_book(path)
    figures = {address: number % 7 for number, address in enumerate(edition.facts)}
    fill_book(file, return_from_facts(edition, figures, fact_places(edition), file.cover, path.name))
    file.book.save(path)
    settings = AppliedSettings(edition)
    from_file = check_return(settings, read_return(path), clerk=file)
    with xlwings.Book(path) as opened:
        returned = read_open_return(opened, edition, FreshReader())
        from_window = check_return(settings, returned, clerk=as_clerk_book(LiveBook(opened), path))
    assert dict(returned.facts) == dict(from_file.returned.facts)
    assert returned.problems == from_file.returned.problems
    assert from_window.findings == from_file.findings
    assert from_file.failed


def test_checking_sees_what_is_not_saved_and_leaves_the_file(clerk: Clerk, path: Path) -> None:
    before = path.read_bytes()
    cell = clerk.opened.sheets["统计表"]["C6"]
    cell.value = "约三十"
    status, said = clerk.press("check")
    assert (status, "审核完成" in said) == (0, True)
    findings = clerk.opened.sheets[FINDINGS_SHEET].used_range.value
    assert any("约三十" in str(line) for line in findings)
    assert path.read_bytes() == before


def test_the_active_sheet_and_the_selection_stay(clerk: Clerk) -> None:
    clerk.opened.sheets["统计表"].activate()
    clerk.opened.sheets["统计表"]["C9"].select()
    clerk.press("check")
    assert clerk.opened.sheets.active.name == "统计表"
    assert clerk.opened.app.selection == clerk.opened.sheets["统计表"]["C9"]
    assert clerk.opened.app.status_bar is False
    assert clerk.opened.app.screen_updating is True


def test_rolling_up_adds_the_units_into_the_open_form(clerk: Clerk, units: Path) -> None:
    status, said = clerk.press("aggregate")
    assert (status, "汇总完成" in said) == (0, True)
    assert clerk.opened.sheets["统计表"]["C6"].value == 64 + 31


def test_a_correction_counts_when_the_units_are_rolled_up_and_follows_what_is_typed(clerk: Clerk, units: Path) -> None:
    form, corrections = clerk.opened.sheets["统计表"], clerk.opened.sheets["更正"]
    corrections["A4"].value = ["示例单位乙", "statistics.disclosed.count", 31, 33, "漏报两条", "张某"]
    clerk.press("aggregate")
    assert corrections["J4"].value == "已采用"
    assert form["C6"].value == 64 + 33
    assert clerk.opened.sheets["小计表"]["F5"].value == 64 + 33
    corrections["D4"].value = 40
    assert form["C6"].value == 64 + 40
    corrections["E4"].value = None
    assert form["C6"].value == 64 + 31


def test_rolling_up_without_a_folder_says_so_and_changes_nothing(clerk: Clerk) -> None:
    before = clerk.contents()
    status, said = clerk.press("aggregate")
    assert (status, "没有选择文件夹" in said) == (2, True)
    assert clerk.contents() == before


def test_reporting_writes_the_documents(clerk: Clerk, path: Path) -> None:
    status, said = clerk.press("report")
    assert (status, "报告已生成" in said) == (0, True)
    assert {file.suffix for file in path.with_name("报告").iterdir()} == {".docx", ".html"}


def test_an_unforeseen_failure_is_told_with_details_that_name_nobody(
    clerk: Clerk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(click: object) -> live_actions.Done:
        raise KeyError("张三")

    monkeypatch.setitem(live_actions.ACTIONS, "check", fail)
    status, said = clerk.press("check")
    assert (status, "我局（出错详情）.txt" in said) == (UNFORESEEN, True)
    note = path.with_name("我局（出错详情）.txt").read_text(encoding="utf-8")
    assert "KeyError" in note
    assert "张三" not in note
    assert str(path.parent) not in note


def test_a_second_click_is_refused_while_one_runs(clerk: Clerk, path: Path) -> None:
    with only_action_on(path):
        status, said = clerk.press("check")
    assert (status, "还没有做完" in said) == (2, True)
    assert clerk.press("check")[0] == 0


def test_undoing_puts_back_what_stood_there(clerk: Clerk, units: Path) -> None:
    before = clerk.contents()
    clerk.press("check")
    checked = clerk.contents()
    clerk.press("aggregate")
    assert "已撤销“汇总”" in clerk.press("undo")[1]
    assert clerk.contents() == checked
    assert "已撤销“审核”" in clerk.press("undo")[1]
    assert clerk.contents() == before
    status, said = clerk.press("undo")
    assert (status, "没有可以撤销的操作" in said) == (2, True)


def test_undoing_keeps_what_the_clerk_typed_since(clerk: Clerk, units: Path) -> None:
    clerk.press("aggregate")
    clerk.opened.sheets["统计表"]["C6"].value = 99
    assert "有 1 格在那以后又改过" in clerk.press("undo")[1]
    assert clerk.opened.sheets["统计表"]["C6"].value == 99


def test_undoing_works_after_the_workbook_was_saved_and_opened_again(clerk: Clerk, path: Path, units: Path) -> None:
    clerk.press("aggregate")
    clerk.opened.save()
    clerk.opened.close()
    with xlwings.Book(path) as opened:
        again = Clerk(opened, clerk.heard)
        assert again.press("undo")[0] == 0
        assert opened.sheets["统计表"]["C6"].value == 64


def test_undoing_brings_links_back_as_links(clerk: Clerk, path: Path) -> None:
    clerk.opened.close()
    file = open_clerk_book(path)
    file.book.write_cells("统计表", {(5, 2): CellContent(1)})
    file.book.save(path)
    check_book(CheckRequest(path, date(2017, 1, 15)))
    with xlwings.Book(path) as opened:
        again = Clerk(opened, clerk.heard)
        links = [row[PLACE_COLUMN].link for row in LiveBook(opened).read_used(FINDINGS_SHEET)[BODY_FIRST_ROW:]]
        assert any(link.startswith("'统计表'!") for link in links)
        opened.sheets["统计表"]["C6"].value = 99
        before = again.contents()
        again.press("check")
        assert again.contents() != before
        assert again.press("undo")[0] == 0
        assert again.contents() == before


def test_what_was_never_saved_is_not_taken_back(clerk: Clerk, path: Path, units: Path) -> None:
    before = clerk.contents()
    clerk.press("aggregate")
    clerk.opened.close()
    with xlwings.Book(path) as opened:
        again = Clerk(opened, clerk.heard)
        assert again.contents() == before
        assert "“汇总”的改动没有存进这个工作簿" in again.press("undo")[1]
        assert again.contents() == before
        assert "没有可以撤销的操作" in again.press("undo")[1]


def test_a_figure_typed_as_it_was_filled_stays_when_the_filling_was_never_saved(
    clerk: Clerk, path: Path, units: Path
) -> None:
    clerk.press("aggregate")
    summed = clerk.opened.sheets["统计表"]["C6"].formula
    clerk.opened.close()
    with xlwings.Book(path) as opened:
        opened.sheets["统计表"]["C6"].formula = summed
        Clerk(opened, clerk.heard).press("undo")
        assert opened.sheets["统计表"]["C6"].formula == summed


class Killed(BaseException):
    """End an action as a killed program ends: nothing more of it is run."""


def cut_off(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, action: str, writings: int) -> None:
    """Begin an action that ends after it has written so many times."""
    done = 0

    def counted(write: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            nonlocal done
            if done == writings:
                raise Killed
            done += 1
            write(*arguments)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(LiveBook, "write_cells", counted(LiveBook.write_cells))
        patch.setattr(LiveBook, "write_list", counted(LiveBook.write_list))
        with pytest.raises(Killed):
            act_on_open_book(action, clerk.opened, Path.touch)


@pytest.mark.parametrize("writings", [0, 1, 2, 3, 5])
def test_an_action_that_was_cut_off_is_taken_back_by_the_next_click(
    clerk: Clerk, units: Path, monkeypatch: pytest.MonkeyPatch, writings: int
) -> None:
    before = clerk.contents()
    cut_off(clerk, monkeypatch, "aggregate", writings)
    title = clerk.opened.sheets[FINDINGS_SHEET]["A1"].value
    assert ("“汇总”还没有做完" in title) == (writings >= 2)
    status, said = clerk.press("undo")
    assert status == 0
    assert ("已恢复到操作之前" if writings else "内容仍是操作之前的") in said
    assert clerk.contents() == before


def test_the_next_click_does_what_it_is_for_after_it_took_back_what_was_cut_off(
    clerk: Clerk, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(clerk, monkeypatch, "aggregate", 3)
    status, said = clerk.press("check")
    assert status == 0
    assert said.index("上一次“汇总”中途断了") < said.index("审核完成")


def test_undoing_that_was_cut_off_is_finished_by_the_next_click(
    clerk: Clerk, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clerk.contents()
    clerk.press("aggregate")
    cut_off(clerk, monkeypatch, "undo", 2)
    assert clerk.contents() != before
    assert "上一次撤销“汇总”中途断了，已接着撤销完" in clerk.press("undo")[1]
    assert clerk.contents() == before


def test_a_click_whose_spreadsheet_ends_leaves_a_message_beside_the_workbook(
    clerk: Clerk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(click: live_actions.Click) -> live_actions.Done:
        click.opened.app.kill()
        message = "the connection is gone"
        raise OSError(message)

    monkeypatch.setitem(live_actions.ACTIONS, "check", end)
    app = xlwings.App(visible=False, add_book=False)
    copy = path.with_name("另一份.xlsm")
    shutil.copy(path, copy)
    shown: list[Path] = []
    status = act_on_open_book("check", app.books.open(copy), shown.append)
    assert status == UNFORESEEN
    assert "重新打开工作簿，再点任意一个按钮" in shown[0].read_text(encoding="utf-8")

"""The same actions on the file and on the workbook open in LibreOffice: the same form, the same findings, few calls."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings

from tests.running_office import headless_libreoffice
from xl_disclosure.actions.check import check_return, write_check
from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book, open_clerk_book
from xl_disclosure.actions.fill import fill_book
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.reading import read_return, return_from_facts
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.office import apply_settings, read_settings
from xl_disclosure.live.journal import FOLDER_VARIABLE
from xl_disclosure.live.run import act_on_open_book
from xl_disclosure.workbook.layout import FINDINGS_SHEET, fact_places
from xl_disclosure.workbook.live_book import LiveBook

pytestmark = pytest.mark.libreoffice

DAY = date(2024, 1, 15)
UNIT = "某某县林业局"

MOST_READS = 12
MOST_WRITES = 20


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    """Give a headless LibreOffice."""
    with headless_libreoffice() as app:
        yield app


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count the blocks that are read from the spreadsheet and written to it."""
    counts = {"read_values": 0, "write_values": 0, "write_formulas": 0}
    engine = sys.modules["xl_disclosure.libreoffice.range"]

    def counted(name: str) -> Callable[..., Any]:
        function = getattr(engine, name)

        def call(*arguments: Any) -> Any:
            counts[name] += 1
            return function(*arguments)

        return call

    for name in counts:
        monkeypatch.setattr(engine, name, counted(name))
    return counts


@pytest.fixture(params=edition_ids())
def books(request: pytest.FixtureRequest, office: xlwings.App, tmp_path: Path) -> Iterator[tuple[ClerkBook, ClerkBook]]:
    """Give two new workbooks of each edition, one as a file and one open in LibreOffice."""
    edition = load_edition(request.param)
    paths = [tmp_path / way / "报表.xlsm" for way in ("文件", "打开")]
    for path in paths:
        path.parent.mkdir()
        create_workbook(edition.id, path, UNIT, min(edition.last_year, DAY.year - 1))
    with xlwings.Book(paths[1]) as opened:
        yield open_clerk_book(paths[0]), as_clerk_book(LiveBook(opened), paths[1])


def figures(clerk: ClerkBook) -> Mapping[FactAddress, int]:
    """Return a figure for every fact: no totals add up, so that many rules fail."""
    return {address: number % 7 for number, address in enumerate(clerk.edition.facts)}


def fill(clerk: ClerkBook) -> None:
    fill_book(
        clerk,
        return_from_facts(clerk.edition, figures(clerk), fact_places(clerk.edition), clerk.cover, clerk.path.name),
    )


def test_filling_gives_the_same_form(books: tuple[ClerkBook, ClerkBook], office: xlwings.App) -> None:
    for clerk in books:
        fill(clerk)
    office.calculate()
    filed, opened = (clerk.read_form() for clerk in books)
    typed = [address for address, cell in filed.items() if not cell.formula]
    assert typed
    assert {address: opened[address] for address in typed} == {address: filed[address] for address in typed}
    assert {address: cell.formula for address, cell in opened.items()} == {
        address: cell.formula for address, cell in filed.items()
    }


def test_checking_gives_the_same_findings_in_few_calls(
    books: tuple[ClerkBook, ClerkBook], calls: dict[str, int]
) -> None:
    file, live = books
    fill(file)
    fill(live)
    file.book.save(file.path)
    returned = read_return(file.path)
    settings = apply_settings(file.edition, read_settings(file.path.parent), DAY)
    calls.update(dict.fromkeys(calls, 0))
    for clerk in books:
        write_check(clerk, check_return(settings, returned, None, None, clerk))
    assert len(file.book.read_used(FINDINGS_SHEET)) > 5
    assert calls["read_values"] <= MOST_READS
    assert calls["write_values"] + calls["write_formulas"] <= MOST_WRITES
    assert live.book.read_used(FINDINGS_SHEET) == file.book.read_used(FINDINGS_SHEET)


def test_a_click_on_check_takes_few_calls(
    books: tuple[ClerkBook, ClerkBook],
    calls: dict[str, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "数据"))
    _, live = books
    fill(live)
    calls.update(dict.fromkeys(calls, 0))
    assert act_on_open_book("check", xlwings.Book(live.path), Path.touch) == 0
    assert calls["read_values"] <= MOST_READS
    assert calls["write_values"] + calls["write_formulas"] <= MOST_WRITES

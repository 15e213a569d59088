"""An office corrects a unit's figure through 更正 and in no other way; the unit's own figure stays to be seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions.conftest import Run
from tests.actions.test_aggregate import write_facts
from xl_disclosure.actions.clerk_book import open_clerk_book
from xl_disclosure.actions.report_text import unit_figures
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rollup.cache_place import CACHE_VARIABLE
from xl_disclosure.workbook.book import CellContent, Value
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTIONS_SHEET,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    fact_places,
)

EDITION = load_edition("2014-xingyi")
DISCLOSED = FactAddress("statistics.disclosed.count")
FIRST_FIGURE = (UNITS_FIRST_ROW, UNITS_FIRST_FACT_COLUMN)
ENTRY: list[Value] = ["甲局", "主动公开政府信息数", 10, 12, "漏报两条，见甲局4月3日来函", "张某", 45750]


@pytest.fixture(autouse=True, params=["with a cache", "without a cache"])
def _cache(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a roll-up know sheets again that nobody has touched, and read them all."""
    if request.param == "with a cache":
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    """Give a workbook into which two units were rolled up: 10 and 5 items."""
    units = tmp_path / "units"
    units.mkdir()
    write_facts(units, "甲.json", "甲局", disclosed=10, via_website=10)
    write_facts(units, "乙.json", "乙局", disclosed=5, via_website=5)
    path = tmp_path / "汇总.xlsm"
    run("aggregate", units, "-o", path)
    return path


def enter(path: Path, *entries: list[Value]) -> None:
    """Type entries into 更正, from its first line on."""
    book = FileBook.open(path)
    for row, entry in enumerate(entries, start=BODY_FIRST_ROW):
        cells = {(row, column): CellContent(value) for column, value in enumerate(entry)}
        book.write_cells(CORRECTIONS_SHEET, cells)
    book.save(path)


def type_over(path: Path, cell: tuple[int, int], value: Value) -> None:
    """Type over a cell of 分户表."""
    book = FileBook.open(path)
    book.write_cells(UNITS_SHEET, {cell: CellContent(value)})
    book.save(path)


def roll_up(run: Run, path: Path) -> dict[str, list[str]]:
    """Roll up again and return what its findings on corrections and typed figures say, by rule."""
    return own_findings(json.loads(run("aggregate", path.parent / "units", "-o", path, "--json")[1])["findings"])


def check(run: Run, path: Path) -> dict[str, list[str]]:
    """Check the workbook and return what its findings on corrections and typed figures say, by rule."""
    return own_findings(json.loads(run("check", path, "--json")[1])["files"][0]["findings"])


def own_findings(findings: list[dict[str, str]]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for finding in findings:
        if finding["rule"] in ("rollup.corrections", "rollup.overtyped"):
            told.setdefault(finding["rule"], []).append(f"{finding['unit']}：{finding['message']}。{finding['fix']}")
    return told


def total(path: Path) -> object:
    """Return what the form shows of the items disclosed."""
    place = fact_places(EDITION)[DISCLOSED]
    return load_workbook(path, data_only=True)[place.sheet][place.a1].value


def test_the_total_shows_the_correction_and_the_unit_keeps_its_own_figure(run: Run, book: Path) -> None:
    enter(book, ENTRY)
    assert roll_up(run, book) == {}
    assert total(book) == 17
    lines = list(load_workbook(book, data_only=True)[UNITS_SHEET].iter_rows(min_row=5, max_row=7, values_only=True))
    assert [(line[0], line[4], line[5]) for line in lines] == [
        ("乙局", "乙.json", 5),
        ("甲局", "甲.json", 10),
        ("甲局", "（更正）", 2),
    ]
    entry = next(load_workbook(book, data_only=True)[CORRECTIONS_SHEET].iter_rows(min_row=4, values_only=True))
    assert entry[:2] == ("甲局", EDITION.fact_names[DISCLOSED])
    assert entry[7:] == (10, 2, "已采用")


def test_a_correction_is_kept_when_the_units_are_rolled_up_again(run: Run, book: Path) -> None:
    enter(book, ENTRY)
    for _ in range(2):
        roll_up(run, book)
    assert total(book) == 17
    assert check(run, book) == {}


def test_a_report_of_the_whole_prints_the_corrected_figure_of_the_unit(run: Run, book: Path) -> None:
    enter(book, ENTRY)
    roll_up(run, book)
    figures = {unit.unit: unit.facts[DISCLOSED] for unit in unit_figures(open_clerk_book(book))}
    assert figures == {"甲局": 12, "乙局": 5}


def test_a_correction_falls_away_when_the_unit_sends_another_figure(run: Run, book: Path) -> None:
    enter(book, ENTRY)
    roll_up(run, book)
    write_facts(book.parent / "units", "甲.json", "甲局", disclosed=13, via_website=13)
    told = roll_up(run, book)
    assert told["rollup.corrections"] == [
        "甲局：更正未采用：原数写的是10，单位所报是13。核对单位报来的数；仍要更正的，把“原数”改为13"
    ]
    assert total(book) == 18
    outcome = load_workbook(book)[CORRECTIONS_SHEET]["J4"].value
    assert outcome == "未采用：原数写的是10，单位所报是13"


@pytest.mark.parametrize(("column", "what"), [(0, "没有写单位"), (4, "没有写原因"), (5, "没有写更正人")])
def test_an_entry_that_says_too_little_is_refused_and_changes_nothing(
    run: Run, book: Path, column: int, what: str
) -> None:
    enter(book, [*ENTRY[:column], None, *ENTRY[column + 1 :]])
    assert what in roll_up(run, book)["rollup.corrections"][0]
    assert total(book) == 15


def test_entries_stay_where_they_stand_with_blank_lines_between_them(run: Run, book: Path) -> None:
    enter(book, ENTRY, [], ["丙局", *ENTRY[1:]])
    assert "没有“丙局”这个单位" in roll_up(run, book)["rollup.corrections"][0]
    sheet = load_workbook(book)[CORRECTIONS_SHEET]
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == ["甲局", None, "丙局"]


def test_a_correction_entered_since_is_told_to_wait_for_the_next_rollup(run: Run, book: Path) -> None:
    enter(book, ENTRY)
    assert check(run, book) == {"rollup.corrections": ["甲局：更正未采用：填好的更正还没有计入合计。重新汇总"]}


def test_a_figure_typed_over_is_found_by_a_check(run: Run, book: Path) -> None:
    assert check(run, book) == {}
    type_over(book, FIRST_FIGURE, 99)
    [told] = check(run, book)["rollup.overtyped"]
    assert told.startswith(
        "乙局：分户表的数被直接改动：“(一)主动公开政府信息数”由5改成了99。重新汇总，恢复单位所报的数"
    )


def test_a_figure_typed_over_is_told_and_put_right_by_the_next_rollup(run: Run, book: Path) -> None:
    type_over(book, FIRST_FIGURE, 99)
    [told] = roll_up(run, book)["rollup.overtyped"]
    assert "由5改成了99。本次汇总已恢复单位所报的数；确需改动的，在“更正”中写明原因" in told
    assert load_workbook(book)[UNITS_SHEET]["F5"].value == 5
    assert roll_up(run, book) == {}


@pytest.mark.parametrize(
    ("cell", "value", "what"),
    [
        ((UNITS_FIRST_ROW, 0), "丙局", "第 5 行的单位、类别或次序被改动，汇总时是“5、乙局、”"),
        ((UNITS_FIRST_ROW + 4, 0), "丙局", "这一行不是汇总写入的"),
        (FIRST_FIGURE, None, "由5改成了空白"),
    ],
)
def test_whatever_else_was_changed_in_the_lines_is_found(
    run: Run, book: Path, cell: tuple[int, int], value: Value, what: str
) -> None:
    type_over(book, cell, value)
    assert what in check(run, book)["rollup.overtyped"][0]


def test_a_total_of_the_form_typed_over_is_found_and_put_right(run: Run, book: Path) -> None:
    place = fact_places(EDITION)[DISCLOSED]
    opened = FileBook.open(book)
    opened.write_cells(place.sheet, {(place.row, place.column): CellContent(16)})
    opened.save(book)
    [told] = check(run, book)["rollup.overtyped"]
    assert told.startswith("：“(一)主动公开政府信息数”的合计被直接改动：各单位相加是15，表中是16。重新汇总")
    [told] = roll_up(run, book)["rollup.overtyped"]
    assert "本次汇总已恢复" in told
    assert total(book) == 15
    assert check(run, book) == {}


def test_the_difference_of_a_correction_typed_over_is_found(run: Run, book: Path) -> None:
    enter(book, ENTRY)
    roll_up(run, book)
    type_over(book, (UNITS_FIRST_ROW + 2, UNITS_FIRST_FACT_COLUMN), 50)
    assert "改成了50" in check(run, book)["rollup.overtyped"][0]

"""A workbook of ours is read by what it says of itself: edition, cover, form and text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.returns.reports import sample_report
from tests.returns.writers import Report, write_xlsx
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.returns.model import CellState, ProblemKind, Return
from xl_disclosure.returns.read import read_file, read_paragraphs
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import cover_place, fact_places
from xl_disclosure.workbook.new import new_workbook

YEARS = {"2014": 2018, "2014-xingyi": 2016, "2014-fujian": 2017, "2019": 2020, "2021": 2024}


def fill(report: Report, path: Path) -> None:
    """Write a report into a fresh workbook of ours, all but the totals that the form adds up itself."""
    book = new_workbook(report.edition, report.unit, report.year)
    typed = set(report.facts) - set(computed_facts(report.edition))
    for address, place in fact_places(report.edition).items():
        if address in typed:
            book.write_cells(place.sheet, {(place.row, place.column): CellContent(report.facts[address])})
    head = cover_place("head")
    book.write_cells(head.sheet, {(head.row, head.column): CellContent("张三")})
    book.save(path)


@pytest.fixture(params=YEARS)
def report(request: pytest.FixtureRequest) -> Report:
    return sample_report(request.param, YEARS[request.param])


@pytest.fixture
def filled(report: Report, tmp_path: Path) -> Path:
    path = tmp_path / "某局.xlsm"
    fill(report, path)
    return path


def typed(returned: Return) -> dict[str, object]:
    totals = computed_facts(load_edition(returned.edition))
    return {address: value for address, value in returned.facts.items() if address not in totals}


def test_what_was_typed_reads_back(report: Report, filled: Path) -> None:
    returned = read_file(filled)
    totals = computed_facts(report.edition)
    assert typed(returned) == {address: value for address, value in report.facts.items() if address not in totals}
    assert all(returned.facts[address] is not None for address in totals)
    assert returned.problems == ()
    assert (returned.edition, returned.unit, returned.year) == (report.edition.id, report.unit, report.year)
    assert returned.cover["head"] == "张三"
    assert returned.file == "某局.xlsm"


def test_every_fact_says_where_it_stands(report: Report, filled: Path) -> None:
    places = fact_places(report.edition)
    for address, entry in read_file(filled).entries.items():
        assert (entry.place.sheet, entry.place.cell) == (places[address].sheet, places[address].a1)


def test_a_fresh_workbook_is_blank_throughout(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "新.xlsm"
    new_workbook(report.edition).save(path)
    returned = read_file(path)
    assert {entry.state for entry in returned.entries.values()} == {CellState.BLANK}
    assert [problem.kind for problem in returned.problems] == [ProblemKind.UNKNOWN_YEAR]
    assert (returned.unit, returned.year) == ("", None)


def test_the_narrative_is_given_as_written(report: Report, filled: Path) -> None:
    page = openpyxl.load_workbook(filled)["报告正文"]
    written = [[cell.value or "" for cell in row] for row in page.iter_rows(min_row=4, max_col=3) if row[1].value]
    narrative = read_file(filled).narrative
    assert [[line.section, line.text, line.condition] for line in narrative] == written
    assert len(narrative) > len(report.edition.outline.sections)
    assert (narrative[0].place.sheet, narrative[0].place.cell) == ("报告正文", "B4")
    assert read_paragraphs(filled) == narrative


def test_saved_by_another_program_it_reads_the_same(report: Report, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "另存.xlsx"
    openpyxl.load_workbook(filled).save(path)
    before, after = read_file(filled), read_file(path)
    assert after.facts == before.facts
    assert after.cover == before.cover
    assert after.problems == ()


def test_a_renamed_form_sheet_is_still_found(report: Report, filled: Path) -> None:
    book = openpyxl.load_workbook(filled, keep_vba=True)
    book[report.edition.sheets[0].name].title = "我的表"
    book.save(filled)
    returned = read_file(filled)
    assert returned.unit == report.unit
    assert {problem.kind for problem in returned.problems} <= {ProblemKind.UNKNOWN_ROW}
    assert returned.facts == {**returned.facts, **{a: v for a, v in report.facts.items() if a in typed(returned)}}


def test_a_blank_row_inserted_is_named_though_the_figures_are_read(report: Report, filled: Path) -> None:
    book = openpyxl.load_workbook(filled, keep_vba=True)
    sheet = report.edition.sheets[0].name
    book[sheet].insert_rows(7)
    book.save(filled)
    returned = read_file(filled)
    named = [(problem.kind, problem.place.sheet, problem.place.cell) for problem in returned.problems]
    assert (ProblemKind.UNKNOWN_ROW, sheet, "A7") in named


def test_another_editions_form_put_in_its_place_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "某局.xlsm"
    old = sample_report("2014", 2018)
    fill(sample_report("2014-xingyi", 2018), path)
    plain = tmp_path / "表.xlsx"
    write_xlsx(old, plain)
    book = openpyxl.load_workbook(path, keep_vba=True)
    del book["统计表"]
    page = book.create_sheet("统计表")
    for row in openpyxl.load_workbook(plain).worksheets[0].iter_rows():
        for cell in row:
            page[cell.coordinate] = cell.value
    book.save(path)
    returned = read_file(path)
    assert returned.edition == "2014"
    assert returned.facts == old.facts

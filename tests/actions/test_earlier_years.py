"""Last year's return, once named, is kept in the workbook, and the years that it keeps with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.actions.conftest import Run
from tests.actions.report_files import make_book, text_of
from xl_disclosure.actions.report import ReportRequest, write_report
from xl_disclosure.forms.catalog import load_edition

TODAY = date(2017, 3, 1)


def book_of(run: Run, folder: Path, year: int, received: int, *further: object) -> Path:
    edition = load_edition("2014")
    facts = dict.fromkeys(map(str, edition.facts), 0)
    for row in ("received", "received_online", "closed", "closed_on_time", "replies", "granted"):
        facts[f"statistics.{row}.count"] = received
    facts["statistics.disclosed.count"] = facts["statistics.via_website.count"] = 100 + received
    record = {"printed_edition": "2014", "unit": "某某局", "year": year, "facts": facts}
    place = folder / str(year)
    place.mkdir()
    return make_book(run, place, record, *further)


def test_the_report_compares_with_last_year(run: Run, tmp_path: Path) -> None:
    before = book_of(run, tmp_path, 2015, 8)
    book = book_of(run, tmp_path, 2016, 10, "--last-year", before)
    assert run("report", book, "-o", tmp_path, "--format", "docx")[0] == 0
    assert "收到申请数同比增长25%，申请答复数同比增长25%。" in text_of(
        tmp_path / "某某局2016年政府信息公开工作年度报告.docx"
    )


def test_several_years_are_pictured(run: Run, tmp_path: Path) -> None:
    book = book_of(run, tmp_path, 2014, 6)
    for year, received in ((2015, 8), (2016, 10)):
        book = book_of(run, tmp_path, year, received, "--last-year", book)
    assert run("report", book, "-o", tmp_path, "--format", "html")[0] == 0
    page = (tmp_path / "某某局2016年政府信息公开工作年度报告.html").read_text(encoding="utf-8")
    assert "收到申请：2014年6件、2015年8件、2016年10件" in page


def test_another_year_before_replaces_the_figures_kept(run: Run, tmp_path: Path) -> None:
    first = book_of(run, tmp_path, 2015, 8)
    book = book_of(run, tmp_path, 2016, 10, "--last-year", first)
    (tmp_path / "改").mkdir()
    mended = book_of(run, tmp_path / "改", 2015, 5)
    assert run("fill", book, "--last-year", mended)[0] == 0
    assert run("report", book, "-o", tmp_path, "--format", "docx")[0] == 0
    assert "收到申请数同比增长100%" in text_of(tmp_path / "某某局2016年政府信息公开工作年度报告.docx")


def test_problems_copied_from_last_year_are_found(run: Run, tmp_path: Path) -> None:
    before = book_of(run, tmp_path, 2015, 8)
    book = book_of(run, tmp_path, 2016, 10, "--last-year", before)
    result = write_report(ReportRequest(book, tmp_path, ["docx"], TODAY))
    assert "text.problems" in [finding.rule for finding in result.check.failed]

"""A report says of itself whether it may be published: the finished document is read and checked once more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions.conftest import Run
from tests.actions.report_files import make_book
from tests.narrative.samples import open_word
from tests.reference import Reference
from xl_disclosure.actions import report as report_action
from xl_disclosure.actions.report import ReportRequest, write_report
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report

TODAY = date(2017, 3, 1)


def test_a_report_with_open_errors_is_a_draft_and_says_so(run: Run, reference: Reference, tmp_path: Path) -> None:
    record = reference.report("pt_nyn_2021")
    book = make_book(run, tmp_path, record)
    status, output, _ = run("report", book, "-o", tmp_path / "报告")
    assert status == 1
    assert "草稿" in output
    document, page = sorted((tmp_path / "报告").iterdir())
    assert 'string="草稿"' in open_word(document.read_bytes()).sections[0].header._element.xml
    assert 'class="draft"' in page.read_text(encoding="utf-8")


def test_a_report_without_open_errors_is_final(run: Run, book: Path, tmp_path: Path) -> None:
    status, output, _ = run("report", book, "-o", tmp_path / "报告")
    assert status == 0
    assert "草稿" not in output
    _, page = sorted((tmp_path / "报告").iterdir())
    assert 'class="draft"' not in page.read_text(encoding="utf-8")


def test_the_outcome_stands_in_the_workbook(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("report", book, "-o", tmp_path / "报告")[0] == 0
    rows = list(load_workbook(book)["审核结果"].iter_rows(min_row=4, values_only=True))
    assert "text.breakdown" in [row[5] for row in rows]
    before = book.read_bytes()
    assert run("report", book, "-o", tmp_path / "报告")[0] == 0
    assert book.read_bytes() == before


def test_a_figure_printed_wrong_is_found_and_makes_a_draft(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misprint(report: Report, template: Path | None) -> str:
        return render_html(report, template).replace(">215<", ">251<")

    monkeypatch.setattr(report_action, "render_html", misprint)
    result = write_report(ReportRequest(book, tmp_path / "报告", ["docx", "html"], TODAY))
    [wrong] = [finding for finding in result.check.failed if finding.rule == "report.figures"]
    assert wrong.facts == ("statistics.disclosed.count",)
    assert "印的是251，表中是215" in wrong.words["what"]
    assert result.is_draft
    assert 'class="draft"' in result.files[1].read_text(encoding="utf-8")
    messages = [row[3] for row in load_workbook(book)["审核结果"].iter_rows(min_row=4, values_only=True)]
    assert any("印的是251，表中是215" in str(message) for message in messages)


def test_a_document_that_cannot_be_read_back_is_found(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_action, "render_html", lambda _, __: "<p>没有表</p>")
    result = write_report(ReportRequest(book, tmp_path / "报告", ["html"], TODAY))
    assert "report.figures" in [finding.rule for finding in result.check.failed]
    assert result.is_draft

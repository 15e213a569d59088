"""One unit's file in a roll-up: the same figures and findings as its own check gives, sooner."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from tests.reference import Reference, report_names
from tests.returns.reports import published_report, sample_report
from tests.returns.test_own_book import YEARS, fill
from tests.returns.writers import FORMATS, Report
from xl_disclosure.actions.check import check_return, own_book
from xl_disclosure.actions.unit_file import read_unit_file
from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.wording import message
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.office import AppliedSettings
from xl_disclosure.returns.model import Number
from xl_disclosure.returns.read import read_file
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, FINDING_COLUMNS, FINDINGS_SHEET

Write = Callable[[Report, Path], None]
WRITERS: Mapping[str, tuple[str, Write]] = {**FORMATS, "own": (".xlsm", fill)}


def failed_in_a_check(path: Path) -> tuple[Finding, ...]:
    """Return what the check of the file alone finds wrong, its own workbook opened as for writing."""
    returned = read_file(path)
    settings = AppliedSettings(load_edition(returned.edition))
    return check_return(settings, returned, clerk=own_book(path)).failed


def hold_against_a_check(path: Path) -> None:
    sent, returned = read_unit_file(path), read_file(path)
    assert sent.findings == failed_in_a_check(path)
    assert list(sent.figures) == [returned.facts.get(address) for address in load_edition(sent.edition).facts]
    assert (sent.unit, sent.year) == (returned.unit, returned.year)
    assert sent.digest == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", report_names())
@pytest.mark.parametrize("kind", WRITERS)
def test_a_published_report_in_every_kind_of_file(reference: Reference, name: str, kind: str, tmp_path: Path) -> None:
    suffix, write = WRITERS[kind]
    path = tmp_path / f"报表{suffix}"
    write(published_report(reference, name), path)
    hold_against_a_check(path)


@pytest.mark.parametrize("edition", YEARS)
def test_figures_at_random_in_a_workbook_of_ours(edition: str, tmp_path: Path) -> None:
    path, source = tmp_path / "报表.xlsm", random.Random(edition)
    for number in range(4):
        report = sample_report(edition, YEARS[edition])
        facts: dict[FactAddress, Number | None] = {a: source.choice((0, 0, 0, number, None)) for a in report.facts}
        fill(Report(report.edition, report.unit, report.year, facts), path)
        hold_against_a_check(path)


@pytest.mark.parametrize("edition", YEARS)
def test_a_workbook_of_ours_with_nothing_but_zeros(edition: str, tmp_path: Path) -> None:
    path, report = tmp_path / "报表.xlsm", sample_report(edition, YEARS[edition])
    fill(Report(report.edition, report.unit, report.year, dict.fromkeys(report.facts, 0)), path)
    hold_against_a_check(path)


def changed(path: Path, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> Path:
    """Write cells of a sheet of a workbook."""
    book = FileBook.open(path)
    book.write_cells(sheet, cells)
    book.save(path)
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a workbook of ours full of figures that break rules."""
    path = tmp_path / "某局.xlsm"
    fill(sample_report("2014", 2018), path)
    return path


def test_what_the_unit_wrote_beside_a_finding_comes_along(own: Path) -> None:
    finding = failed_in_a_check(own)[0]
    texts = {"rule": finding.rule, "message": "", "note": "", "approved": "是", "approver": "李四"}
    texts |= {"message": message(load_edition("2014"), finding), "note": "已与上级核对"}
    columns = {column.code: at for at, column in enumerate(FINDING_COLUMNS)}
    changed(own, FINDINGS_SHEET, {(BODY_FIRST_ROW, columns[code]): CellContent(text) for code, text in texts.items()})
    hold_against_a_check(own)
    explanation = read_unit_file(own).findings[0].explanation
    assert explanation is not None
    assert explanation.note == "已与上级核对"


def test_a_register_longer_than_is_read_of_any_file_is_counted_to_its_end(own: Path) -> None:
    register = next(iter(load_edition("2014").registers.values())).sheet
    hold_against_a_check(changed(own, register, {(6000, 0): CellContent("最后一行")}))

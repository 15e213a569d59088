"""Whatever kind of file a unit sends, the same facts are read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import Convert
from tests.reference import Reference, report_names
from tests.returns.reports import published_report, sample_report
from tests.returns.writers import FORMATS, Report, write_xlsx
from xl_disclosure.returns.model import ProblemKind
from xl_disclosure.returns.read import read_file

LAST_YEARS = {"2014": 2018, "2014-xingyi": 2016, "2014-fujian": 2017, "2019": 2020, "2021": 2024}


MISUSED = ("pt_shs_2021",)
"""Reports on a form that was no longer in force in their year, as labels show; JSON names its edition instead."""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", report_names())
def test_a_published_report_reads_back_the_same(reference: Reference, tmp_path: Path, name: str, form: str) -> None:
    report = published_report(reference, name)
    suffix, write = FORMATS[form]
    path = tmp_path / f"报表{suffix}"
    write(report, path)
    assert_read_back(report, path, is_misused=name in MISUSED and form != "json")


@pytest.mark.parametrize(("to", "suffix"), [("xls", ".xls"), ("xls", ".et"), ("ods", ".ods")])
def test_every_published_report_reads_back_the_same_from_another_program(
    reference: Reference, soffice: Convert, tmp_path: Path, to: str, suffix: str
) -> None:
    reports = {name: published_report(reference, name) for name in report_names()}
    for name, report in reports.items():
        write_xlsx(report, tmp_path / f"{name}.xlsx")
    for converted in soffice.every(sorted(tmp_path.glob("*.xlsx")), to, tmp_path / "converted"):
        path = converted.rename(converted.with_suffix(suffix))
        assert_read_back(reports[path.stem], path, is_misused=path.stem in MISUSED)


def assert_read_back(report: Report, path: Path, *, is_misused: bool) -> None:
    """Hold that a file reads back to a report's facts, edition, unit and year, and that a misused form is told of."""
    returned = read_file(path)
    assert returned.facts == report.facts
    assert (returned.edition, returned.unit, returned.year) == (report.edition.id, report.unit, report.year)
    assert [problem.kind for problem in returned.problems] == [ProblemKind.WRONG_EDITION] * is_misused
    for problem in returned.problems:
        assert f"{report.year}年度应使用“2021年版（现行）”" in problem.message
        assert f"“{report.edition.name}”" in problem.message


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("edition_id", LAST_YEARS)
def test_every_figure_of_every_edition_keeps_its_place(tmp_path: Path, edition_id: str, form: str) -> None:
    report = sample_report(edition_id, LAST_YEARS[edition_id])
    suffix, write = FORMATS[form]
    path = tmp_path / f"报表{suffix}"
    write(report, path)

    returned = read_file(path)

    assert returned.facts == report.facts
    assert returned.problems == ()


@pytest.mark.parametrize("form", FORMATS)
def test_a_blank_cell_is_blank_and_a_zero_is_zero(tmp_path: Path, form: str) -> None:
    report = sample_report("2021", 2024)
    addresses = list(report.edition.facts)
    facts = {address: (None if number % 2 else 0) for number, address in enumerate(addresses)}
    suffix, write = FORMATS[form]
    path = tmp_path / f"报表{suffix}"
    write(type(report)(report.edition, report.unit, report.year, facts), path)

    returned = read_file(path)

    assert returned.facts == facts
    assert returned.blank == tuple(address for number, address in enumerate(addresses) if number % 2)

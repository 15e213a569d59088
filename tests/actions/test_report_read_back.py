"""A report made from real facts reads back as them, and has no mistake that its source does not have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.actions.conftest import Run
from tests.reference import Reference, report_names

CANNOT_BE_WRITTEN = {"pt_czj_2014", "pt_zrz_2020", "sh_office_2019"}
"""Reports with blank cells in figures that the text offered speaks of."""

NOT_OF_ITS_YEAR = {"pt_shs_2021"}
"""A report on the form of another year."""


def make_book(run: Run, folder: Path, record: dict[str, Any], *further: object) -> Path:
    """Return a fresh workbook filled from a published report's facts."""
    source, book = folder / "facts.json", folder / "我局.xlsm"
    source.write_text(json.dumps(record), encoding="utf-8")
    words = ["--unit", record["unit"], "--year", record["year"]]
    assert run("new", record["printed_edition"], "-o", book, *words)[0] == 0
    assert run("fill", book, "--from", source, *further)[0] == 0
    return book


def findings_on(run: Run, path: Path) -> set[tuple[str, str]]:
    """Return what checking a file finds: rules, each with the first figure it is about."""
    findings = json.loads(run("check", path, "--json")[1])["files"][0]["findings"]
    return {(finding["rule"], *finding["facts"][:1]) for finding in findings}


@pytest.mark.reference
@pytest.mark.parametrize("name", [name for name in report_names() if name not in CANNOT_BE_WRITTEN | NOT_OF_ITS_YEAR])
def test_a_report_of_real_facts_reads_back_as_them_and_has_no_mistake_of_its_own(
    name: str, run: Run, reference: Reference, tmp_path: Path
) -> None:
    record = reference.report(name)
    book = make_book(run, tmp_path, record)
    assert run("report", book, "-o", tmp_path / "报告")[0] in (0, 1)
    of_the_source = findings_on(run, tmp_path / "facts.json")
    documents = sorted((tmp_path / "报告").iterdir())
    assert [path.suffix for path in documents] == [".docx", ".html"]
    for path in documents:
        read = json.loads(run("read", path, "--json")[1])
        assert (read["edition"], read["unit"], read["year"]) == (
            record["printed_edition"],
            record["unit"],
            record["year"],
        )
        assert read["facts"] == {**dict.fromkeys(read["facts"]), **record["facts"]}
        assert findings_on(run, path) <= of_the_source


@pytest.mark.parametrize("name", sorted(CANNOT_BE_WRITTEN))
def test_a_text_that_speaks_of_a_blank_cell_stops_the_report(
    name: str, run: Run, reference: Reference, tmp_path: Path
) -> None:
    book = make_book(run, tmp_path, reference.report(name))
    status, _, complaint = run("report", book, "-o", tmp_path / "报告")
    assert status == 2
    assert "没有数据" in complaint
    assert "先填好" in complaint
    assert not (tmp_path / "报告").exists()

"""Every published report goes through new, fill, read and check without loss, and its known mistakes are found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.actions.conftest import Run
from tests.actions.published_remarks import FORM_REMARKS, FormRemark
from tests.checks.narrative.remarks import REMARKS, Beyond
from tests.checks.returns import published
from tests.reference import Reference, report_names
from tests.returns.reports import published_report
from tests.returns.writers import write_xlsx
from xl_disclosure.checks.across_units import check_parent
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.text import label_key
from xl_disclosure.returns.read import read_file
from xl_disclosure.rules.evaluate import Facts

HYBRID = "pt_shs_2021"
"""Printed for 2021 on the superseded form, with rows of the new one."""

Fill = Callable[[str], Path]
CASES = [
    pytest.param(name, remark, id=f"{name}-{remark.position}")
    for name, remarks in FORM_REMARKS.items()
    for remark in remarks
    if remark.rule
]


@pytest.fixture
def fill(run: Run, reference: Reference, tmp_path: Path) -> Fill:
    """Give a function that fills a new workbook from a published report."""

    def fill_new(name: str) -> Path:
        report = reference.report(name)
        path = tmp_path / f"{name}.xlsm"
        words = ("-o", path, "--unit", report["unit"], "--year", report["year"])
        assert run("new", report["printed_edition"], *words)[0] == 0
        assert run("fill", path, "--from", reference.path(f"reports/{name}.json"))[0] == 0
        return path

    return fill_new


def findings_of(run: Run, *words: object) -> list[dict[str, Any]]:
    """Return the findings of one check from the command line."""
    status, output, complaints = run("check", *words, "--json")
    assert status in (0, 1), complaints
    found: list[dict[str, Any]] = json.loads(output)["files"][0]["findings"]
    return found


@pytest.mark.parametrize("name", [name for name in report_names() if name != HYBRID])
def test_a_report_is_filled_read_and_checked_without_loss(
    run: Run, fill: Fill, reference: Reference, name: str
) -> None:
    report = reference.report(name)
    path = fill(name)
    status, output, _ = run("read", path, "--json")
    found = json.loads(output)
    assert status == 0
    assert (found["edition"], found["unit"], found["year"]) == (
        report["printed_edition"],
        report["unit"],
        report["year"],
    )
    assert found["facts"] == dict.fromkeys(found["facts"]) | report["facts"]
    assert set(found["blank"]) == {address for address, value in found["facts"].items() if value is None}
    assert all(finding["message"] and finding["basis"] for finding in findings_of(run, path))


def test_a_report_on_a_superseded_form_gets_no_workbook_for_its_year(
    run: Run, reference: Reference, tmp_path: Path
) -> None:
    report = reference.report(HYBRID)
    words = ("-o", tmp_path / "新.xlsm", "--unit", report["unit"], "--year", report["year"])
    status, _, complaints = run("new", report["printed_edition"], *words)
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert "不适用于2021年" in complaints


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_a_hybrid_report_fills_no_workbook_and_each_figure_out_of_place_is_named(
    run: Run, reference: Reference, tmp_path: Path, edition_id: str
) -> None:
    path, source = tmp_path / "新.xlsm", reference.path(f"reports/{HYBRID}.json")
    assert run("new", edition_id, "-o", path)[0] == 0
    before = path.read_bytes()
    status, _, complaints = run("fill", path, "--from", source)
    assert (status, path.read_bytes()) == (2, before)
    assert "没有读取" in complaints
    problems = json.loads(run("read", source, "--json")[1])["problems"]
    foreign = reference.report(HYBRID)["facts"].keys() - load_edition("2019").facts.keys()
    assert len(foreign) == 21
    assert {problem["where"]["cell"] for problem in problems if problem["kind"] == "unknown_row"} == foreign


@pytest.mark.parametrize(("name", "remark"), CASES)
def test_a_mistake_that_a_rule_of_the_form_can_see_is_found(
    run: Run, fill: Fill, reference: Reference, tmp_path: Path, name: str, remark: FormRemark
) -> None:
    if remark.children:
        found = [{"rule": one.rule, "facts": one.facts} for one in across_units(reference, name, remark)]
    elif remark.labels or name == HYBRID:
        found = findings_of(run, printed(reference, name, remark.labels, tmp_path))
    else:
        against = last_year(reference, name, remark.last_year, tmp_path)
        found = findings_of(run, fill(name), *against)
    assert remark.rule in {finding["rule"] for finding in found if set(remark.facts) <= set(finding["facts"])}


def last_year(reference: Reference, name: str, stated: str | Mapping[str, int], folder: Path) -> list[object]:
    """Return the words that name last year's return: a published one, or one of the figures told of."""
    if not stated:
        return []
    if isinstance(stated, str):
        return ["--last-year", reference.path(f"reports/{stated}.json")]
    report = reference.report(name)
    path = folder / "上年.json"
    record = {key: report[key] for key in ("printed_edition", "unit")} | {"year": report["year"] - 1, "facts": stated}
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return ["--last-year", path]


def printed(reference: Reference, name: str, labels: Mapping[str, str], folder: Path) -> Path:
    """Return the report as a plain workbook, with other words where the official labels hold those given."""
    path = folder / f"{name}.xlsx"
    write_xlsx(published_report(reference, name), path)
    book = openpyxl.load_workbook(path)
    for official, other in labels.items():
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        (cell,) = [cell for cell in cells if label_key(official) in label_key(str(cell.value))]
        cell.value = str(cell.value).replace(official, other)
    book.save(path)
    return path


def across_units(reference: Reference, name: str, remark: FormRemark) -> list[Finding]:
    """Hold the report of a region against those of some of its units; the others' are not at hand."""
    parent = published(reference, name)
    children = {unit: child(reference, stated) for unit, stated in remark.children.items()}
    found = check_parent(load_edition(parent.edition), name, parent.facts, children, missing=["其他单位"])
    failed = [finding for finding in found if finding.outcome is Outcome.FAILED]
    assert {finding.words["child"] for finding in failed if finding.facts == remark.facts} == remark.children.keys()
    return failed


def child(reference: Reference, stated: str | Mapping[str, int]) -> Facts:
    if isinstance(stated, str):
        return published(reference, stated).facts
    return {FactAddress(address): value for address, value in stated.items()}


@pytest.mark.parametrize("name", report_names())
def test_every_remark_on_a_report_has_its_finding_or_the_reason_why_none(reference: Reference, name: str) -> None:
    remarks = range(len(reference.report(name).get("remarks", [])))
    on_the_form = {remark.position: remark for remark in FORM_REMARKS.get(name, ())}
    left_to_the_form = {remark.position for remark in REMARKS[name] if remark.beyond is Beyond.FORM}
    assert on_the_form.keys() == left_to_the_form
    assert [remark.position for remark in REMARKS[name]] == list(remarks)
    assert all(bool(remark.rule) != bool(remark.why_none) for remark in on_the_form.values())


def test_a_heading_that_is_missing_over_whole_rows_loses_no_figure(reference: Reference, tmp_path: Path) -> None:
    name, heading = "pt_lyy_2020", "第二十条第(六)项"
    returned = read_file(printed(reference, name, {heading: " "}, tmp_path))
    assert returned.facts == published_report(reference, name).facts


def test_how_many_remarks_are_found() -> None:
    on_the_text = [remark for remarks in REMARKS.values() for remark in remarks]
    on_the_form = [remark for remarks in FORM_REMARKS.values() for remark in remarks]
    found = sum(bool(remark.found) for remark in on_the_text) + sum(bool(remark.rule) for remark in on_the_form)
    assert (len(on_the_text), len(on_the_form), found) == (49, 18, 33)

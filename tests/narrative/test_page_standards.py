"""The web page passes the Nu Html Checker, and axe at the width of a phone and of a desk, whatever the report holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser import CheckAccess
from tests.narrative.samples import facts_of, offered_rows, report_of, returned_of, text_row, zeros
from tests.programs import ValidatePages
from tests.reference import Reference
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.context import Context, UnitFigures
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report

WIDTHS = (360, 1280)


def offered(edition_id: str) -> Report:
    """Return the report of the text an edition offers, nothing having happened all year."""
    edition = load_edition(edition_id)
    return build_report(edition, returned_of(edition, zeros(edition)), offered_rows(edition))


def full(reference: Reference) -> Report:
    """Return a draft with pictures, a development over the years, and units' tables."""
    record = reference.report("suqian_2023")
    known = {FactAddress(address): value for address, value in facts_of(record).items() if value is not None}
    edition = load_edition("2021")
    units = (UnitFigures("甲局", known), UnitFigures("乙局", known))
    context = Context(earlier={2022: known, 2021: known}, units=units)
    heading = next(section.heading for section in edition.outline.sections if section.unit_tables)
    rows = (*offered_rows(edition), text_row("逐个列出。", section=heading))
    returned = returned_of(edition, facts_of(record), year=2023)
    return replace(build_report(edition, returned, rows, context), is_draft=True)


def hostile() -> Report:
    """Return a report whose text and cover are full of markup."""
    edition = load_edition("2014")
    rows = (text_row("</p><script>alert(1)</script><img src=x onerror=alert(1)>&amp;&", section="一、<b>总体</b>情况"),)
    returned = returned_of(edition, zeros(edition), unit="</title><script>alert(1)</script>", cover={"head": "<i>张"})
    return build_report(edition, returned, rows)


@pytest.fixture(scope="module")
def pages(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the pages by what they show."""
    reports = {edition_id: offered(edition_id) for edition_id in edition_ids()}
    reports |= {"全": full(reference), "敌意": hostile(), "空白年报": report_of(reference.report("xingyi_2016"))}
    folder = tmp_path_factory.mktemp("pages")
    paths: dict[str, Path] = {}
    for name, report in reports.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(render_html(report), encoding="utf-8")
    return paths


def test_the_pages_are_valid_html(pages: dict[str, Path], nu_validator: ValidatePages) -> None:
    assert nu_validator(list(pages.values())) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*edition_ids(), "全", "敌意", "空白年报"])
def test_nothing_keeps_people_from_using_the_page(
    name: str, width: int, pages: dict[str, Path], axe: CheckAccess
) -> None:
    assert axe(pages[name], width) == []


def test_the_checkers_do_find_mistakes(tmp_path: Path, nu_validator: ValidatePages, axe: CheckAccess) -> None:
    page = tmp_path / "wrong.html"
    page.write_text(
        "<!DOCTYPE html><title>x</title><img src=x><p style=color:#eee;background:#fff>几乎看不见的文字",
        encoding="utf-8",
    )
    assert any("alt" in line for line in nu_validator([page]))
    found = axe(page, 360)
    assert any(line.startswith("image-alt") for line in found)
    assert any(line.startswith("color-contrast") for line in found)

"""Charts beside the form draw the figures of the form, whatever is filled in, and are not printed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.programs import Convert
from xl_disclosure.actions.clerk_book import as_clerk_book
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.returns.own_book import HIDDEN_SHEET
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.new import new_workbook
from xl_disclosure.workbook.template.workbook import build_template

EACH = pytest.mark.parametrize("edition_id", edition_ids())


def charts_of(edition_id: str) -> list[str]:
    with zipfile.ZipFile(BytesIO(build_template(load_edition(edition_id)))) as package:
        names = sorted(name for name in package.namelist() if name.startswith("xl/charts/chart"))
        return [package.read(name).decode() for name in names]


@EACH
def test_every_breakdown_that_a_report_pictures_has_a_chart(edition_id: str) -> None:
    pictured = [part for part in load_edition(edition_id).outline.breakdowns if part.section]
    charts = charts_of(edition_id)
    assert [breakdown.title for breakdown in pictured] == [
        re.findall("<a:t>([^<]*)</a:t>", chart)[0] for chart in charts
    ]
    assert all(HIDDEN_SHEET in chart for chart in charts)


@EACH
def test_charts_stand_outside_what_is_printed_and_say_what_they_show(edition_id: str) -> None:
    content = BytesIO(build_template(load_edition(edition_id)))
    book = openpyxl.load_workbook(content)
    with zipfile.ZipFile(content) as package:
        drawings = [
            package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/drawing")
        ]
    described = re.findall('descr="([^"]*)"', "".join(drawings))
    assert described
    assert all("各有多少" in words for words in described)
    for form in load_edition(edition_id).sheets:
        sheet = book[form.name]
        assert isinstance(sheet, Worksheet)
        last_column = range_boundaries(str(sheet.print_area).rpartition("!")[2])[2]
        for chart in sheet._charts:  # type: ignore[attr-defined]
            assert chart.anchor._from.col > (last_column or 0)


def drawn(path: Path) -> Mapping[str, object]:
    """Return what the charts of a workbook draw: labels and figures of the hidden sheet."""
    found: dict[str, object] = {}
    for row in load_workbook(path, data_only=True)[HIDDEN_SHEET].iter_rows(min_col=4, values_only=True):
        found.update({str(label): value for label, value in pairwise(row) if isinstance(value, int)})
    return found


def test_a_filled_form_is_drawn_with_its_figures(soffice: Convert, tmp_path: Path) -> None:
    edition = load_edition("2021")
    clerk = as_clerk_book(new_workbook(edition, "甲局", 2023), tmp_path / "甲.xlsm")
    facts = {address: CellContent(number) for number, address in enumerate(edition.facts)}
    clerk.write_form(facts)
    clerk.book.save(clerk.path)
    calculated = drawn(soffice(clerk.path, "xlsx", tmp_path / "calculated"))
    figures = {str(address): number for number, address in enumerate(edition.facts)}
    refused = [row.code for row in edition.tables["requests"].leaves("refused")]
    assert calculated["自然人"] == figures["requests.received.natural_person"]
    assert calculated["不予公开"] == sum(figures[f"requests.{row}.total"] for row in refused)

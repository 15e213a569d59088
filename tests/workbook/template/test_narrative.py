"""报告正文 shows beside the text what each chapter must say, and counts the characters of a limited chapter."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.programs import Convert
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.workbook.layout import BODY_FIRST_ROW
from xl_disclosure.workbook.narrative_help import narrative_help
from xl_disclosure.workbook.template.workbook import build_template

LIMITED = load_edition("2021")
OVERVIEW = "一、总体情况"


def narrative_sheet(edition_id: str) -> Worksheet:
    book = openpyxl.load_workbook(BytesIO(build_template(load_edition(edition_id))))
    sheet = book[NARRATIVE_SHEET]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("edition_id", edition_ids())
def test_what_a_chapter_must_say_stands_beside_its_first_line_only(edition_id: str) -> None:
    rows = list(narrative_sheet(edition_id).iter_rows(min_row=BODY_FIRST_ROW + 1, max_col=4, values_only=True))
    for section in load_edition(edition_id).outline.sections:
        guidance = [row[3] or "" for row in rows if row[0] == section.heading]
        assert guidance == [section.guidance, *[""] * (len(guidance) - 1)]


def test_the_help_counts_the_overview_as_it_stands() -> None:
    lines = [(OVERVIEW, "字" * 600), (OVERVIEW, "字" * 400), ("五、存在的主要问题及改进情况", "字" * 50)]
    assert "“一、总体情况”现有约1000字，应在1000字以内。" in str(narrative_help(LIMITED, lines).value)
    lines.append((OVERVIEW, "字"))
    assert "“一、总体情况”现有约1001字，应在1000字以内，请删减。" in str(narrative_help(LIMITED, lines).value)


@pytest.mark.parametrize("edition_id", [name for name in edition_ids() if name != "2021"])
def test_an_edition_without_such_a_limit_has_plain_help(edition_id: str) -> None:
    help_line = narrative_help(load_edition(edition_id), [(OVERVIEW, "字" * 2000)])
    assert help_line.formula == ""
    assert "字以内" not in str(help_line.value)


@pytest.mark.parametrize("length", [0, 999, 1001])
def test_the_formula_reads_as_the_help_does(length: int, soffice: Convert, tmp_path: Path) -> None:
    lines = [(OVERVIEW, "字" * length), ("二、主动公开政府信息情况", "字")]
    help_line = narrative_help(LIMITED, lines)
    book = Workbook()
    sheet = book.worksheets[0]
    for row, line in enumerate(lines, start=BODY_FIRST_ROW + 1):
        for column, text in enumerate(line, start=1):
            sheet.cell(row, column).value = text
    sheet["A2"] = f"={help_line.formula}"
    path = tmp_path / "help.xlsx"
    book.save(path)
    calculated = load_workbook(soffice(path, "xlsx", tmp_path / "calculated"), data_only=True).worksheets[0]
    assert calculated["A2"].value == help_line.value

from __future__ import annotations

from pathlib import Path

import pytest

from tests.narrative.samples import offered_rows, open_page, open_word, returned_of, text_row, word_lines, zeros
from tests.programs import Validate
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.context import NOTHING_FURTHER, Context, UnitFigures
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.word import render_word

EACH = pytest.mark.parametrize("edition_id", edition_ids())


def heading_of(edition: Edition) -> str:
    """Return the heading under which an edition appends the units' tables."""
    [section] = [section for section in edition.outline.sections if section.unit_tables]
    return section.heading


def asked_for(edition: Edition, context: Context, condition: str = "") -> Report:
    """Return the report of a workbook in which a clerk takes up the line that appends the units' tables."""
    rows = (text_row("逐个列出。", section=heading_of(edition), condition=condition),)
    return build_report(edition, returned_of(edition, zeros(edition)), rows, context)


def two_units(edition: Edition) -> Context:
    """Return a roll-up of two units, each with a figure of its own in every cell."""
    facts = [dict.fromkeys(edition.facts, figure) for figure in (71, 83)]
    return Context(units=(UnitFigures("甲局", facts[0]), UnitFigures("乙局", facts[1])))


@EACH
def test_the_form_of_every_unit_is_appended_when_the_clerk_asks(edition_id: str) -> None:
    edition = load_edition(edition_id)
    report = asked_for(edition, two_units(edition))
    own = len(edition.sheets)
    for tables in (
        [[cell.text for row in table.rows for cell in row.cells] for table in open_word(render_word(report)).tables],
        [[cell.text_content() for cell in table.iter("td")] for table in open_page(render_html(report)).iter("table")],
    ):
        assert len(tables) == 3 * own
        assert all("71" in table and "83" not in table for table in tables[own : 2 * own])
        assert all("83" in table and "71" not in table for table in tables[2 * own :])


@EACH
def test_it_is_offered_but_not_taken_up_by_itself(edition_id: str) -> None:
    edition = load_edition(edition_id)
    report = build_report(edition, returned_of(edition, zeros(edition)), offered_rows(edition), two_units(edition))
    assert report.units_annex is None
    assert heading_of(edition) not in [chapter.heading for chapter in report.chapters]


def test_there_is_none_without_units() -> None:
    edition = load_edition("2021")
    assert asked_for(edition, NOTHING_FURTHER).units_annex is None
    assert asked_for(edition, two_units(edition), "汇总单位数 > 2").units_annex is None


def test_heading_lines_and_units_stand_behind_the_signature() -> None:
    edition = load_edition("2021")
    lines = word_lines(open_word(render_word(asked_for(edition, two_units(edition)))))
    start = lines.index("2017年1月20日")
    assert lines[start + 1 : start + 5] == ["附：各单位统计表", "逐个列出。", "甲局", "甲局：二、主动公开政府信息情况"]


def test_the_document_conforms_to_the_standard(ooxml_validator: Validate, tmp_path: Path) -> None:
    edition = load_edition("2021")
    path = tmp_path / "report.docx"
    path.write_bytes(render_word(asked_for(edition, two_units(edition))))
    assert ooxml_validator(path) == []

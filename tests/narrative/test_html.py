from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.narrative.samples import open_page, report_of, returned_of, text_row, zeros
from tests.reference import Reference
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report


def blank_report(edition_id: str, text: str = "文字。") -> Report:
    """Return a report of one line of text, all facts 0."""
    edition = load_edition(edition_id)
    return build_report(edition, returned_of(edition, zeros(edition)), (text_row(text, section="一、总体情况"),))


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_page_asks_nothing_of_the_network(edition_id: str) -> None:
    page = render_html(blank_report(edition_id))
    assert re.findall(r"https?://[^\"\s]+", page) == ["https://schema.org"]
    assert not re.search(r"<(link|img|iframe)|src=|@import|url\(", page)


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_table_has_a_caption_and_every_header_says_what_it_heads(edition_id: str) -> None:
    page = open_page(render_html(blank_report(edition_id)))
    tables = page.xpath("//table")
    assert len(tables) == len(load_edition(edition_id).sheets)
    for table in tables:
        assert table.find("caption").text_content()
        assert table.getparent().get("tabindex") == "0"
        assert {cell.get("scope") for cell in table.iter("th")} <= {"col", "row", "rowgroup"}


@pytest.mark.parametrize("edition_id", edition_ids())
def test_merged_cells_are_those_of_the_form(edition_id: str) -> None:
    edition = load_edition(edition_id)
    page = open_page(render_html(blank_report(edition_id)))
    for table, sheet in zip(page.xpath("//table"), edition.sheets, strict=True):
        printed = [(int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))) for cell in table.xpath(".//th | .//td")]
        grid = build_grid(edition, sheet)
        assert printed == [(cell.column_span, cell.row_span) for cell in grid.cells]


def test_language_landmarks_and_order_of_headings() -> None:
    page = open_page(render_html(blank_report("2021")))
    assert page.get("lang") == "zh-CN"
    assert [len(page.xpath(f"//{landmark}")) for landmark in ("header", "main", "article", "h1")] == [1, 1, 1, 1]
    for section in page.iter("section"):
        assert page.get_element_by_id(section.get("aria-labelledby")).getparent() is section


def test_facts_are_embedded_for_machines(reference: Reference) -> None:
    record = reference.report("suqian_2023")
    page = open_page(render_html(report_of(record)))
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    measured = {item["propertyID"]: item["value"] for item in data["variableMeasured"]}
    assert measured == record["facts"]
    assert data["publisher"] == {"@type": "GovernmentOrganization", "name": "宿迁市"}
    assert data["temporalCoverage"] == "2023-01-01/2023-12-31"


def test_a_blank_fact_is_embedded_as_null() -> None:
    edition = load_edition("2021")
    page = open_page(render_html(build_report(edition, returned_of(edition, {}), ())))
    data = json.loads(page.xpath("string(//script)"))
    assert {item["value"] for item in data["variableMeasured"]} == {None}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</script><b>A&B</b>", "{% raw 和 %}" * 0 + "=1+1", "“引号”"]
)
def test_a_clerks_text_is_shown_never_run(text: str) -> None:
    page = open_page(render_html(blank_report("2014", text)))
    assert text in [line.text_content() for line in page.xpath("//section[1]/p")]
    assert len(page.xpath("//script")) == 1


def test_a_units_name_cannot_close_the_embedded_facts() -> None:
    edition = load_edition("2021")
    returned = returned_of(edition, {}, unit="</script><script>alert(1)</script>")
    page = open_page(render_html(build_report(edition, returned, ())))
    [script] = page.xpath("//script")
    assert json.loads(script.text)["publisher"]["name"] == returned.unit


def test_the_same_report_gives_the_same_page() -> None:
    assert render_html(blank_report("2019")) == render_html(blank_report("2019"))


def test_a_template_with_an_unknown_field_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "本局网页.html.j2"
    path.write_text("<h1>{{ title }}</h1>\n<p>{{ chaptres }}</p>\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        render_html(blank_report("2021"), path)
    assert (error.value.place.file, error.value.place.cell) == (str(path), "段落“{{ chaptres }}”")
    assert error.value.remedy == "改为 chapters"


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="网页模板不存在或不能打开"):
        render_html(blank_report("2021"), tmp_path / "absent.j2")

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from tests.narrative.samples import facts_of, open_page, open_word, report_of, returned_of, zeros
from tests.programs import Validate
from tests.reference import Reference
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.charts import Chart
from xl_disclosure.narrative.context import Context, EarlierYears
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.word import render_word
from xl_disclosure.returns.model import Number

NATIONAL = load_edition("2014")
WAYS: Mapping[str, Number | None] = {"received": 12, "received_online": 9, "received_by_letter": 3}


def national_report(figures: Mapping[str, Number | None], earlier: EarlierYears | None = None) -> Report:
    """Return a 2014 report for 2016 without text, all facts 0 but those of the rows named."""
    facts = zeros(NATIONAL, **figures)
    return build_report(NATIONAL, returned_of(NATIONAL, facts), (), Context(earlier=earlier or {}))


def years(**received: int) -> EarlierYears:
    """Return earlier years, as y2015=8, in which so many applications came and were answered."""
    rows = (FactAddress("statistics.received.count"), FactAddress("statistics.replies.count"))
    return {int(year[1:]): dict.fromkeys(rows, count) for year, count in received.items()}


def charts_of(report: Report) -> list[Chart]:
    """Return all pictures of a report in order."""
    return [chart for chapter in report.chapters for chart in chapter.charts]


def test_a_picture_shows_every_part_in_order_with_its_figure() -> None:
    [chart] = charts_of(national_report(WAYS))
    assert (chart.title, chart.unit) == ("2016年收到政府信息公开申请的方式", "件")
    assert chart.categories == ("当面申请", "传真申请", "网络申请", "信函申请")
    assert [series.values for series in chart.series] == [(0, 0, 9, 3)]
    assert chart.description == "柱形图。当面申请0件、传真申请0件、网络申请9件、信函申请3件。"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_there_is_no_picture_where_all_figures_are_zero(edition_id: str) -> None:
    edition = load_edition(edition_id)
    assert charts_of(build_report(edition, returned_of(edition, zeros(edition)), ())) == []


@pytest.mark.parametrize("odd", [None, -3])
def test_there_is_no_picture_of_a_blank_or_negative_figure(odd: int | None) -> None:
    assert charts_of(national_report({**WAYS, "received_by_fax": odd})) == []


@pytest.mark.parametrize(
    ("earlier", "shown"),
    [
        ({}, None),
        (years(y2015=8), None),
        (years(y2015=8, y2013=4), None),
        (years(y2015=8, y2014=4), ("2014年", "2015年", "2016年")),
        (years(y2015=8, y2014=4, y2012=1), ("2014年", "2015年", "2016年")),
        (years(y2015=8, y2014=4, y2013=3, y2012=1, y2011=1), ("2012年", "2013年", "2014年", "2015年", "2016年")),
    ],
)
def test_the_development_is_shown_over_up_to_five_years_in_a_row(
    earlier: EarlierYears, shown: tuple[str, ...] | None
) -> None:
    trends = [
        chart for chart in charts_of(national_report({"received": 12, "replies": 11}, earlier)) if chart.is_upright
    ]
    assert [chart.categories for chart in trends] == ([] if shown is None else [shown])


def test_the_development_has_a_row_of_bars_for_each_figure() -> None:
    [*_, chart] = charts_of(national_report({"received": 12, "replies": 11}, years(y2015=8, y2014=4)))
    assert chart.title == "2014—2016年收到的政府信息公开申请"
    assert [(series.name, series.values) for series in chart.series] == [
        ("收到申请", (4, 8, 12)),
        ("答复申请", (4, 8, 11)),
    ]
    assert "收到申请：2014年4件、2015年8件、2016年12件；答复申请：" in chart.description


def test_since_2019_pictures_stand_in_the_overview(reference: Reference) -> None:
    report = report_of(reference.report("suqian_2023"))
    assert [len(chapter.charts) for chapter in report.chapters] == [2, 0, 0, 0, 0, 0]
    [sources, outcomes] = report.chapters[0].charts
    assert sources.series[0].values == (3402, 99, 0, 4, 5, 1)
    assert outcomes.series[0].values == (1191, 328, 142, 1078, 406, 341)


def full_report(reference: Reference) -> Report:
    """Return a report with all kinds of pictures."""
    record = reference.report("suqian_2023")
    known = {FactAddress(address): value for address, value in facts_of(record).items() if value is not None}
    return report_of(record, Context(earlier={2022: known, 2021: known}))


def test_a_web_picture_says_in_words_what_it_shows(reference: Reference) -> None:
    page = open_page(render_html(full_report(reference)))
    pictures = page.xpath("//figure/svg")
    assert len(pictures) == 3
    for picture in pictures:
        named, described = (page.get_element_by_id(name) for name in picture.get("aria-labelledby").split())
        assert picture.get("role") == "img"
        assert "申请" in named.text
        assert described.text.startswith("柱形图。")
        assert named.text in picture.getparent().findtext("figcaption")
    shown = [text.text for text in pictures[0].iter("text")]
    assert shown[:4] == ["自然人", "3402", "商业企业", "99"]
    assert len({element.get("id") for element in page.xpath("//*[@id]")}) == len(page.xpath("//*[@id]"))


def test_bars_of_two_figures_differ_by_pattern_not_by_colour_alone(reference: Reference) -> None:
    picture = open_page(render_html(full_report(reference))).xpath("//figure/svg")[-1]
    fills = {bar.get("class") for bar in picture.xpath("./rect")}
    assert fills == {"bar", "hatched"}
    assert [text.text for text in picture.iter("text")][-2:] == ["新收申请", "办结申请"]


def test_a_word_picture_is_a_chart_of_word_s_own_with_alternative_text(reference: Reference) -> None:
    content = render_word(full_report(reference))
    described = [element.get("descr") for element in open_word(content).element.iter(qn("wp:docPr"))]
    assert len(described) == 3
    assert described[0].startswith("2023年新收政府信息公开申请的来源（单位：件）。柱形图。自然人3402件、")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/charts/")]
        values = re.findall(r"<c:v>([^<]*)</c:v>", archive.read(parts[0]).decode())
    assert parts == [f"word/charts/chart{number}.xml" for number in (1, 2, 3)]
    assert values == ["申请人", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他组织",
                      "3402", "99", "0", "4", "5", "1"]  # fmt: skip


def test_a_document_with_pictures_conforms_and_stays_the_same(
    reference: Reference, ooxml_validator: Validate, tmp_path: Path
) -> None:
    report = full_report(reference)
    path = tmp_path / "report.docx"
    path.write_bytes(render_word(report))
    assert ooxml_validator(path) == []
    assert render_word(report) == path.read_bytes()

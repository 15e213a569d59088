from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.narrative.samples import facts_of, offered_rows, report_of, returned_of, text_row, zeros
from tests.reference import Reference
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.checks.narrative import check_narrative
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import FactAddress, Measure
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.context import Context, UnitFigures
from xl_disclosure.narrative.report import Line, Report
from xl_disclosure.returns.model import Number, Return, TextParagraph

NATIONAL = load_edition("2014")


def national_report(text: str, section: str = "一、总体工作情况", **changes: Number | None) -> Report:
    """Return a 2014 report of one line of text, all facts 0 but those named."""
    return build_report(NATIONAL, returned_of(NATIONAL, zeros(NATIONAL, **changes)), (text_row(text, section=section),))


def chapter_text(report: Report, numeral: str) -> str:
    """Return the text of one chapter."""
    [chapter] = [chapter for chapter in report.chapters if chapter.heading.startswith(numeral)]
    return "".join(line.text for line in chapter.lines)


@pytest.mark.parametrize("edition_id", edition_ids())
@pytest.mark.parametrize("figure", [0, 7])
@pytest.mark.parametrize("before", [None, 0, 6])
def test_every_line_an_edition_offers_can_be_used(edition_id: str, figure: int, before: int | None) -> None:
    edition = load_edition(edition_id)
    earlier = {} if before is None else {edition.first_year - 1: dict.fromkeys(edition.facts, before)}
    facts: dict[str, Number | None] = {
        address: Decimal(figure) if fact.measure is Measure.MONEY else figure for address, fact in edition.facts.items()
    }
    report = build_report(
        edition, returned_of(edition, facts, year=edition.first_year), offered_rows(edition), Context(earlier=earlier)
    )
    assert report.title == f"示例局{edition.first_year}年政府信息公开工作年度报告"
    required = [section.heading for section in edition.outline.sections if section.required]
    assert [chapter.heading for chapter in report.chapters] == required
    assert all(chapter.lines or chapter.table for chapter in report.chapters)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (0, "2016年，本机关未收到政府信息公开申请。"),
        (3, "2016年，本机关收到政府信息公开申请3件，其中网络申请2件、信函申请1件。"),
    ],
)
def test_the_sentence_follows_the_figure(received: int, expected: str) -> None:
    online, by_letter = (2, 1) if received else (0, 0)
    facts = zeros(NATIONAL, received=received, received_online=online, received_by_letter=by_letter)
    returned = returned_of(NATIONAL, facts)
    assert chapter_text(build_report(NATIONAL, returned, offered_rows(NATIONAL)), "三、").startswith(expected)


def known_facts(record: Mapping[str, Any]) -> dict[FactAddress, Number]:
    """Return the facts of a published report that are not blank."""
    return {FactAddress(address): value for address, value in facts_of(record).items() if value is not None}


def reported(facts: dict[str, Number | None], context: Context) -> Report:
    """Return a 2014 report of the text the edition offers."""
    return build_report(NATIONAL, returned_of(NATIONAL, facts), offered_rows(NATIONAL), context)


def last_year(**figures: int) -> Context:
    """Return what is known of the year before a report for 2016."""
    return Context(earlier={2015: {FactAddress(f"statistics.{row}.count"): value for row, value in figures.items()}})


def test_changes_against_last_year_are_told_where_last_year_is_known() -> None:
    facts = zeros(NATIONAL, disclosed=215, received=12, received_online=12, replies=12, granted=12)
    report = reported(facts, last_year(disclosed=200, received=0, replies=12))
    assert "主动公开政府信息数同比增长7.5%。" in chapter_text(report, "二、")
    assert "收到申请数比上年增加12件（上年为0件），申请答复数与上年持平。" in chapter_text(report, "三、")
    assert "上年" not in chapter_text(reported(facts, Context()), "二、") + chapter_text(
        reported(facts, Context()), "三、"
    )


def test_figures_of_another_year_than_the_last_are_not_compared_with() -> None:
    facts = zeros(NATIONAL, disclosed=215)
    older = Context(earlier={2014: {FactAddress("statistics.disclosed.count"): 200}})
    assert "同比" not in chapter_text(reported(facts, older), "二、")


def test_where_both_years_are_zero_nothing_is_compared() -> None:
    report = reported(zeros(NATIONAL), last_year(disclosed=0, received=0, replies=0))
    assert "上年" not in "".join(line.text for chapter in report.chapters for line in chapter.lines)


@pytest.mark.parametrize("edition_id", edition_ids())
def test_a_roll_up_s_report_names_the_units_received_and_missing(edition_id: str) -> None:
    edition = load_edition(edition_id)
    units = tuple(UnitFigures(name, {}) for name in ("甲局", "乙局"))
    context = Context(units=units, received=("甲局", "乙局"), missing=("丙乡", "丁镇"))
    report = build_report(edition, returned_of(edition, zeros(edition)), offered_rows(edition), context)
    text = "".join(line.text for chapter in report.chapters for line in chapter.lines)
    assert "本报告汇总2个单位的数据。" in text
    assert "有2个：甲局、乙局。" in text
    assert "尚未报送、数据没有计入的单位有2个：丙乡、丁镇。" in text
    single = build_report(edition, returned_of(edition, zeros(edition)), offered_rows(edition))
    assert "汇总" not in "".join(line.text for chapter in single.chapters for line in chapter.lines)


def test_suqian_s_figures_stand_in_the_sentences_the_edition_offers(reference: Reference) -> None:
    overview = chapter_text(report_of(reference.report("suqian_2023")), "一、")
    assert "制发行政规范性文件109件，废止489件，年末现行有效597件" in overview
    assert "收到政府信息公开申请3511件，上年结转96件；全年办结3486件，结转下年度继续办理121件" in overview
    assert "予以公开1191件，部分公开328件，不予公开142件，无法提供1078件，不予处理406件，其他处理341件" in overview
    assert "行政事业性收费金额为59237.2449万元" in overview


def test_since_2019_tables_stand_in_their_chapters_and_before_in_the_annex() -> None:
    fixed = load_edition("2021")
    report = build_report(fixed, returned_of(fixed, {}), ())
    assert [chapter.table is not None for chapter in report.chapters] == [False, True, True, True, False, False]
    assert report.annex is None
    free = national_report("文字。")
    assert all(chapter.table is None for chapter in free.chapters)
    assert free.annex is not None
    assert free.annex.title == "示例局政府信息公开情况统计表"


def test_a_year_in_a_printed_label_is_the_reporting_year() -> None:
    edition = load_edition("2014-fujian")
    report = build_report(edition, returned_of(edition, {}, year=2015), ())
    assert report.annex is not None
    headers = [cell.text for cell in report.annex.tables[0].grid.cells if cell.row == 0]
    assert headers == ["指标名称", "计量单位", "2015年度", "历年累计"]


def test_what_a_clerk_wrote_instead_of_a_figure_is_printed_as_written(reference: Reference) -> None:
    report = national_report("文字。", staff=None)
    assert report.annex is not None
    figures = {str(cell.address): cell.text for cell in report.annex.tables[0].grid.cells}
    assert figures["statistics.staff.count"] == ""
    assert figures["statistics.received.count"] == "0"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("（一）组织机构建设情况", 2),
        ("(二)存在问题。", 2),
        ("1.加强领导", 3),
        ("1.加强领导，明确责任。", 0),
        ("（一）收到申请12件；", 0),
        ("（一）" + "主动公开" * 10, 0),
        ("2016年，本机关开展工作。", 0),
        ("组织机构建设情况", 0),
    ],
)
def test_a_short_numbered_line_is_a_heading(text: str, level: int) -> None:
    [line] = national_report(text).chapters[0].lines
    assert (line.text, line.level, line.place.cell) == (text, level, "B7")


def test_a_chapter_added_by_the_clerk_stands_behind_the_others() -> None:
    report = national_report("没有其他事项。", section="六、其他需要报告的事项")
    assert [chapter.heading for chapter in report.chapters][-1] == "六、其他需要报告的事项"
    assert report.chapters[-1].place.cell == "A7"


def test_a_line_whose_condition_does_not_hold_needs_no_figures() -> None:
    rows = (text_row("专职{{ 从事政府信息公开工作人员数 }}人", section="一、总体工作情况", condition="收到申请数 > 0"),)
    report = build_report(NATIONAL, returned_of(NATIONAL, zeros(NATIONAL, staff=None)), rows)
    assert report.chapters[0].lines == ()


def test_control_characters_are_never_printed() -> None:
    returned = returned_of(NATIONAL, zeros(NATIONAL), unit="示例\x07局", cover={"head": "张\x00三\n局长"})
    report = build_report(NATIONAL, returned, (text_row("{{ 单位名称 }}\x1b。", section="一、总体\x02情况"),))
    assert (report.unit, report.cover["head"]) == ("示例局", "张三 局长")
    assert (report.chapters[0].heading, report.chapters[0].lines[0].text) == ("一、总体情况", "示例局。")


@pytest.mark.parametrize(("changes", "field"), [({"unit": " "}, "单位名称"), ({"year": None}, "报告年度")])
def test_a_report_needs_unit_and_year(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as error:
        build_report(NATIONAL, returned_of(NATIONAL, {}, **changes), ())
    assert error.value.place.sheet == "封面"
    assert field in error.value.remedy


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        ("示例局", ("示例局2016年政府信息公开工作年度报告",)),
        ("示例市工业贸易和科学技术局", ("示例市工业贸易和科学技术局", "2016年政府信息公开工作年度报告")),
    ],
)
def test_a_long_title_breaks_behind_the_unit(unit: str, lines: tuple[str, ...]) -> None:
    assert build_report(NATIONAL, returned_of(NATIONAL, {}, unit=unit), ()).title_lines == lines


@pytest.mark.parametrize("name", ["pt_gaj_2016", "pt_region_2019", "pt_region_2020", "pt_lyy_2021", "xingyi_2016"])
def test_real_facts_give_a_report_of_every_edition(reference: Reference, name: str) -> None:
    record = reference.report(name)
    report = report_of(record)
    text = "".join(line.text for chapter in report.chapters for line in chapter.lines)
    assert f"{record['year']}年" in text
    assert "{{" not in text


def test_a_blank_figure_in_the_text_stops_the_report_and_names_its_cell(reference: Reference) -> None:
    with pytest.raises(InputError, match="“主动公开文件数·历年累计”没有数据（“统计表” C6 空白）") as error:
        report_of(reference.report("pt_czj_2014"))
    assert error.value.place.cell == "B7"


@pytest.mark.parametrize("name", ["pt_gaj_2016", "pt_region_2020", "pt_lyy_2021", "suqian_2023", "xingyi_2016"])
@pytest.mark.parametrize("quotient", [None, 1, 2])
def test_what_an_edition_offers_stands_up_to_its_rules_on_texts(
    reference: Reference, name: str, quotient: int | None
) -> None:
    record = reference.report(name)
    before = {} if quotient is None else {address: value // quotient for address, value in known_facts(record).items()}
    report = report_of(record, Context(earlier={record["year"] - 1: before}))
    returned = Return(report.edition.id, report.unit, report.year, report.entries, cover=report.cover)
    lines = list(report.opening)
    for chapter in report.chapters:
        lines += [Line(chapter.heading, 1, chapter.place), *chapter.lines]
    found = check_narrative(report.edition, returned, [TextParagraph(line.text, line.place) for line in lines])
    assert [finding.rule for finding in found.findings if finding.outcome is Outcome.FAILED] == []

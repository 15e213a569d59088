from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registers.sheets import count_sheet, register_of
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.registers.count import RegisterCount
from xl_disclosure.registers.problems import RegisterProblemKind
from xl_disclosure.registers.values import CellValue

YEAR = 2021
POST: dict[str, CellValue] = {"公开日期": "2021-03-01", "信息标题": "年度计划", "公开渠道": "政府网站"}
REQUEST: dict[str, CellValue] = {"收到日期": "2021-03-01", "申请人类别": "自然人"}


def requests_2021(*lines: dict[str, CellValue]) -> RegisterCount:
    return count_sheet(register_of("2021", "requests"), [{**REQUEST, **line} for line in lines], YEAR)


def hits(count: RegisterCount) -> dict[str, int]:
    return {address: number for address, number in count.facts.items() if number}


def kinds(count: RegisterCount) -> list[RegisterProblemKind]:
    return [problem.kind for problem in count.problems]


def test_a_register_without_lines_gives_no_facts() -> None:
    assert count_sheet(register_of("2021", "requests"), [], YEAR) == RegisterCount()


def test_a_register_with_lines_gives_nought_for_the_facts_not_hit() -> None:
    count = requests_2021({})
    assert hits(count) == {"requests.received.natural_person": 1, "requests.carried_forward.natural_person": 1}
    assert count.facts[FactAddress("requests.granted.business")] == 0
    assert count.is_usable


def test_one_line_may_stand_for_several_items_on_several_channels() -> None:
    lines = [
        {**POST, "公开渠道": "政府网站、其他方式", "条数": 30},
        {**POST, "条数": 148},
        {**POST, "公开渠道": "其他方式", "条数": 37},
    ]
    count = count_sheet(register_of("2014", "disclosures"), lines, YEAR)
    assert hits(count) == {
        "statistics.disclosed.count": 215,
        "statistics.via_website.count": 178,
        "statistics.via_other.count": 67,
    }


def test_items_are_counted_by_website_column() -> None:
    lines = [
        {**POST, "栏目": "部门动态", "条数": 108},
        {**POST, "栏目": "机构设置", "条数": 2},
        {**POST, "栏目": "部门动态", "公开日期": "2020-12-31"},
        POST,
    ]
    count = count_sheet(register_of("2014", "disclosures"), lines, YEAR)
    assert count.groups == {"部门动态": 108, "机构设置": 2}


def test_only_normative_documents_count_as_such() -> None:
    lines = [{**POST, "是否规范性文件": "是"}, {**POST, "是否规范性文件": "否"}, POST]
    count = count_sheet(register_of("2014", "disclosures"), lines, YEAR)
    assert count.facts[FactAddress("statistics.normative_disclosed.count")] == 1


def test_a_document_is_counted_when_issued_and_when_repealed() -> None:
    kind: dict[str, CellValue] = {**POST, "文件类别": "行政规范性文件"}
    lines = [
        {**kind, "制发日期": "2021-02-20"},
        {**kind, "公开日期": "2012-02-20", "制发日期": "2012-02-01", "废止日期": "2021-06-30"},
        {**kind, "公开日期": "2021-01-10", "制发日期": "2020-12-30"},
    ]
    count = count_sheet(register_of("2021", "disclosures"), lines, YEAR)
    assert hits(count) == {"documents.normative_documents.issued": 1, "documents.normative_documents.repealed": 1}
    assert count.problems == ()


def test_a_request_closed_next_january_is_carried_forward() -> None:
    count = requests_2021({"收到日期": "2021-12-20", "办结日期": "2022-01-05", "办理结果": "予以公开"})
    assert hits(count) == {"requests.received.natural_person": 1, "requests.carried_forward.natural_person": 1}
    assert count.problems == ()


@pytest.mark.parametrize("closed", [{"办结日期": "2021-01-05", "办理结果": "予以公开"}, {}])
def test_a_request_of_last_year_is_brought_forward(closed: dict[str, CellValue]) -> None:
    count = requests_2021({"收到日期": "2020-12-20", **closed})
    end = "granted" if closed else "carried_forward"
    assert hits(count) == {"requests.brought_forward.natural_person": 1, f"requests.{end}.natural_person": 1}


def test_a_request_over_before_the_year_is_only_mentioned() -> None:
    count = requests_2021({"收到日期": "2020-03-01", "办结日期": "2020-03-20", "办理结果": "予以公开"})
    assert hits(count) == {}
    assert kinds(count) == [RegisterProblemKind.OUTSIDE_YEAR]
    assert count.is_usable


def test_disputes_are_counted_by_kind_and_result() -> None:
    count = requests_2021(
        {"复议日期": "2021-06-01", "复议结果": "结果维持"},
        {"诉讼日期": "2021-06-01", "诉讼类型": "复议后起诉", "诉讼结果": "结果纠正"},
        {"诉讼日期": "2020-06-01", "诉讼类型": "未经复议直接起诉", "诉讼结果": "尚未审结"},
    )
    assert {address: number for address, number in hits(count).items() if address.startswith("disputes")} == {
        "disputes.reconsideration.upheld": 1,
        "disputes.litigation_after_reconsideration.corrected": 1,
        "disputes.direct_litigation.pending": 1,
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"办理结果": "予以公开"}, "填了“办理结果”，没有填“办结日期”"),
        ({"办结日期": "2021-04-01"}, "填了“办结日期”，没有填“办理结果”"),
        ({"复议结果": "尚未审结"}, "填了“复议结果”，没有填“复议日期”"),
        ({"诉讼日期": "2021-04-01", "诉讼类型": "复议后起诉"}, "填了“诉讼日期”，没有填“诉讼结果”"),
        ({"办结日期": "2021-02-01", "办理结果": "予以公开"}, "办结日期（2021-02-01）早于收到日期（2021-03-01）"),
    ],
)
def test_a_line_that_says_a_thing_by_halves_is_reported(line: dict[str, CellValue], message: str) -> None:
    count = requests_2021(line)
    assert [problem.message for problem in count.problems] == [message]
    assert not count.is_usable


def test_what_cannot_be_read_is_not_also_reported_as_missing() -> None:
    count = requests_2021({"办结日期": "四月", "办理结果": "予以公开"})
    assert kinds(count) == [RegisterProblemKind.BAD_DATE]


DAYS = st.dates(date(2019, 1, 1), date(2023, 12, 31))
METHODS = ["当面", "传真", "网络", "信函"]
CHANNELS = ["政府公报", "政府网站", "政务微博", "政务微信", "其他方式"]
OUTCOMES_2021 = list(next(f for f in register_of("2021", "requests").fields if f.code == "outcome").choices.values())
APPLICANTS = ["自然人", "商业企业", "其他组织"]


@st.composite
def request_lines(draw: st.DrawFn) -> dict[str, CellValue]:
    received = draw(DAYS)
    line: dict[str, CellValue] = {"收到日期": received, "申请人类别": draw(st.sampled_from(APPLICANTS))}
    closed = draw(st.none() | st.dates(received, date(2023, 12, 31)))
    if closed is not None:
        line |= {"办结日期": closed, "办理结果": draw(st.sampled_from(OUTCOMES_2021))}
    return line


@given(st.lists(request_lines(), min_size=1, max_size=40))
def test_what_came_in_is_what_went_out_and_what_is_left_for_every_kind_of_applicant(
    lines: list[dict[str, CellValue]],
) -> None:
    count = count_sheet(register_of("2021", "requests"), lines, YEAR)
    edition = load_edition("2021")
    outcomes = [row.code for row in edition.tables["requests"].leaves("outcomes")]
    for applicant in ("natural_person", "business", "other_organisation"):
        figure = {
            row: count.facts[FactAddress(f"requests.{row}.{applicant}")]
            for row in ("received", "brought_forward", "carried_forward", *outcomes)
        }
        assert figure["received"] + figure["brought_forward"] == figure["carried_forward"] + sum(
            figure[row] for row in outcomes
        )


@given(st.lists(st.tuples(DAYS, st.sampled_from(METHODS)), min_size=1, max_size=40))
def test_the_ways_of_asking_add_up_to_the_requests_of_the_year(lines: list[tuple[date, str]]) -> None:
    count = count_sheet(
        register_of("2014", "requests"), [{"收到日期": day, "申请方式": method} for day, method in lines], YEAR
    )
    parts = [row.code for row in load_edition("2014").tables["statistics"].children("received")]
    total = sum(count.facts[FactAddress(f"statistics.{part}.count")] for part in parts)
    assert total == sum(day.year == YEAR for day, _ in lines)


@given(st.lists(st.tuples(DAYS, st.sets(st.sampled_from(CHANNELS), min_size=1), st.integers(1, 50)), min_size=1))
def test_the_largest_channel_is_within_all_and_all_within_the_channels_together(
    lines: list[tuple[date, set[str], int]],
) -> None:
    posts: list[dict[str, CellValue]] = [
        {"公开日期": day, "信息标题": "计划", "公开渠道": "、".join(sorted(channels)), "条数": items}
        for day, channels, items in lines
    ]
    count = count_sheet(register_of("2014", "disclosures"), posts, YEAR)
    channels = [number for address, number in count.facts.items() if address.startswith("statistics.via_")]
    assert max(channels) <= count.facts[FactAddress("statistics.disclosed.count")] <= sum(channels)

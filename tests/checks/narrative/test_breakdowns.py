from __future__ import annotations

import pytest

from tests.checks.narrative.reports import check, failed, message, mistakes, outcome
from xl_disclosure.checks.findings import Outcome

FORM_2014 = {"statistics.via_website.count": 178, "statistics.disclosed.count": 215}


@pytest.mark.parametrize(
    "text",
    [
        "公开信息263条，其中政策类12条，民政类75条，卫生类161条，应急类4条，其他11条。",
        "公布信息100条（其中A类60条、B类30条、其他10条）。",
        "共收办案件60件（市政府10件、县政府20件、区政府30件），同比增长70.3%，其中，个人50件，企业10件；办结55件。",
        "公开信息3460条。其中，各部门公开1822条，占53%。各乡镇公开1638条，占47%。",
        "对25件案件收取2950元。其中，甲局1件，收取450元；乙局9件，收取1000元；丙局15件，收取1500元。",
        "收到申请一百件，其中甲类五十件，乙类三十件，丙类二十件。",
        "收到申请100件，其中网上60件，信函40件；办结90件，其中按时80件，延期10件。",
    ],
)
def test_a_breakdown_adds_up(text: str) -> None:
    told = check(text)
    assert mistakes(told) == []
    assert outcome(told, "text.breakdown") is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("公开信息263条，其中政策类12条，民政类75条，卫生类161条，应急类4条，其他10条。", 262, 263),
        ("公布信息2599条，(其中A类1000条，B类1000条，其他600条)", 2600, 2599),
        ("共收办案件60件（市政府10件、县政府20件、区政府31件）。", 61, 60),
        ("公开信息50条，其中甲类30条，其他类信息10条。", 40, 50),
        ("收到申请一百件，其中甲类五十件，乙类三十件，丙类十件。", 90, 100),
    ],
)
def test_a_breakdown_does_not_add_up(text: str, found: int, expected: int) -> None:
    assert mistakes(check(text)) == [("text.breakdown", found, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "公开信息500条，其中规范性文件10条。",
        "公开信息500条，其中政策类10条，许可类200条。",
        "公开信息500条，其中政策类10条，许可类200条，卫生类20条等。",
        "公开信息120条，其中网站公开100条，微信公开80条，公报公开60条。",
        "收到申请10件，其中网上约6件，信函3件，当面2件。",
        "收到申请10件，同比增加3件，其中网上6件，信函4件。",
        "公开信息500条，其中培训3次，会议2次，宣传1次。",
        "公布信息100条（含项目建设、招商引资等内容），其中甲类100条。",
    ],
)
def test_a_breakdown_that_may_be_incomplete_or_overlap_is_left_alone(text: str) -> None:
    assert mistakes(check(text)) == []


def test_open_ended_parts_may_be_less_than_the_total_but_not_more() -> None:
    text = "公开信息{}条，其中政策类10条，许可类200条，卫生类20条等。"
    assert mistakes(check(text.format(500))) == []
    assert mistakes(check(text.format(220))) == [("text.breakdown", 230, 220)]


def test_the_message_shows_the_addition() -> None:
    (finding,) = failed(check("公布信息100条（其中A类60条、B类30条、其他11条）"))
    assert message("2021", finding) == (
        "正文“公布信息100条（其中A类60条、B类30条、其他11条）”：各部分 60＋30＋11＝101条，而文中的总数是 100条"
    )


CATEGORIES = "公示公告类159条，政策规范性文件类信息12条，政策解读类3条，生态环境保护类136条，征地信息类62条。"


@pytest.mark.parametrize("total", [372, 400])
def test_a_list_of_categories_divides_the_total_stated_before_it(total: int) -> None:
    texts = (f"2019年度，主动公开政府信息{total}条。历年累计主动公开政府信息2979条。", CATEGORIES)
    expected = [] if total == 372 else [("text.breakdown", 372, 400)]
    for told in (check(*texts, edition="2019", year=2019), check("".join(texts), edition="2019", year=2019)):
        assert [mistake for mistake in mistakes(told) if mistake[0] == "text.breakdown"] == expected


def test_a_list_of_categories_without_a_total_is_left_alone() -> None:
    assert outcome(check(CATEGORIES), "text.breakdown") is Outcome.SKIPPED


def test_a_list_of_website_columns_is_held_against_the_form() -> None:
    text = "依托门户网站设置栏目，其中甲栏目公开信息1条；乙栏目公开信息2条；丙栏目公开信息108条；丁栏目公开22条。"
    (finding,) = failed(check(text, facts=FORM_2014, edition="2014-xingyi", year=2016))
    assert (finding.rule, finding.found, finding.expected) == ("text.breakdown", 133, 178)
    assert finding.facts == ("statistics.via_website.count", "statistics.disclosed.count")
    right = text.replace("108条", "153条")
    assert mistakes(check(right, facts=FORM_2014, edition="2014-xingyi", year=2016)) == []


def test_what_was_made_is_what_was_published_given_on_request_and_refused() -> None:
    text = "共制作政务信息851条，主动公开政府信息56条。依申请公开信息788条。"
    assert mistakes(check(text)) == [("text.breakdown", 844, 851)]
    assert mistakes(check(text + "不予公开信息7条。")) == []
    assert mistakes(check("共制作政务信息851条，主动公开政府信息56条。")) == []

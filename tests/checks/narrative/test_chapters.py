from __future__ import annotations

import pytest

from tests.checks.narrative.reports import HEADINGS, check, failed, message, mistakes, outcome, reason
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.checks.narrative.chapter_demands import count_characters
from xl_disclosure.forms.rules import Severity

OVERVIEW = "主动公开情况良好；依申请公开渠道畅通；政府信息管理规范；平台建设加强；监督保障有力。"
PROBLEMS = "一是公开的深度不够，二是解读的形式单一，今年已增加图解和视频解读。"
FEES = "本年度没有收取信息处理费。"


def whole(**changed: str) -> list[str]:
    """Return a whole text with the body of some chapters changed."""
    bodies = {"overview": OVERVIEW, "problems": PROBLEMS, "others": FEES, **changed}
    return [
        "某某局2022年政府信息公开工作年度报告",
        HEADINGS[0],
        bodies["overview"],
        *HEADINGS[1:5],
        bodies["problems"],
        HEADINGS[5],
        bodies["others"],
    ]


def test_a_whole_text_in_the_official_shape_passes_every_rule_on_chapters() -> None:
    told = check(*whole())
    assert mistakes(told) == []
    for rule in ("text.sections", "text.length", "text.points", "text.fee", "text.problems"):
        assert outcome(told, rule) is Outcome.PASSED


def test_of_an_excerpt_nothing_is_said_about_chapters() -> None:
    told = check("本年度工作有序开展。")
    for rule in ("text.length", "text.points", "text.fee", "text.problems"):
        assert outcome(told, rule) is Outcome.SKIPPED
        assert reason(told, rule) == "正文没有分章的标题，可能只是摘录"
    assert reason(told, "text.sections") == "正文中没有章节标题"


@pytest.mark.parametrize(
    ("heading", "changed"),
    [
        (5, "六、需要说明的其他事项与附表"),
        (3, "四、政府信息公开行政法复议、行政诉讼情况"),
        (4, "五、存在的问题及改进措施"),
    ],
)
def test_a_changed_heading_is_reported_even_in_an_excerpt(heading: int, changed: str) -> None:
    expected = [("text.sections", changed, HEADINGS[heading])]
    assert mistakes(check(changed)) == expected
    texts = [changed if text == HEADINGS[heading] else text for text in whole()]
    assert [mistake for mistake in mistakes(check(*texts)) if mistake[0] == "text.sections"] == expected


def test_spaces_and_widths_do_not_change_a_heading() -> None:
    assert mistakes(check("一、 总体情况", "四、政府信息公开行政复议，行政诉讼情况")) == []


def test_a_missing_a_moved_and_an_added_heading() -> None:
    without_last = whole()[:-2]
    (missing,) = failed(check(*without_last))
    assert message("2021", missing) == f"章节标题与官方格式不一致：缺少“{HEADINGS[5]}”"
    moved = [HEADINGS[1], HEADINGS[0], OVERVIEW, *HEADINGS[2:5], PROBLEMS, HEADINGS[5], FEES]
    assert mistakes(check(*moved)) == [("text.sections", HEADINGS[1], HEADINGS[1])]
    added = [*whole(), "七、附件"]
    assert mistakes(check(*added)) == [("text.sections", "七、附件", "")]


def test_a_chapter_put_in_makes_one_finding_of_all_the_numbers_it_shifts() -> None:
    shifted = [HEADINGS[0], "二、落实工作要点情况", *("三四五六七"[n] + HEADINGS[n + 1][1:] for n in range(5))]
    found = [finding for finding in failed(check(*shifted)) if finding.rule == "text.sections"]
    assert len(found) == 1
    assert found[0].expected == "；".join(HEADINGS[1:])


def test_a_list_numbered_like_chapters_within_a_chapter_is_no_heading() -> None:
    texts = whole(problems="一、公开的深度不够")
    texts.insert(texts.index("一、公开的深度不够") + 1, "二、下一步将增加图解")
    assert mistakes(check(*texts)) == []


def test_an_overview_may_be_a_thousand_characters_long() -> None:
    filling = "做好公开工作" * 200
    just = OVERVIEW + filling[: 1000 - count_characters(OVERVIEW)]
    assert mistakes(check(*whole(overview=just))) == []
    (finding,) = failed(check(*whole(overview=just + "好的")))
    assert (finding.rule, finding.found, finding.expected) == ("text.length", 1002, 1000)
    assert message("2021", finding) == "“一、总体情况”一章有 1002 字，超过 1000 字，多 2 字"


def test_characters_are_counted_as_word_processors_do() -> None:
    assert count_characters("2022年，App 3.5万条。\n") == 8


def test_an_overview_covers_the_five_points() -> None:
    (finding,) = failed(check(*whole(overview="主动公开有序，平台运行良好，考核到位。")))
    assert finding.rule == "text.points"
    assert finding.severity is Severity.INFO
    assert message("2021", finding) == "“一、总体情况”一章没有写到：依申请公开、政府信息管理"


def test_the_last_chapter_says_what_fees_were_charged() -> None:
    assert mistakes(check(*whole(others="无其他需要报告的事项。"))) == [("text.fee", None, "信息处理费")]
    assert mistakes(check(*whole(others="收取信息处理费2950元。"))) == []


@pytest.mark.parametrize("nothing", ["无", "无。", "没有问题", "本年度无。", "不存在突出问题。", "/"])
def test_problems_left_empty_block_submission(nothing: str) -> None:
    (finding,) = failed(check(*whole(problems=nothing)))
    assert (finding.rule, finding.severity) == ("text.problems", Severity.ERROR)
    assert message("2021", finding) == "“五、存在的主要问题及改进情况”一章没有内容，或只写“无”"


def test_a_chapter_without_a_paragraph_is_empty() -> None:
    texts = [text for text in whole() if text != PROBLEMS]
    assert [rule for rule, _, _ in mistakes(check(*texts))] == ["text.problems"]


def test_problems_of_last_year_again_want_a_word() -> None:
    last_year = whole(problems=PROBLEMS.replace("今年", "去年"))
    (finding,) = failed(check(*whole(), last_year=last_year))
    assert (finding.rule, finding.severity) == ("text.problems", Severity.WARN)
    assert "与上年报告的文字 97% 相同" in message("2021", finding)
    assert mistakes(check(*whole(), last_year=whole(problems="去年的问题是人手不足，现已配齐。"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据国办公开办函〔2021〕30号编制。", []),
        ("根据国办公开办函[2019]60号编制。", [("text.basis", "公开办函〔2019〕60号", "国办公开办函〔2021〕30号")]),
        ("按年度报告格式（试行）编制。", [("text.basis", "年度报告格式（试行）", "国办公开办函〔2021〕30号")]),
        ("根据国办函〔2020〕109号收取。", []),
    ],
)
def test_the_notice_cited_is_the_one_in_force(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert mistakes(check(text)) == expected


def test_the_2019_format_has_no_rules_of_2021() -> None:
    told = check("根据国办公开办函〔2019〕60号编制。", edition="2019", year=2020)
    assert {"text.length", "text.fee", "text.basis", "text.points"}.isdisjoint({one.rule for one in told.findings})

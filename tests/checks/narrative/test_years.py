from __future__ import annotations

import pytest

from tests.checks.narrative.reports import check, failed, message, mistakes, outcome, reason
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.forms.rules import Severity


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局主动公开政府信息200条。",
        "截至2022年12月31日，我局主动公开政府信息200条。",
        "2021年主动公开政府信息180条，2022年主动公开政府信息200条。",
        "2008年以来，共公开政府信息5000条。",
        "2021年相比，主动公开政府信息增加20条。",
        "按照《2021年政务公开工作要点》公开信息3条。",
        "2023年，我区将采取以下措施加以改进。",
        "2022年，我局将政务公开纳入考核，公开信息3条。",
        "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
        "统计时限为2022年1月1日至12月31日。",
        "某某局\n2023年1月20日",
        "2021年建成的平台运行良好。",
    ],
)
def test_years_as_they_should_be(text: str) -> None:
    assert mistakes(check(text)) == []


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("2021年，我局主动公开政府信息200条。", 2021, 2022),
        ("2021年度我局未收到政府信息公开申请。", 2021, 2022),
        ("…2022年，我们将采取以下措施加以改进", 2022, 2023),
        ("2022年，我局将进一步加强公开。", 2022, 2023),
        ("统计期限自2021年1月1日起至2021年12月31日止。", "2021年1月1日", "2022年1月1日"),
        ("统计期限自2022月1日起至2022年12月31日", "2022月1日", "2022年1月1日"),
        ("统计期限自2022年1月1日起至2022年11月30日", "2022年11月30日", "2022年12月31日"),
        ("某某局 2022年1月21日", 2022, 2023),
        ("没有其他需要报告的事项。某市财政局 ２０２２年1月25日", 2022, 2023),
        ("二〇二二年一月二十日", 2022, 2023),
    ],
)
def test_a_year_left_over_from_another_report(text: str, found: int | str, expected: int | str) -> None:
    assert ("text.year", found, expected) in mistakes(check(text))


def test_a_wrong_year_blocks_submission_and_says_what_it_is_the_year_of() -> None:
    (finding,) = failed(check("某某局 2022年1月21日"))
    assert finding.severity is Severity.ERROR
    assert message("2021", finding) == "正文“某某局2022年1月21日”：落款年份是2022，应为2023"


def test_without_a_reporting_year_the_rule_is_skipped() -> None:
    told = check("2021年，我局主动公开政府信息200条。", year=None)
    assert outcome(told, "text.year") is Outcome.SKIPPED
    assert reason(told, "text.year") == "没有读到报告年度"

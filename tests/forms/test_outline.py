from __future__ import annotations

from dataclasses import replace

import pytest

from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.narrative import Breakdown, Outline, Section, Trend
from xl_disclosure.forms.outline import check_outline, named_row

EDITION = load_edition("2021")
FACT = "requests.received.total"


def outline(**changes: object) -> Outline:
    """Return an outline of one chapter with further parts."""
    given: dict[str, object] = {"title": "年度报告", "sections": (Section("overview", "一、总体情况"),), **changes}
    return Outline(**given)  # type: ignore[arg-type]


def test_a_short_name_may_stand_for_a_row() -> None:
    found = named_row(EDITION, "requests.received")
    assert found is not None
    assert found[1].label == "一、本年新收政府信息公开申请数量"
    assert named_row(EDITION, FACT) is None


@pytest.mark.parametrize(
    ("changes", "key", "what", "remedy"),
    [
        (
            {"sections": (Section("overview", "一、总体情况", sheet="表五"),)},
            "sections.overview.sheet",
            "没有名为 表五 的表",
            "改为下列之一：表二、表三、表四",
        ),
        ({"names": {"新收": "requests.recieved"}}, "names.新收", "没有名为 requests.recieved 的数据项", "改"),
        ({"names": {"新收": "requests.recieved.total"}}, "names.新收", "没有名为", "改为 requests.received.total"),
        (
            {"breakdowns": (Breakdown("people", "申请人", {"自然人": "requests.received.person"}),)},
            "breakdowns.people.parts.自然人",
            "没有名为 requests.received.person 的数据项",
            "用 drop 去掉 people",
        ),
        (
            {"breakdowns": (Breakdown("people", "申请人", {"自然人": FACT}, "来源", "overviews"),)},
            "breakdowns.people.section",
            "没有名为 overviews 的章",
            "改为 overview",
        ),
        (
            {"trends": (Trend("requests", {"新收": "requests.received"}, "历年", "overview"),)},
            "trends.requests.lines.新收",
            "没有名为 requests.received 的数据项",
            "改",
        ),
        (
            {"trends": (Trend("requests", {"新收": FACT}, "历年", "问题"),)},
            "trends.requests.section",
            "没有名为 问题 的章",
            "改为下列之一：overview",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_file_key_and_remedy(
    changes: dict[str, object], key: str, what: str, remedy: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        check_outline(replace(EDITION, outline=outline(**changes)), "narrative.toml")
    assert refusal.value.place.file == "narrative.toml"
    assert key in refusal.value.place.cell
    assert what in refusal.value.what
    assert remedy in refusal.value.remedy

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.checks.narrative.figures import find_figures
from xl_disclosure.returns.model import Number


def found(text: str) -> list[tuple[Number, str]]:
    return [(figure.value, figure.counter) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("收到申请12件，办结10件", [(12, "件"), (10, "件")]),
        ("公开信息3,646条", [(3646, "条")]),
        ("机构设置信息2条,部门动态108条", [(2, "条"), (108, "条")]),
        ("培训194人次", [(194, "人次")]),
        ("收到一百二十三件", [(123, "件")]),
        ("兼职人员两名", [(2, "名")]),
        ("经费2万元", [(20000, "元")]),
        ("浏览125.9万人次", [(1259000, "人次")]),
    ],
)
def test_a_numeral_with_its_counter_is_a_figure(text: str, figures: list[tuple[Number, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "2016年1月1日起施行",
        "《条例》第二十条第（一）项",
        "第五十条规定",
        "20个工作日内答复",
        "高效办成一件事",
        "一次性告知",
        "12345热线",
        "国办公开办函〔2021〕30号",
        "3项目录",
        "8个月",
        "二十国集团",
    ],
)
def test_a_date_a_citation_or_a_set_phrase_holds_no_figure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["近1000条", "30余件", "3万余元", "超过20件", "3至5次", "三到五次", "约十件", "二十多个"]
)
def test_a_figure_that_is_only_about_right_is_vague(text: str) -> None:
    assert [figure.vague for figure in find_figures(text)] == [True]


def test_received_before_a_figure_does_not_make_it_vague() -> None:
    assert [figure.vague for figure in find_figures("共收到15564件咨询，达到200件")] == [False, False]


@given(st.integers(min_value=0, max_value=10**8), st.sampled_from(["件", "条", "次", "人次", "个", "%"]))
def test_a_figure_stands_where_it_was_found(number: int, counter: str) -> None:
    text = f"全年共有{number}{counter}，"
    (figure,) = find_figures(text)
    assert (figure.value, text[figure.start : figure.end]) == (number, f"{number}{counter}")

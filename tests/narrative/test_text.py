from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.narrative.samples import returned_of, zeros
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.field import Field, Fields
from xl_disclosure.narrative.fields import collect_fields
from xl_disclosure.narrative.printable import split_lines
from xl_disclosure.narrative.text import fill_in

HERE = Place(sheet="报告正文", cell="B7")
GROUPS = {"部门动态": 108, "行政执法（含处罚）": 11}


class NoFields(dict[str, Field], Fields):
    """Know no name."""

    def figure(self, name: str) -> None:
        assert name not in self


@pytest.fixture(scope="module")
def fields() -> Fields:
    edition = load_edition("2014")
    ways = {"received_online": 9, "received_by_letter": 3}
    facts = zeros(edition, received=12, budget=Decimal("2.50"), staff=None, **ways)
    earlier = {2015: {FactAddress("statistics.received.count"): 8}}
    return collect_fields(edition, returned_of(edition, facts), Context(GROUPS, earlier))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有字段的一段。", "没有字段的一段。"),
        ("{{ 年度 }}年，{{单位名称}}收到申请{{ statistics.received.count }}件。", "2016年，示例局收到申请12件。"),
        ("收到申请{{ 收到申请数 }}件", "收到申请12件"),
        ("经费{{　政府信息公开专项经费　}}万元", "经费2.5万元"),
        ("部门动态{{ 栏目.部门动态 }}条", "部门动态108条"),
        ('执法{{ 栏目["行政执法（含处罚）"] }}条', "执法11条"),
        ("被复议纠错{{ 行政复议数量.被依法纠错数 }}件", "被复议纠错0件"),
        ("新收{{ 新收 }}件，{{ 同比.新收 }}", "新收12件，同比增长50%"),
        ("上年{{ 上年.收到申请数 }}件", "上年8件"),
        ("收到申请{{ 汉字.收到申请数 }}件，经费{{ 汉字.政府信息公开专项经费 }}万元", "收到申请十二件，经费2.5万元"),
        ("上年收到{{ 汉字.上年.收到申请数 }}件", "上年收到八件"),
        ("其中{{ 分项.申请方式 }}", "其中网络申请9件、信函申请3件"),
        ("其中{{ 分项.答复结果 }}", "其中各项均为0件"),
        ("网络申请占{{ 占比.申请方式.网络申请 }}", "网络申请占75%"),
        (
            "增长100%，#1，{ 方案 }，=SUM(A1)，<script>alert(1)</script>",
            "增长100%，#1，{ 方案 }，=SUM(A1)，<script>alert(1)</script>",
        ),
        ('写字段用{{ "{{" }}', "写字段用{{"),
    ],
)
def test_fields_are_replaced_and_everything_else_is_kept(fields: Fields, text: str, expected: str) -> None:
    assert fill_in(text, fields, HERE) == expected


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        (
            "{{ statistics.recieved.count }}",
            "没有名为“statistics.recieved.count”的字段",
            "改为“statistics.received.count”",
        ),
        ("{{ 收到申请件数 }}", "没有名为“收到申请件数”的字段", "改为“收到申请数”"),
        ("{{ 栏目.部门动太 }}", "没有名为“栏目.部门动太”的字段", "改为“栏目.部门动态”"),
        ("{{ zzzz }}", "没有名为“zzzz”的字段", "例如 unit、单位名称、单位"),
        ("{{ 被依法纠错数 }}", "没有名为“被依法纠错数”的字段", "改为“行政"),
        ("{{ staff }", "花括号的写法有误（在“{{ staff }”）", "成对"),
        ("{{ }}", "花括号的写法有误", "半角"),
        ("{ 年度 }年", "“{ 年度 }”的花括号写法有误", "改为 {{ 年度 }}"),
        ("｛｛年度｝｝年", "“｛｛年度｝｝”的花括号写法有误", "改为 {{ 年度 }}"),
        ("{% for x in (1,2) %}a{% endfor %}", "不能写 {% … %}", "采用条件"),
        ("{% set x = 1 %}", "不能写 {% … %}", "采用条件"),
        ("{# 备忘 #}正文", "不会印出", "字段写成"),
        ("{{ ().__class__.__bases__ }}", "只能写一个字段", "字段写成"),
        ("{{ unit.__class__ }}", "没有名为“unit.__class__”的字段", ""),
        ("{{ 收到申请数 + 1 }}", "不能写算式", "字段写成"),
        ("{{ 单位名称|upper }}", "只能写一个字段", "字段写成"),
        ("{{ range(9) }}", "只能写一个字段", "字段写成"),
        ("{{ 同比.收到申请 }}", "没有名为“收到申请”的字段", "改为“收到申请数”"),
        ("{{ 同比 }}", "没有名为“同比”的字段", "改为"),
        ("{{ 同比.申请办结数 }}", "没有上年可以比较的数", "填表时选上年的报表"),
        ("{{ 占比.答复结果.同意公开 }}", "合计为0，没有占比", "合计大于0时才采用"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_its_cell(fields: Fields, text: str, what: str, remedy: str) -> None:
    with pytest.raises(InputError) as error:
        fill_in(text, fields, HERE)
    assert error.value.place == HERE
    assert what in error.value.what
    assert remedy in error.value.remedy


def test_a_blank_fact_is_never_printed_as_a_figure(fields: Fields) -> None:
    with pytest.raises(InputError) as error:
        fill_in("工作人员{{ 从事政府信息公开工作人员数 }}人", fields, HERE)
    assert str(error.value).startswith(
        "“报告正文” B7：字段“从事政府信息公开工作人员数”引用的“(三)从事政府信息公开工作人员数”没有数据"
    )
    assert "（“统计表” C56 空白）" in str(error.value)


@given(st.text(st.characters() | st.sampled_from("{}%#单位年度"), max_size=100))
def test_a_line_is_printed_word_for_word_or_refused(text: str) -> None:
    for line in split_lines(text):
        try:
            printed = fill_in(line, NoFields(), HERE)
        except InputError:
            printed = "refused"
        assert printed == line or (printed == "refused" and any(mark in line for mark in ("{{", "{%", "{#")))


def test_ten_thousand_characters_are_kept(fields: Fields) -> None:
    text = "政务公开，" * 2000
    assert fill_in(text, fields, HERE) == text


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("一段", ("一段",)),
        ("　　第一段\n第二段\r\n\n第三段 ", ("第一段", "第二段", "第三段")),
        ("竖排\v换行\x07", ("竖排", "换行")),
        (" \n ", ()),
    ],
)
def test_each_line_of_a_cell_is_a_paragraph(cell: str, lines: tuple[str, ...]) -> None:
    assert split_lines(cell) == lines

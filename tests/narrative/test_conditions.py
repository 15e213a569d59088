from __future__ import annotations

import pytest

from tests.narrative.samples import returned_of, zeros
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.narrative.conditions import holds, in_rule_language
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.fields import collect_fields

HERE = Place(sheet="报告正文", cell="C7")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition("2014")


@pytest.fixture(scope="module")
def fields(edition: Edition) -> Fields:
    facts = zeros(edition, received=12, granted=3, staff=None)
    earlier = {2015: {FactAddress("statistics.received.count"): 8}}
    return collect_fields(edition, returned_of(edition, facts), Context({"部门动态": 108}, earlier))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", True),
        ("  ", True),
        ("statistics.received.count == 0", False),
        ("statistics.received.count > 0 and statistics.closed.count == 0", True),
        ("收到申请数 = 0", False),
        ("收到申请数 为 12", True),
        ("收到申请数＞0", True),
        ("收到申请数 ≥ 12 且 申请办结数 不为 0", False),
        ("收到申请数 大于 0 或 申请办结数 大于 0", True),
        ("同意公开答复数 / 收到申请数 < 0.5", True),
        ("栏目.部门动态 > 100", True),
        ("年度 = 2016", True),
        ("新收 > 上年.新收", True),
        ("上年.收到申请数 >= 0", True),
        ("上年.申请办结数 >= 0", False),
        ("申请办结数 = 0 或 上年.申请办结数 = 0", False),
        ("占比.不同意公开.涉及国家秘密 >= 0", False),
        ("采用", True),
        ("不采用", False),
    ],
)
def test_a_condition_is_read_in_the_rule_language_and_in_chinese(
    edition: Edition, fields: Fields, condition: str, expected: bool
) -> None:
    assert holds(condition, edition, fields, HERE) is expected


@pytest.mark.parametrize(
    ("condition", "what", "remedy"),
    [
        ("收到申请 = 0", "没有名为“收到申请”的字段", "改为“收到申请数”"),
        ("statistics.recieved.count == 0", "没有名为“statistics.recieved.count”的字段", "statistics.received.count"),
        ("收到申请数", "采用条件写法有误", "例如 statistics.received.count == 0"),
        ("收到申请数 =", "采用条件写法有误", "例如"),
        ("__import__('os')", "采用条件写法有误", "例如"),
        ("单位名称 = 0", "“单位名称”不是数", "改为一项数据"),
        ("同比.收到申请数 > 0", "“同比.收到申请数”不是数", "改为一项数据"),
        ("上年.收到申请 > 0", "没有名为“收到申请”的字段", "改为“收到申请数”"),
        ("sum(leaves(received)) = 0", "不能用 leaves", "写出各项数据的名称"),
        ("收到申请数 / 申请办结数 > 1", "除数为 0", "先判断除数不为 0"),
        ("2 < 1 < 收到申请数 / 申请办结数", "除数为 0", "先判断除数不为 0"),
        ("从事政府信息公开工作人员数 > 0", "（“统计表” C56 空白）", "没有的填 0"),
    ],
)
def test_a_broken_condition_is_refused_with_its_cell(
    edition: Edition, fields: Fields, condition: str, what: str, remedy: str
) -> None:
    with pytest.raises(InputError) as error:
        holds(condition, edition, fields, HERE)
    assert error.value.place == HERE
    assert what in error.value.what
    assert remedy in error.value.remedy


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a = 0", "a == 0"),
        ("a == 0", "a == 0"),
        ("a <= 0", "a <= 0"),
        ("a≠0", "a!=0"),
        ("维持具体行政行为或者驳回原告诉讼请求数 为 0", "维持具体行政行为或者驳回原告诉讼请求数 == 0"),
    ],
)
def test_chinese_signs_stand_for_those_of_the_language_only_by_themselves(condition: str, expected: str) -> None:
    assert in_rule_language(condition) == expected

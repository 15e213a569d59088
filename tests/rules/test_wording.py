"""A rule as a Chinese sentence: in general, and with figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.rules.own_rules import bind_own
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Row
from xl_disclosure.forms.rules import Span
from xl_disclosure.rules.binding import bind_rules
from xl_disclosure.rules.phrases import format_number
from xl_disclosure.rules.short_names import column_label, fact_name, row_heading, row_name
from xl_disclosure.rules.wording import describe_failure, describe_rule

FIGURES = {"received": 5, "brought_forward": 2, "granted": 3, "granted_in_part": 0, "carried_forward": 4}
VALUES = {f"requests.{row}.total": value for row, value in FIGURES.items()}


@pytest.mark.parametrize(
    ("edition", "rule", "sentence"),
    [
        ("2021", "requests.balance", "每列：一＋二应等于三（七）＋四"),
        ("2021", "requests.outcomes", "每列：三（七）应等于三各项之和"),
        ("2021", "requests.row_total",
         "每行：总计应等于自然人＋商业企业＋科研机构＋社会公益组织＋法律服务机构＋其他"),
        ("2021", "requests.carry", "每列：二应等于上年的四"),
        ("2021", "requests.other_high", "总计：三（七）大于0时，三（六）各项之和占三（七）的比重不应大于20%"),
        ("2021", "documents.power", "规章：本年制发件数＋本年废止件数＋现行有效件数应为0"),
        ("2021", "documents.in_force", "每行：现行有效件数应等于上年的现行有效件数＋本年制发件数－本年废止件数"),
        ("2014-xingyi", "channels", "一（一）不应小于一（二）各项中最大的一项，也不应大于一（二）各项之和"),
        ("2014-xingyi", "fees", "二（一）为0时，六应为0"),
        ("2014-xingyi", "training", "“八（二）为0”与“八（三）为0”应同时成立，或者同时不成立"),
        ("2014-fujian", "cumulative.floor", "每行：历年累计不应小于本年度数"),
        ("2014", "jump",
         "每格：上年数大于0且本年数、上年数中最大的一项不小于10时，本年数不应小于0.2×上年数，也不应大于5×上年数"),
    ],
)  # fmt: skip
def test_a_rule_in_general(edition: str, rule: str, sentence: str) -> None:
    instances = [bound for bound in bind_rules(load_edition(edition)) if bound.id == rule]
    assert {describe_rule(bound) for bound in instances} == {sentence}


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ("received == granted", "总计：一（5）应等于三（一）（3），差 2"),
        ("received != 5", "总计：一（5）不应等于5"),
        ("granted > received", "总计：三（一）（3）应大于一（5），少 2"),
        ("received < granted", "总计：一（5）应小于三（一）（3），多 2"),
        ("received + granted + carried_forward == brought_forward",
         "总计：一（5）＋三（一）（3）＋四（4）（合计12）应等于二（2），差 10"),
        ("received == granted - (brought_forward + carried_forward)",
         "总计：一（5）应等于三（一）（3）－〔二（2）＋四（4）〕，差 8"),
        ("received == 2 * (granted + carried_forward)", "总计：一（5）应等于2×〔三（一）（3）＋四（4）〕，差 9"),
        ("received == -granted", "总计：一（5）应等于－三（一）（3），差 8"),
        ("received == abs(granted)", "总计：一（5）应等于三（一）（3）的绝对值，差 2"),
        ("received <= min(granted, carried_forward)",
         "总计：一（5）不应大于三（一）（3）、四（4）中最小的一项（3），多 2"),
        ("received <= carried_forward <= brought_forward", "总计：四（4）不应小于一（5），少 1"),
        ("granted <= received <= carried_forward", "总计：一（5）不应大于四（4），多 1"),
        ("granted_in_part == 0 and received == granted", "总计：一（5）应等于三（一）（3），差 2"),
        ("received == 0 or granted == 0", "总计：下列情形至少应有一种：一（5）为0，或者三（一）（3）为0"),
        ("not (received == 5 and granted == 3)", "总计：应当并非“一（5）等于5且三（一）（3）等于3”"),
        ("(received == 0) == (granted_in_part == 0)",
         "总计：“一（5）为0”与“三（二）（0）为0”应同时成立，或者同时不成立"),
        ("(received > 0) != (granted > 0)",
         "总计：“一（5）大于0”与“三（一）（3）大于0”应有一个成立，且只有一个成立"),
        ("granted / received > 0.75", "总计：三（一）（3）占一（5）的比重（60.0%）应大于75%"),
        ("received == last_year(carried_forward)", "总计：一（5）应等于上年的四（6），差 1"),
        ("received == disputes.reconsideration.total", "总计：一（5）应等于行政复议·总计（1），差 4"),
    ],
)  # fmt: skip
def test_a_failure_with_its_figures(check: str, sentence: str) -> None:
    (rule,) = bind_own(check, only=("total",))
    values = {**VALUES, "last_year:requests.carried_forward.total": 6, "disputes.reconsideration.total": 1}
    assert describe_failure(rule, values) == sentence


def test_the_condition_is_told_where_the_check_does_not_show_it() -> None:
    (rule,) = bind_own("granted == 0", when="granted_in_part == 0", only=("total",))
    assert describe_failure(rule, VALUES) == "总计：三（二）（0）为0时，三（一）（3）应为0"
    (shown,) = bind_own("granted == 0", when="granted > 0", only=("total",))
    assert describe_failure(shown, VALUES) == "总计：三（一）（3）应为0"


def test_of_a_long_sum_the_zeros_are_left_out() -> None:
    (rule,) = bind_own("received == sum(leaves(outcomes))", only=("total",))
    values = dict.fromkeys(rule.facts, 0) | {"requests.received.total": 5, "requests.repeat.total": 4}
    assert describe_failure(rule, values) == "总计：一（5）应等于三（五）2（4），差 1"
    nothing = values | {"requests.repeat.total": 0}
    assert describe_failure(rule, nothing) == "总计：一（5）应等于三（一）（0），差 5"


def test_money_is_shown_without_idle_zeros() -> None:
    (rule,) = bind_own("amount == 0", tables=("charges",), over=Span.ROWS)
    values = {"charges.administrative_charges.amount": Decimal("59237.2400")}
    assert describe_failure(rule, values) == "行政事业性收费：本年收费金额（59237.24）应为0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-18, "-18"),
        (1200, "1200"),
        (Decimal("0.10"), "0.1"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.5"), "-0.5"),
    ],
)
def test_a_number_is_plain_digits(value: Any, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("edition", "table", "row", "name", "heading"),
    [
        ("2021", "requests", "received", "一", "一、本年新收政府信息公开申请数量"),
        ("2021", "requests", "outcomes_total", "三（七）", "三（七）总计"),
        ("2021", "requests", "not_held", "三（四）1", "三（四）1.本机关不掌握相关政府信息"),
        ("2021", "requests", "granted_in_part", "三（二）", "三（二）部分公开"),
        ("2021", "disputes", "direct_litigation", "未经复议直接起诉", "行政诉讼·未经复议直接起诉"),
        ("2014", "statistics", "disclosed", "一（一）", "一（一）主动公开政府信息数"),
        ("2014", "statistics", "state_secret", "涉及国家秘密", "涉及国家秘密"),
        ("2014-fujian", "statistics", "via_website", "政府网站公开数", "政府网站公开数"),
    ],
)
def test_a_row_is_named_by_its_numbers_where_all_above_it_have_one(
    edition: str, table: str, row: str, name: str, heading: str
) -> None:
    found = load_edition(edition).tables[table]
    assert row_name(found, found.row(row)) == name
    assert row_heading(found, found.row(row)) == heading


def test_a_row_under_one_without_a_number_goes_by_its_label() -> None:
    table = load_edition("2014").tables["statistics"]
    row = Row("extra", "1.另一项", parent="state_secret")
    assert row_name(table, row) == "另一项"


def test_the_column_headed_by_the_year_is_this_year() -> None:
    edition = load_edition("2014-fujian")
    year, cumulative = edition.tables["statistics"].columns
    assert (column_label(year), column_label(cumulative)) == ("本年度数", "历年累计")
    names = {address: fact_name(fact) for address, fact in edition.facts.items()}
    assert "对申请的答复总数·历年累计" in names.values()

"""Names in a rule stand for facts of an edition, one instance for each column, row or fact spanned."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.own_rules import bind_own, edition_with, rule_source
from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import RowKind, fact_address
from xl_disclosure.forms.rules import Span
from xl_disclosure.rules.binding import bind_rule, bind_rules, computed_facts


def test_a_rule_over_columns_names_rows() -> None:
    rules = bind_own("received == granted")
    assert [rule.scope for rule in rules] == [
        "natural_person", "business", "research_institute", "social_organisation", "legal_services",
        "other_organisation", "total",
    ]  # fmt: skip
    assert rules[1].facts == ("requests.received.business", "requests.granted.business")


def test_a_rule_over_rows_names_columns_and_passes_over_groups() -> None:
    rules = bind_own("total == natural_person", over=Span.ROWS)
    assert rules[0].facts == ("requests.received.total", "requests.received.natural_person")
    table = load_edition("2021").tables["requests"]
    assert [rule.scope for rule in rules] == [row.code for row in table.rows if row.kind is not RowKind.GROUP]


def test_a_rule_over_facts_calls_each_fact() -> None:
    rules = bind_own("fact >= 0", over=Span.FACTS, tables=("disputes",))
    assert [rule.facts for rule in rules] == [
        (address,) for address in load_edition("2021").facts if address.startswith("disputes.")
    ]


def test_a_rule_over_all_facts_names_no_table() -> None:
    assert len(bind_own("fact >= 0", over=Span.FACTS, tables=())) == len(load_edition("2021").facts)


def test_a_rule_held_once_writes_addresses() -> None:
    (rule,) = bind_own("requests.received.total >= disputes.reconsideration.total", over=Span.ONCE, tables=())
    assert rule.scope == ""
    assert rule.facts == ("requests.received.total", "disputes.reconsideration.total")


def test_a_rule_may_span_the_rows_of_several_tables() -> None:
    rules = bind_own("decisions >= 0", over=Span.ROWS, tables=("licensing", "enforcement"))
    assert [rule.scope for rule in rules] == ["licences", "penalties", "coercive_measures"]


def test_only_limits_what_is_spanned() -> None:
    assert [rule.scope for rule in bind_own("received >= 0", only=("total",))] == ["total"]


def test_leaves_are_all_rows_below_without_groups_and_totals() -> None:
    rule = bind_own("received == sum(leaves(outcomes))", only=("total",))[0]
    rows = [address.split(".")[1] for address in rule.facts]
    assert len(rows) == 1 + 21
    assert {"refused", "outcomes_total", "outcomes"}.isdisjoint(rows)
    assert rows[-1] == "other_reason"


def test_leaves_of_a_row_without_parts_are_the_row_itself() -> None:
    (rule,) = bind_own("received == sum(leaves(other_handling))", "2019", only=("total",))
    assert rule.facts[1:] == ("requests.other_handling.total",)


def test_parts_are_the_rows_directly_below() -> None:
    (rule,) = bind_own("replies == sum(parts(replies))", "2014", tables=("statistics",))
    rows = [address.split(".")[1] for address in rule.facts]
    assert rows[1:5] == ["already_public", "granted", "granted_in_part", "refused"]
    assert "state_secret" not in rows


def test_a_group_among_the_parts_gives_way_to_its_own() -> None:
    (rule,) = bind_own("received == sum(parts(outcomes))", only=("total",))
    assert rule.facts == bind_own("received == sum(leaves(outcomes))", only=("total",))[0].facts


def test_last_year_reaches_into_parts() -> None:
    (rule,) = bind_own("received == sum(last_year(leaves(refused)))", only=("total",))
    assert rule.facts == ("requests.received.total",)
    assert rule.needs_last_year
    assert len(rule.figures) == 1 + 8


def test_a_local_variant_that_drops_rows_keeps_the_rule() -> None:
    def channels(edition: str) -> list[str]:
        rule = next(rule for rule in bind_rules(load_edition(edition)) if rule.id == "channels")
        return [address.split(".")[1] for address in rule.facts]

    assert channels("2014") == ["via_gazette", "via_website", "via_weibo", "via_wechat", "via_other", "disclosed"]
    assert channels("2014-xingyi") == ["via_website", "via_other", "disclosed"]


@pytest.mark.parametrize(
    ("check", "more", "what", "remedy"),
    [
        ("recieved == 0", {}, "表 requests 中没有名为 recieved 的行", "改为 received"),
        ("totl == 0", {"over": Span.ROWS}, "表 requests 中没有名为 totl 的列", "改为 total"),
        ("zzz == 0", {"over": Span.ROWS}, "没有名为 zzz 的列", "改为下列之一：natural_person、business"),
        ("request.received.total == 0", {}, "没有名为 request 的表", "改为 requests"),
        ("received.total == 0", {}, "“received.total”不是完整的地址", "写成 表.行.列"),
        ("refused == 0", {}, "refused 是分组行，本身没有数字", "写成 sum(leaves(refused))"),
        ("received == sum(parts(granted))", {}, "granted 之下没有数据行", "改正行的代码，或用 drop 去掉这条规则"),
        ("received == 0", {"over": Span.ONCE}, "“received”不知是哪张表的", "写成 表.行.列"),
        ("figure == 0", {"over": Span.FACTS}, "“figure”不知是哪张表的", "用 fact 代表那一格"),
        ("received == 0", {"tables": ("request",)}, "没有名为 request 的表", "改为 requests"),
        ("received == 0", {"tables": ()}, "没有说是哪张表", "写上 tables"),
        ("received == 0", {"only": ("totals",)}, "only 所列的 totals 不在表中", "改为 total"),
        ("received <= granted", {"computes": True}, "左边算不出合计", "写成 合计 == 各部分之和"),
        ("received + granted == 0", {"computes": True}, "左边算不出合计", "写成 合计 == 各部分之和"),
        ("received == last_year(granted)", {"computes": True}, "左边算不出合计", "写成 合计 == 各部分之和"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused_with_a_remedy(
    check: str, more: dict[str, Any], what: str, remedy: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        bind_own(check, **more)
    assert "规则 own" in str(refusal.value)
    assert what in refusal.value.what
    assert remedy in refusal.value.remedy


def test_the_condition_is_named_when_it_does_not_fit() -> None:
    with pytest.raises(RuleError) as refusal:
        bind_own("received == 0", when="grante > 0")
    assert "“grante > 0”" in refusal.value.what


def test_rules_of_other_years_are_left_out() -> None:
    source = rule_source("received >= 0", first_year=2022, last_year=2023)
    edition = edition_with(source)
    assert bind_rules(edition, 2021) == ()
    assert bind_rules(edition, 2024) == ()
    assert len(bind_rules(edition, 2022)) == len(bind_rules(edition, None)) == len(bind_rule(source, edition)) == 7


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_rule_of_every_edition_fits(edition_id: str) -> None:
    edition = load_edition(edition_id)
    assert {rule.id for rule in bind_rules(edition)} == {source.id for source in edition.rules.values() if source.check}


def test_the_totals_a_template_computes() -> None:
    def rows(edition: str) -> set[str]:
        return {address.split(".")[1] for address in computed_facts(load_edition(edition))}

    assert rows("2014") == {"received", "closed", "replies", "refused", "staff"}
    assert rows("2014-fujian") == {"received", "replies"}
    disputes = {"reconsideration", "direct_litigation", "litigation_after_reconsideration"}
    assert disputes | {"outcomes_total", "received", "carried_forward"} <= rows("2021")


def test_a_total_of_totals_is_computed_by_the_first_rule_that_names_it() -> None:
    total = fact_address("requests", "outcomes_total", "total")
    assert computed_facts(load_edition("2021"))[total].id == "requests.outcomes"

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.narrative.samples import returned_of, zeros
from xl_disclosure.errors import Place, RuleError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.fields import collect_fields
from xl_disclosure.narrative.names import chinese_names
from xl_disclosure.returns.model import Number


@pytest.mark.parametrize(
    ("edition", "name", "address"),
    [
        ("2014", "收到申请数", "statistics.received.count"),
        ("2014", "主动公开政府信息数", "statistics.disclosed.count"),
        ("2014", "行政复议数量.其他情形数", "statistics.reconsiderations_other.count"),
        ("2014", "不是条例所指政府信息", "statistics.not_government_information.count"),
        ("2014", "新收", "statistics.received.count"),
        ("2014-fujian", "新收.本年度", "statistics.received.year"),
        ("2021", "新收.总计", "requests.received.total"),
        ("2021", "结转下年度.总计", "requests.carried_forward.total"),
        ("2021", "复议.尚未审结", "disputes.reconsideration.pending"),
        ("2014-xingyi", "兼职人数", "statistics.staff_part_time.count"),
        ("2014-xingyi", "兼职人员数", "statistics.staff_part_time.count"),
        ("2014-fujian", "行政复议数.历年累计", "statistics.reconsiderations.cumulative"),
        ("2014-fujian", "行政复议数.本年度", "statistics.reconsiderations.year"),
        ("2019", "规范性文件.对外公开总数量", "documents.normative_documents.public_total"),
        ("2021", "不予公开.自然人", "requests.refused.natural_person"),
        ("2021", "行政事业性收费.本年收费金额", "charges.administrative_charges.amount"),
        ("2021", "行政诉讼.复议后起诉.尚未审结", "disputes.litigation_after_reconsideration.pending"),
    ],
)
def test_a_fact_goes_by_its_printed_label(edition: str, name: str, address: str) -> None:
    assert chinese_names(load_edition(edition))[name] == address


@pytest.mark.parametrize("edition", edition_ids())
def test_every_fact_has_a_chinese_name(edition: str) -> None:
    form = load_edition(edition)
    assert set(form.facts) <= set(chinese_names(form).values())


def test_a_name_that_would_mean_two_facts_is_not_offered() -> None:
    assert "被依法纠错数" not in chinese_names(load_edition("2014"))


@pytest.mark.parametrize("edition", edition_ids())
def test_every_short_name_of_an_edition_can_be_used(edition: str) -> None:
    form = load_edition(edition)
    fields = collect_fields(form, returned_of(form, zeros(form)), Context())
    for name in form.outline.names:
        assert name in fields or any(known.startswith(f"{name}.") for known in fields)


def test_a_short_name_may_stand_for_several_figures_together() -> None:
    edition = load_edition("2021")
    facts: dict[str, Number | None] = {**zeros(edition), "disputes.direct_litigation.total": 2}
    facts["disputes.litigation_after_reconsideration.total"] = 3
    fields = collect_fields(edition, returned_of(edition, facts), Context())
    assert (fields["诉讼.总计"].figure, fields["诉讼.总计"].unit) == (5, "件")


def test_a_short_name_that_a_label_has_already_is_refused() -> None:
    edition = load_edition("2021")
    outline = replace(edition.outline, names={"予以公开": "requests.refused"})
    with pytest.raises(RuleError, match=r"简称“予以公开\.自然人”已是表中另一项的名称"):
        chinese_names(replace(edition, outline=outline))


def test_a_group_reads_what_its_parts_come_to() -> None:
    edition = load_edition("2021")
    facts: dict[str, Number | None] = {**zeros(edition), "requests.state_secret.total": 2}
    facts["requests.enforcement_file.total"] = 3
    fields = collect_fields(edition, returned_of(edition, facts), Context())
    assert fields["requests.refused.total"].figure == 5
    assert fields["不予公开.总计"].text == "5"


def test_a_group_with_a_printed_total_reads_that_total() -> None:
    edition = load_edition("2021")
    facts: dict[str, Number | None] = {
        **zeros(edition),
        "requests.granted.total": 4,
        "requests.outcomes_total.total": 9,
    }
    assert collect_fields(edition, returned_of(edition, facts), Context())["本年度办理结果.总计"].text == "9"


def test_a_group_with_a_blank_part_is_blank() -> None:
    edition = load_edition("2021")
    facts: dict[str, Number | None] = {**zeros(edition), "requests.state_secret.total": None}
    field = collect_fields(edition, returned_of(edition, facts), Context())["不予公开.总计"]
    assert (field.text, field.figure, field.place.sheet) == ("", None, "表三")


def test_what_stands_on_the_cover_goes_by_code_and_by_label() -> None:
    edition = load_edition("2021")
    fields = collect_fields(edition, returned_of(edition, {}), Context())
    assert {fields[name].text for name in ("unit", "单位名称", "单位")} == {"示例局"}
    assert {fields[name].text for name in ("year", "报告年度", "年度")} == {"2016"}
    assert fields["填报日期"].place == Place(sheet="封面", cell="填报日期")


def test_a_fact_nobody_read_is_blank() -> None:
    edition = load_edition("2014")
    field = collect_fields(edition, returned_of(edition, {}), Context())[FactAddress("statistics.received.count")]
    assert (field.text, field.place) == ("", Place(sheet="统计表"))

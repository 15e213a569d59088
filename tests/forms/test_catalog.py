"""Editions are data: they carry the official forms, and a malformed one is refused with file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reference import Reference, form_names
from xl_disclosure.errors import InputError, RuleError
from xl_disclosure.forms.catalog import EDITIONS_VARIABLE, edition_ids, editions_for_year, load_edition
from xl_disclosure.forms.model import Measure, RowKind, fact_address


def make_variant(folder: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a local variant called `local` and let the catalog find it."""
    variant = folder / "local"
    variant.mkdir()
    (variant / "form.toml").write_text(form, encoding="utf-8")
    monkeypatch.setenv(EDITIONS_VARIABLE, str(folder))
    load_edition.cache_clear()
    return variant / "form.toml"


VARIANT = """
extends = "2014"
name = "示例版"
legal_basis = "示例"
local = true
"""


@pytest.mark.parametrize("edition_id", form_names())
def test_an_edition_has_exactly_the_official_facts_labels_and_units(edition_id: str, reference: Reference) -> None:
    edition = load_edition(edition_id)
    official = reference.form(edition_id)
    expected = [
        fact_address(table["code"], row["code"], column["code"])
        for table in official["tables"]
        for row in table["rows"]
        if row.get("kind") != "group"
        for column in table["columns"]
    ]
    assert list(edition.facts) == expected
    for table in official["tables"]:
        for row in table["rows"]:
            ours = edition.tables[table["code"]].row(row["code"])
            assert row["label"] in (ours.label, *ours.over)
            assert (ours.level, ours.parent or None) == (row.get("level", 1), row.get("parent"))
            assert row.get("unit") in (None, ours.unit)


def test_every_official_form_has_its_edition(reference: Reference) -> None:
    assert sorted(edition_ids()) == form_names()
    assert reference.folder.is_dir()


def test_a_year_has_its_national_edition_first() -> None:
    assert [edition.id for edition in editions_for_year(2016)] == ["2014", "2014-fujian", "2014-xingyi"]
    assert [edition.id for edition in editions_for_year(2020)] == ["2019"]
    assert [edition.id for edition in editions_for_year(2025)] == ["2021"]


def test_a_local_edition_states_only_its_difference() -> None:
    national, county = load_edition("2014"), load_edition("2014-xingyi")
    assert set(county.facts) < set(national.facts)
    assert county.tables["statistics"].row("normative_issued").label == "制发规范文件性文件总数"
    assert county.tables["statistics"].row("meetings") == national.tables["statistics"].row("meetings")
    assert county.ancestors == ("2014",)


def test_the_unit_of_measure_says_what_kind_of_number_a_fact_is() -> None:
    facts = load_edition("2019").facts
    measures = {str(address): fact.measure for address, fact in facts.items()}
    assert measures["procurement.central_procurement.amount"] is Measure.MONEY
    assert measures["licensing.licences.change"] is Measure.CHANGE
    assert measures["requests.received.total"] is Measure.COUNT


def test_leaves_are_the_data_rows_below_and_never_a_total() -> None:
    table = load_edition("2021").tables["requests"]
    leaves = [row.code for row in table.leaves("outcomes")]
    assert leaves[0] == "granted"
    assert leaves[-1] == "other_reason"
    assert "outcomes_total" not in leaves
    assert all(table.row(code).kind is RowKind.DATA for code in leaves)


def test_a_local_variant_needs_toml_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = 'label = "移动客户端公开数", unit = "条", level = 3, parent = "channels", after = "via_website"'
    rows = f'[tables.statistics.rows]\ndrop = ["via_weibo"]\nvia_app = {{ {added} }}\n'
    form = make_variant(tmp_path, VARIANT + rows, monkeypatch)
    form.with_name("claims.toml").write_text('[figures]\ndrop = ["via_weibo"]\n', encoding="utf-8")
    codes = [row.code for row in load_edition("local").tables["statistics"].children("channels")]
    assert codes == ["via_gazette", "via_website", "via_app", "via_wechat", "via_other"]
    assert "local" in edition_ids()


@pytest.mark.parametrize(
    ("addition", "key", "what"),
    [
        ('[tables.statistics.rows]\nmeetings = { labl = "会议" }', "rows.meetings.labl", "改为 label"),
        ('[tables.statistics.rows]\nmeetings = { level = "2" }', "rows.meetings.level", "应为整数"),
        ('[tables.statistics.rows]\nmeetings = { kind = "sum" }', "rows.meetings.kind", "不认识的取值"),
        ('[tables.statistics.rows]\nmeetings = { parent = "organization" }', "rows.meetings.parent", "organisation"),
        ('[tables.statistics.rows]\ndrop = ["meating"]', "rows.drop", "改为 meetings"),
        ('[sheets."统计表"]\ntables = ["statistic"]', "sheets.统计表.tables", "没有名为 statistic 的表"),
        ("first_year = ", "", "TOML"),
    ],
)
def test_a_malformed_edition_is_refused_with_file_key_and_remedy(
    addition: str, key: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_variant(tmp_path, VARIANT + addition, monkeypatch)
    with pytest.raises(RuleError) as refusal:
        load_edition("local")
    message = str(refusal.value)
    assert str(path) in message
    assert key in message
    assert what in message
    assert "处理办法" in message


def test_editions_that_extend_each_other_in_a_circle_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_variant(tmp_path, VARIANT.replace('"2014"', '"local"'), monkeypatch)
    with pytest.raises(RuleError, match="循环"):
        load_edition("local")


def test_an_unknown_edition_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="改为 2014-xingyi"):
        load_edition("2014-xinyi")


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_fact_has_a_name_of_its_own(edition_id: str) -> None:
    names = load_edition(edition_id).fact_names
    assert len(set(names.values())) == len(names)
    assert not any("{" in name for name in names.values())


def test_a_name_that_several_rows_share_is_told_apart_by_the_row_above() -> None:
    names = load_edition("2014").fact_names.values()
    assert {"四、行政复议数量 (三)其他情形数", "五、行政诉讼数量 (三)其他情形数"} <= set(names)

"""Which facts may be held against those of an earlier edition: one by one, only in sum, or not at all."""

from __future__ import annotations

import itertools

import pytest

from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.comparison import compare_editions
from xl_disclosure.forms.model import FactAddress


def test_the_same_edition_compares_every_fact_with_itself() -> None:
    edition = load_edition("2021")
    comparison = compare_editions(edition, edition)
    assert [link.last for link in comparison.by_fact.values()] == [(address,) for address in edition.facts]
    assert comparison.not_comparable == ()


def test_2021_compares_the_request_matrix_of_2019_column_by_column() -> None:
    comparison = compare_editions(load_edition("2021"), load_edition("2019"))
    carried = FactAddress("requests.carried_forward.business")
    assert comparison.by_fact[carried].last == (carried,)
    made = comparison.by_fact[FactAddress("documents.normative_documents.issued")]
    assert made.last == ("documents.normative_documents.made",)


def test_what_2021_split_compares_only_in_sum() -> None:
    comparison = compare_editions(load_edition("2021"), load_edition("2019"))
    link = next(link for link in comparison.only_in_sum if link.last == ("requests.other_handling.total",))
    assert [address.split(".")[1] for address in link.this] == ["not_corrected_in_time", "fee_unpaid", "other_reason"]
    assert "合计" in link.note


def test_what_changed_its_meaning_does_not_compare() -> None:
    comparison = compare_editions(load_edition("2021"), load_edition("2019"))
    assert "documents.normative_documents.in_force" in comparison.not_comparable
    assert "charges.administrative_charges.amount" in comparison.not_comparable


def test_a_county_variant_compares_like_the_national_edition_it_extends() -> None:
    national = compare_editions(load_edition("2019"), load_edition("2014"))
    county = compare_editions(load_edition("2019"), load_edition("2014-xingyi"))
    assert county == national


@pytest.mark.parametrize(("this_id", "last_id"), list(itertools.product(edition_ids(), repeat=2)))
def test_a_comparison_names_only_facts_of_its_editions_and_each_once(this_id: str, last_id: str) -> None:
    this, last = load_edition(this_id), load_edition(last_id)
    comparison = compare_editions(this, last)
    named = [address for link in comparison.links for address in link.this]
    assert sorted([*named, *comparison.not_comparable]) == sorted(this.facts)
    assert all(address in last.facts for link in comparison.links for address in link.last)

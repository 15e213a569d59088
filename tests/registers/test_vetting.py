from __future__ import annotations

from dataclasses import replace

import pytest

from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.registers import Count
from xl_disclosure.registers.counting import countable_facts
from xl_disclosure.registers.vetting import vet_registers
from xl_disclosure.rules.binding import computed_facts


def with_count(count: Count) -> Edition:
    edition = load_edition("2014")
    register = replace(edition.registers["disclosures"], counts=(count,))
    return replace(edition, registers={"disclosures": register})


@pytest.mark.parametrize("edition", edition_ids())
def test_every_edition_keeps_two_registers_that_fit_its_form(edition: str) -> None:
    vet_registers(load_edition(edition))
    sheets = [register.sheet for register in load_edition(edition).registers.values()]
    assert sheets == ["主动公开台账", "依申请公开台账"]


@pytest.mark.parametrize("edition_id", edition_ids())
def test_no_register_counts_a_total_that_a_rule_computes(edition_id: str) -> None:
    edition = load_edition(edition_id)
    counted = {address for register in edition.registers.values() for address in countable_facts(register)}
    assert counted.isdisjoint(computed_facts(edition))


def test_a_count_of_an_unknown_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(RuleError) as refused:
        vet_registers(with_count(Count("statistics.disclosed.count", date="dates")))
    assert refused.value.remedy == "改为 date"


def test_a_count_of_an_unknown_fact_is_refused_with_the_nearest() -> None:
    with pytest.raises(RuleError) as refused:
        vet_registers(with_count(Count("statistics.disclosd.count", date="date")))
    assert refused.value.remedy == "改为 statistics.disclosed.count"

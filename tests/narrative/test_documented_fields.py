"""Every field that the README offers to clerks can be used as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.narrative.samples import returned_of, zeros
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.conditions import holds
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.fields import collect_fields
from xl_disclosure.narrative.text import fill_in

README = (Path(__file__).parents[2] / "README.zh-CN.md").read_text(encoding="utf-8")
SECTION = README.partition("## 正文里的字段")[2].partition("\n## ")[0]
FIELDS = sorted(set(re.findall(r"\{\{ [^}]+ \}\}", SECTION)) - {"{{ 新收 }}"})
CONDITIONS = re.findall(r"`(新收[^`]*[>=][^`]*)`", SECTION)
EDITION = load_edition("2021")
FACTS = {**zeros(EDITION), "requests.received.natural_person": 12, "requests.received.total": 12}
EARLIER = {2015: {FactAddress("requests.received.total"): 8}}
CONTEXT = Context(earlier=EARLIER, received=("甲局",), missing=("乙局",))


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_reads_something(field: str) -> None:
    fields = collect_fields(EDITION, returned_of(EDITION, FACTS), CONTEXT)
    assert "{" not in fill_in(field, fields, Place())


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_understood(condition: str) -> None:
    fields = collect_fields(EDITION, returned_of(EDITION, FACTS), CONTEXT)
    assert holds(condition, EDITION, fields, Place()) in (True, False)


def test_there_are_fields_and_conditions() -> None:
    assert len(FIELDS) >= 12
    assert len(CONDITIONS) == 2

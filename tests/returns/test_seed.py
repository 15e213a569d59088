"""The seed: a county bureau's report of 2016, as its web page was archived."""

from __future__ import annotations

import pytest

from tests.reference import Reference
from xl_disclosure.errors import Place
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import CellState, Entry, Return
from xl_disclosure.returns.read import read_file, read_paragraphs


@pytest.fixture(scope="module")
def seed(reference: Reference) -> Return:
    return read_file(reference.path("xingyi-2016-report.txt"))


def test_all_its_facts_are_read(seed: Return, reference: Reference) -> None:
    assert seed.facts == reference.report("xingyi_2016")["facts"]
    assert len(seed.facts) == 47
    assert seed.problems == ()


def test_it_is_known_whose_it_is(seed: Return) -> None:
    assert (seed.edition, seed.unit, seed.year) == ("2014-xingyi", "兴义市工业贸易和科学技术局", 2016)
    assert dict(seed.cover) == {
        "head": "李成贵",
        "reviewer": "田祥",
        "preparer": "李雯",
        "phone": "0859-2290003",
        "date": "2017年2月28日",
    }


def test_every_fact_says_in_which_line_it_stood(seed: Return, reference: Reference) -> None:
    lines = reference.text("xingyi-2016-report.txt").splitlines()
    for entry in seed.entries.values():
        number = int(entry.place.cell.strip("第行"))
        assert lines[number - 1].removesuffix(" |") == entry.text
    place = Place("xingyi-2016-report.txt", "第1个表", "第32行")
    assert seed.entries[FactAddress("statistics.disclosed.count")] == Entry(215, CellState.NUMBER, "215", place)


def test_the_narrative_is_the_prose_without_what_belongs_to_the_form(seed: Return, reference: Reference) -> None:
    lines = reference.text("xingyi-2016-report.txt").splitlines()
    assert [paragraph.text for paragraph in seed.narrative] == [line.strip() for line in lines[:19]]
    assert seed.narrative[1].text == "一、总体工作情况"
    assert seed.narrative[1].place.cell == "第2行"


def test_the_narrative_can_be_read_alone(seed: Return, reference: Reference) -> None:
    assert read_paragraphs(reference.path("xingyi-2016-report.txt")) == seed.narrative

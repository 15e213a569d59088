"""The live checks of the templates, calculated by LibreOffice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.programs import Convert
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.evaluate import Verdict, evaluate
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, SUBTITLE_ROW, cover_place, fact_places
from xl_disclosure.workbook.template.build import template_path
from xl_disclosure.workbook.template.live_rules import LiveRule, live_rules

TRUTH = {Verdict.PASSES: True, Verdict.FAILS: False, Verdict.SKIPPED: None, Verdict.BROKEN: None}


@dataclass(frozen=True)
class Calculated:
    """Hold a filled template after LibreOffice has calculated it."""

    edition: Edition
    book: openpyxl.Workbook

    @property
    def facts(self) -> dict[FactAddress, int | None]:
        found: dict[FactAddress, int | None] = {}
        for address, place in fact_places(self.edition).items():
            value = self.book[place.sheet][place.a1].value
            found[address] = value if isinstance(value, int) else None
        return found

    def status(self, sheet: str) -> str:
        [form] = [form for form in self.edition.sheets if form.name == sheet]
        beside = build_grid(self.edition, form).column_count + 2
        return str(self.book[sheet].cell(SUBTITLE_ROW + 1, beside).value)

    def truths(self, sheet: str) -> list[tuple[LiveRule, bool | None]]:
        [form] = [form for form in self.edition.sheets if form.name == sheet]
        column = build_grid(self.edition, form).column_count + 3
        rules = live_rules(self.edition, form)
        cells = [self.book[sheet].cell(FORM_FIRST_ROW + 1 + row, column).value for row in range(len(rules))]
        # LibreOffice writes truth values as 1 and 0.
        return [(live, bool(cell) if isinstance(cell, int) else None) for live, cell in zip(rules, cells, strict=True)]


@dataclass(frozen=True)
class Calculator:
    """Fill templates and have LibreOffice calculate them."""

    convert: Convert
    folder: Path

    def fill(self, edition_id: str, figures: Mapping[FactAddress, int | None], level: str = "") -> Calculated:
        """Fill every figure that is typed with 0, or with the figure given; None leaves it blank."""
        edition = load_edition(edition_id)
        book = openpyxl.load_workbook(template_path(edition_id))
        for address, place in fact_places(edition).items():
            if address not in computed_facts(edition):
                book[place.sheet][place.a1] = figures.get(address, 0)
        cover: dict[str, str | int] = {"unit": "示例县工业局", "year": edition.first_year, "level": level}
        for field, value in cover.items():
            place = cover_place(field)
            book[place.sheet][place.a1] = value
        book.save(self.folder / "filled.xlsx")
        calculated = self.convert(self.folder / "filled.xlsx", "xlsx", self.folder / "calculated")
        return Calculated(edition, openpyxl.load_workbook(calculated, data_only=True))


@pytest.fixture
def calculator(soffice: Convert, tmp_path: Path) -> Calculator:
    return Calculator(soffice, tmp_path)


FAULTY_2021: dict[FactAddress, int | None] = {
    FactAddress("requests.received.natural_person"): 3,
    FactAddress("requests.granted.natural_person"): 2,
    FactAddress("requests.received.business"): 1,
    FactAddress("requests.carried_forward.business"): 1,
    FactAddress("requests.other_reason.other_organisation"): None,
    FactAddress("documents.normative_documents.issued"): 5,
    FactAddress("documents.normative_documents.in_force"): 2,
    FactAddress("documents.regulations.in_force"): 1,
}


def test_the_form_says_at_once_what_does_not_agree(calculator: Calculator) -> None:
    calculated = calculator.fill("2021", FAULTY_2021, level="县级")
    assert calculated.status("表三") == "✗ 不相符： 错误 2 处　还有 1 格没有填"
    assert calculated.status("表二") == "✗ 不相符： 提示 2 处"
    assert calculated.status("表四") == "✓ 勾稽关系全部相符"
    failed = [(live.rule.id, live.rule.scope) for live, truth in calculated.truths("表三") if truth is False]
    assert failed == [("requests.balance", "natural_person"), ("requests.balance", "total")]


def test_a_rule_is_silent_for_the_levels_it_exempts(calculator: Calculator) -> None:
    calculated = calculator.fill("2021", FAULTY_2021, level="省级")
    assert calculated.status("表二") == "✗ 不相符： 提示 1 处"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_totals_and_truths_are_those_python_reads(edition_id: str, calculator: Calculator) -> None:
    edition = load_edition(edition_id)
    figures: dict[FactAddress, int | None] = {address: number * 7 % 5 for number, address in enumerate(edition.facts)}
    calculated = calculator.fill(edition_id, figures)
    facts = calculated.facts
    for address, rule in computed_facts(edition).items():
        assert facts[address] is not None
        assert evaluate(rule, facts).verdict is Verdict.PASSES
    seen = [pair for form in edition.sheets for pair in calculated.truths(form.name)]
    assert {truth for _, truth in seen} >= {True, False}
    for live, truth in seen:
        assert truth is TRUTH[evaluate(live.rule, facts).verdict], live.rule.id

"""LibreOffice works a rule's formula out as Python reads the rule."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.programs import Convert
from tests.rules.expressions_at_random import conditions, figures
from tests.rules.own_rules import bind_own
from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.forms.rules import Span
from xl_disclosure.rules.binding import BoundRule, bind_rules, computed_facts
from xl_disclosure.rules.evaluate import Facts, Verdict, derive, evaluate
from xl_disclosure.rules.expressions import Number
from xl_disclosure.rules.formula import truth_formula

RETURNS = 500
RULES_AT_ONCE = 60
FACTS_PASSED_OVER = 20
"""A rule over every fact has one formula after another that are alike: one in so many is worked out."""
EXPECTED: Mapping[Verdict, object] = {Verdict.PASSES: True, Verdict.FAILS: False}


def calculate(
    cases: Sequence[tuple[Facts, Facts]], formulas: Sequence[Sequence[str]], folder: Path, soffice: Convert
) -> list[list[object]]:
    """Return what LibreOffice makes of the formulas of each case, one line of figures for this year and for last."""
    addresses = list(cases[0][0])
    book = Workbook(write_only=True)
    for name, year in (("this", 0), ("last", 1)):
        sheet = book.create_sheet(name)
        for case in cases:
            values = [case[year][address] for address in addresses]
            sheet.append(["/" if value is None else value for value in values])
    checks = book.create_sheet("checks")
    for line in formulas:
        checks.append(line)
    path = folder / "agreement.xlsx"
    book.save(path)
    (folder / "calculated").mkdir(exist_ok=True)
    calculated = load_workbook(soffice(path, "xlsx", folder / "calculated"), data_only=True, read_only=True)
    return [[cell.value for cell in row] for row in calculated["checks"].iter_rows(max_col=len(formulas[0]))]


class Cells:
    """Give the cells of one case's figures."""

    def __init__(self, addresses: Sequence[FactAddress], line: int) -> None:
        self.columns = {address: column_letters(column) for column, address in enumerate(addresses)}
        self.line = line

    def this_year(self, address: FactAddress) -> str:
        return f"this!{self.columns[address]}{self.line}"

    def last_year(self, address: FactAddress) -> str:
        return f"last!{self.columns[address]}{self.line}"


def live_check(rule: BoundRule, cells: Cells) -> str:
    formula = truth_formula(rule, cells.this_year, cells.last_year)
    assert formula is not None
    return formula


def shown(value: object) -> object:
    """Return what a cell shows: LibreOffice saves a blank text as nothing."""
    return "" if value is None else value


@settings(max_examples=4, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_rule_agrees_on_any_figures(
    data: st.DataObject, soffice: Convert, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = st.tuples(conditions(), figures(), figures())
    cases = [data.draw(case) for _ in range(RULES_AT_ONCE)]
    rules = [bind_own(check, over=Span.ONCE, tables=())[0] for check, _, _ in cases]
    addresses = list(cases[0][1])
    formulas = [[live_check(rule, Cells(addresses, line))] for line, rule in enumerate(rules, start=1)]
    years = [(this, last) for _, this, last in cases]
    for rule, (this, last), (found,) in zip(
        rules, years, calculate(years, formulas, tmp_path_factory.mktemp("any"), soffice), strict=True
    ):
        assert shown(found) == EXPECTED.get(evaluate(rule, this, last).verdict, ""), rule.source.check


def random_return(edition: Edition, source: random.Random) -> dict[FactAddress, Number | None]:
    """Return mostly small figures, sometimes one missing, and in half of the cases the totals that follow from them."""
    figures_drawn: dict[FactAddress, Number | None] = {}
    for address, fact in edition.facts.items():
        count = source.choice([0, 0, 0, 0, 1, 2, 30, 123456])
        value: Number = Decimal(count) / 8 if fact.measure is Measure.MONEY else count
        figures_drawn[address] = None if source.random() < 0.001 else value
    if source.random() < 0.5:
        for _ in range(3):  # totals of totals
            for address, rule in computed_facts(edition).items():
                figures_drawn[address] = derive(rule, figures_drawn)
    return figures_drawn


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_rule_on_last_year_agrees(edition_id: str, soffice: Convert, tmp_path: Path) -> None:
    """The rules on one year's figures agree in the templates themselves: tests/workbook/test_template_agreement.py."""
    edition = load_edition(edition_id)
    source = random.Random(edition_id)
    addresses = list(edition.facts)
    returns = [(random_return(edition, source), random_return(edition, source)) for _ in range(RETURNS)]
    on_last_year = [rule for rule in bind_rules(edition) if rule.needs_last_year]
    over_facts = [rule for rule in on_last_year if rule.source.over is Span.FACTS]
    rules = [rule for rule in on_last_year if rule not in over_facts] + over_facts[::FACTS_PASSED_OVER]
    formulas = [[live_check(rule, Cells(addresses, line)) for rule in rules] for line in range(1, RETURNS + 1)]
    calculated = calculate(returns, formulas, tmp_path, soffice)
    for (this, last), found in zip(returns, calculated, strict=True):
        verdicts = [EXPECTED.get(evaluate(rule, this, last).verdict, "") for rule in rules]
        assert [shown(value) for value in found] == verdicts

"""What a template shows of random returns in LibreOffice is what Python reads: every rule, every computed total."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwings

from tests.running_office import headless_libreoffice
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import Edition, Fact, FactAddress, Measure
from xl_disclosure.rules.binding import BoundRule, computed_facts
from xl_disclosure.rules.evaluate import Verdict, derive, evaluate
from xl_disclosure.rules.expressions import Number
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, CellPlace, cover_place, fact_places
from xl_disclosure.workbook.template.build import template_path
from xl_disclosure.workbook.template.cover import LEVELS
from xl_disclosure.workbook.template.live_rules import live_rules

pytestmark = pytest.mark.libreoffice

RETURNS = 500
SHOWN: Mapping[Verdict, object] = {Verdict.PASSES: 1.0, Verdict.FAILS: 0.0}
"""LibreOffice gives truth values as 1 and 0; a rule that is not run shows nothing."""

Typed = float | str
"""What a clerk types into a cell; a blank text leaves it blank."""


@dataclass(frozen=True)
class RandomReturn:
    """Hold what is typed into the form, totals typed over among it, and the level on the cover."""

    typed: Mapping[FactAddress, Typed]
    level: str


@dataclass(frozen=True)
class Shown:
    """Hold what the template shows: every figure, and how each of its live rules comes out."""

    facts: Mapping[FactAddress, Number | None]
    truths: Sequence[tuple[BoundRule, object]]


class OpenTemplate:
    """Type returns into a template that is open in LibreOffice, and read what it makes of them."""

    def __init__(self, edition: Edition, document: Any) -> None:
        self.edition = edition
        self.document = document
        self.sheets = {form.name: document.Sheets.getByName(form.name) for form in edition.sheets}
        self.places = fact_places(edition)
        self.blocks = list(self._blocks())
        self.rules = {form: live_rules(edition, form) for form in edition.sheets}
        for sheet in (*self.sheets.values(), self._sheet_of(cover_place("level"))):
            sheet.unprotect("")
        self.formulas = {address: self._cell(address).Formula for address in computed_facts(edition)}
        self.typed_over: set[FactAddress] = set()
        document.enableAutomaticCalculation(False)

    def show(self, drawn: RandomReturn) -> Shown:
        """Type a return in place of the one before it, calculate, and read."""
        for rows, cells in self.blocks:
            cells.setDataArray(tuple(tuple(drawn.typed[address] for address in row) for row in rows))
        for address in self.typed_over - drawn.typed.keys():
            self._cell(address).Formula = self.formulas[address]
        self.typed_over = {address for address in self.formulas if address in drawn.typed}
        for address in self.typed_over:
            self._cell(address).Value = drawn.typed[address]
        place = cover_place("level")
        self._sheet_of(place).getCellByPosition(place.column, place.row).String = drawn.level
        self.document.calculate()
        return Shown(self._facts(), list(self._truths()))

    def _blocks(self) -> Iterator[tuple[list[list[FactAddress]], Any]]:
        """Give the cells that are typed into, in rectangles: runs of cells side by side, and equal runs below them."""
        by_place = {(place.sheet, place.row, place.column): address for address, place in self.places.items()}
        totals = computed_facts(self.edition)
        typed = sorted(place for place, address in by_place.items() if address not in totals)
        runs = [(*run[0], len(run)) for run in grouped(typed, lambda one, two: two == (one[0], one[1], one[2] + 1))]
        runs.sort(key=lambda run: (run[0], run[2], run[3], run[1]))
        for group in grouped(runs, lambda one, two: two == (one[0], one[1] + 1, *one[2:])):
            sheet, top, left, width = group[0]
            rows = [[by_place[sheet, row, left + step] for step in range(width)] for _, row, _, _ in group]
            area = self.sheets[sheet].getCellRangeByPosition(left, top, left + width - 1, group[-1][1])
            yield rows, area

    def _sheet_of(self, place: CellPlace) -> Any:
        return self.document.Sheets.getByName(place.sheet)

    def _cell(self, address: FactAddress) -> Any:
        place = self.places[address]
        return self.sheets[place.sheet].getCellByPosition(place.column, place.row)

    def _facts(self) -> dict[FactAddress, Number | None]:
        blocks: dict[str, Any] = {}
        for form in self.edition.sheets:
            grid = build_grid(self.edition, form)
            last = grid.column_count - 1, FORM_FIRST_ROW + grid.row_count - 1
            blocks[form.name] = self.sheets[form.name].getCellRangeByPosition(0, 0, *last).getDataArray()
        return {
            address: as_number(self.edition.facts[address], blocks[place.sheet][place.row][place.column])
            for address, place in self.places.items()
        }

    def _truths(self) -> Iterator[tuple[BoundRule, object]]:
        for form, rules in self.rules.items():
            if rules:
                column = build_grid(self.edition, form).column_count + 2
                last = FORM_FIRST_ROW + len(rules) - 1
                cells = (
                    self.sheets[form.name].getCellRangeByPosition(column, FORM_FIRST_ROW, column, last).getDataArray()
                )
                yield from ((live.rule, value) for live, (value,) in zip(rules, cells, strict=True))


def grouped(items: Sequence[Any], is_next: Callable[[Any, Any], bool]) -> list[list[Any]]:
    """Return the items in order, those that follow directly on one another together."""
    groups: list[list[Any]] = []
    for item in items:
        if groups and is_next(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def as_number(fact: Fact, value: object) -> Number | None:
    """Return a cell's number as reading it gives it; None for a text."""
    if not isinstance(value, float):
        return None
    return Decimal(repr(value)) if fact.measure is Measure.MONEY else int(value)


def draw_return(edition: Edition, source: random.Random) -> RandomReturn:
    """Draw what is typed: none or few figures or many, now and then blanks, a mark, or a total typed over."""
    busy, careless = source.choice([0.05, 0.3, 0.9]), source.choice([0.0, 0.0, 0.0, 0.03, 0.03, 0.9])
    typed: dict[FactAddress, Typed] = {}
    for address, fact in edition.facts.items():
        if address in computed_facts(edition):
            if source.random() < 0.1:
                typed[address] = float(source.choice([0, 1, 5, 123456]))
        elif source.random() < careless:
            typed[address] = source.choice(["", "", "/", "无", "3件"])
        else:
            typed[address] = draw_figure(fact, source) if source.random() < busy else 0.0
    return RandomReturn(typed, source.choice(["", *LEVELS]))


def draw_figure(fact: Fact, source: random.Random) -> float:
    """Draw a figure as it may stand in a fact's cell."""
    count = source.choice([1, 1, 1, 2, 2, 3, 30, 123456])
    match fact.measure:
        case Measure.MONEY:
            return source.choice([count / 8, count / 100, 91163.6])
        case Measure.CHANGE:
            return float(source.choice([count, -count]))
        case _:
            return float(count)


def expected_truth(rule: BoundRule, facts: Mapping[FactAddress, Number | None], level: str) -> object:
    """Return what the template should show of a rule, as Python reads it."""
    if level in rule.source.exempt_levels:
        return ""
    return SHOWN.get(evaluate(rule, facts).verdict, "")


@pytest.fixture(scope="module")
def office() -> Iterator[xlwings.App]:
    with headless_libreoffice() as app:
        yield app


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_template_and_python_agree(edition_id: str, office: xlwings.App, tmp_path: Path) -> None:
    edition, source = load_edition(edition_id), random.Random(edition_id)
    path = tmp_path / "报表.xlsm"
    shutil.copy(template_path(edition_id), path)
    book = office.books.open(path)
    template = OpenTemplate(edition, book.api)
    seen: dict[str, set[object]] = defaultdict(set)
    for _ in range(RETURNS):
        drawn = draw_return(edition, source)
        shown = template.show(drawn)
        for address, typed in drawn.typed.items():
            assert shown.facts[address] == as_number(edition.facts[address], typed)
        for address, rule in computed_facts(edition).items():
            assert address in drawn.typed or shown.facts[address] == derive(rule, shown.facts), address
        for rule, truth in shown.truths:
            assert truth == expected_truth(rule, shown.facts, drawn.level), (rule.id, rule.scope, drawn)
            seen[rule.id].add(truth)
    book.close()
    assert {rule: values for rule, values in seen.items() if values != {0.0, 1.0, ""}} == {}

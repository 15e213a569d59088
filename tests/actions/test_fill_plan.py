"""Filling changes a cell only when it is blank or holds what was filled into it before."""

from __future__ import annotations

from decimal import Decimal

from xl_disclosure.actions.fill_plan import FillPlan, plan_fill
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.formula import computed_formula
from xl_disclosure.workbook.book import CellValue
from xl_disclosure.workbook.layout import fact_places

EDITION = load_edition("2014-xingyi")
PLACES = fact_places(EDITION)


def fact(row: str) -> FactAddress:
    return FactAddress(f"statistics.{row}.count")


def form(**typed: Number) -> dict[FactAddress, CellValue]:
    """Return the cells of a fresh form, totals holding their formulas, with some figures typed."""
    cells = dict.fromkeys(EDITION.facts, CellValue())
    for address, rule in computed_facts(EDITION).items():
        formula = computed_formula(rule, lambda part: PLACES[part].a1).removeprefix("=")
        cells[address] = CellValue("", formula)
    return {**cells, **{fact(row): CellValue(value) for row, value in typed.items()}}


def plan(
    cells: dict[FactAddress, CellValue], last_filled: dict[FactAddress, str] | None = None, **given: Number | None
) -> FillPlan:
    return plan_fill(EDITION, cells, {fact(row): value for row, value in given.items()}, last_filled or {})


def changes(found: FillPlan) -> dict[str, tuple[str, str]]:
    return {change.place.a1: (change.before, change.after) for change in found.changes}


def test_a_blank_cell_takes_the_figure_and_the_change_is_told() -> None:
    found = plan(form(), disclosed=215)
    assert found.contents[fact("disclosed")].value == 215
    assert changes(found) == {PLACES[fact("disclosed")].a1: ("空白", "215")}
    assert found.filled == {fact("disclosed"): "215"}


def test_a_figure_typed_by_hand_stays_and_is_told_of() -> None:
    found = plan(form(disclosed=200), disclosed=215)
    assert found.contents == {}
    assert found.changes == ()
    assert [(kept.before, kept.after) for kept in found.kept] == [("200", "215")]


def test_a_figure_filled_before_follows_the_source() -> None:
    found = plan(form(disclosed=200), {fact("disclosed"): "200"}, disclosed=215)
    assert changes(found) == {PLACES[fact("disclosed")].a1: ("200", "215")}
    assert found.kept == ()


def test_the_same_figure_again_changes_nothing() -> None:
    found = plan(form(disclosed=215, budget=Decimal("1.5")), disclosed=215, budget=Decimal("1.50"))
    assert found.contents == {}
    assert found.changes == ()
    assert found.kept == ()


def test_a_total_keeps_its_formula_with_the_figure_it_comes_to() -> None:
    found = plan(form(), received_online=2, received_by_letter=1)
    total = found.contents[fact("received")]
    assert total.formula.startswith("IF(COUNT(")
    assert total.value == 3
    assert changes(found)[PLACES[fact("received")].a1] == ("空白", "3")


def test_a_total_that_the_source_states_otherwise_stands_as_the_source_has_it() -> None:
    found = plan(form(), received=5, received_online=2, received_by_letter=1)
    assert found.contents[fact("received")].value == 5
    assert found.contents[fact("received")].formula == ""


def test_a_total_that_the_source_leaves_blank_is_blank_beside_its_parts() -> None:
    found = plan(form(), received=None, received_online=2)
    assert found.contents[fact("received")].value is None
    assert found.contents[fact("received")].formula == ""


def test_a_total_overwritten_before_goes_back_to_its_formula_when_the_source_agrees_again() -> None:
    cells = form(received=5, received_online=2)
    found = plan(cells, {fact("received"): "5", fact("received_online"): "2"}, received=2, received_online=2)
    assert found.contents[fact("received")].formula.startswith("IF(")
    assert found.contents[fact("received")].value == 2


def test_a_formula_of_the_clerks_own_stays() -> None:
    cells = form()
    cells[fact("disclosed")] = CellValue(245, "C9+C10")
    found = plan(cells, disclosed=215)
    assert found.contents == {}
    assert [(kept.before, kept.after) for kept in found.kept] == [("245", "215")]


def test_what_was_filled_and_is_now_blank_in_the_source_is_blanked() -> None:
    found = plan(form(disclosed=215), {fact("disclosed"): "215"}, disclosed=None)
    assert found.contents[fact("disclosed")].value is None
    assert plan(form(disclosed=215), disclosed=None).contents == {}

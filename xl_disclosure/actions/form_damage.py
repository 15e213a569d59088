"""What pasting and typing have destroyed of the form: protection, checks of what is typed, looks, formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.fill_plan import last_filled
from xl_disclosure.cell_names import cell_name
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place, SetupError
from xl_disclosure.forms.model import Edition
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.workbook.book import FormBook
from xl_disclosure.workbook.form_model import SheetModel, form_model
from xl_disclosure.workbook.layout import CellPlace, fact_places
from xl_disclosure.workbook.same_content import says

RULE = "form"
"""The rule that the form is as the template has it."""

MOST_NAMED = 4
"""Cells named one by one in a message."""

Cells = Sequence[tuple[int, int]]


def check_form(edition: Edition, clerk: ClerkBook, book: FormBook) -> list[Finding]:
    """Return a finding for each sheet of the form that is not as the template has it, else one that it is.

    ``edition`` is that of the form with an office's settings. Without the template there is nothing to compare with.
    """
    severity = edition.rules[RULE].severity
    try:
        models = form_model(edition)
    except SetupError as error:
        return [Finding(RULE, Outcome.SKIPPED, severity, clerk.unit, reason=error.what)]
    found: list[Finding] = []
    for sheet, model in models.items():
        damages = list(_damages(clerk, book, sheet, model))
        if damages:
            first = min((cells[0] for _, cells in damages if cells), default=(0, 0))
            message = f"“{sheet}”" + "，".join(_word(what, cells) for what, cells in damages)
            place = Place(clerk.path.name, sheet, cell_name(*first))
            found.append(Finding(RULE, Outcome.FAILED, severity, clerk.unit, words={"message": message}, place=place))
    return found or [Finding(RULE, Outcome.PASSED, severity, clerk.unit)]


def _damages(clerk: ClerkBook, book: FormBook, sheet: str, model: SheetModel) -> Iterator[tuple[str, Cells]]:
    """Give what is destroyed on a sheet, each with the cells that it is about."""
    if not book.is_protected(sheet):
        yield "没有了保护", ()
    odd = book.odd_cells(sheet, model.looks)
    unchecked = [place for place, look in odd.items() if look.validation != model.looks[place].validation]
    if unchecked:
        yield "没有了填数检查", sorted(unchecked)
    restyled = [place for place, look in odd.items() if look.fill != model.looks[place].fill]
    if restyled:
        yield "格式变了", sorted(restyled)
    relocked = [place for place, look in odd.items() if look.is_locked != model.looks[place].is_locked]
    if relocked:
        yield "锁定变了", sorted(relocked)
    replaced = list(_replaced_formulas(clerk, sheet, model))
    if replaced:
        yield "公式没有了", replaced


def _replaced_formulas(clerk: ClerkBook, sheet: str, model: SheetModel) -> Iterator[tuple[int, int]]:
    """Give the cells whose formula was typed over, but for totals that a source stated and filling took over."""
    present = clerk.book.read_block(sheet, 0, 0, model.area.last_row + 1, model.area.last_column + 1)
    stated = _stated_totals(clerk)
    totals = set(map(fact_places(clerk.edition).get, computed_facts(clerk.edition)))
    for row, column in model.area.cells():
        wanted, cell = model.cell(row, column), present[row][column]
        place = CellPlace(sheet, row, column)
        if not wanted.formula or says(cell, wanted) or (place in totals and cell.formula):
            continue
        if stated.get(place) != cell.text or cell.is_blank:
            yield row, column


def _stated_totals(clerk: ClerkBook) -> dict[CellPlace, str]:
    places = fact_places(clerk.edition)
    return {places[address]: text for address, text in last_filled(clerk.memory).items() if address in places}


def _word(what: str, cells: Cells) -> str:
    if not cells:
        return what
    names = "、".join(cell_name(*cell) for cell in cells[:MOST_NAMED])
    return f"{names}{'等' if len(cells) > MOST_NAMED else ''} {len(cells)} 格{what}"

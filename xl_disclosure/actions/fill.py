"""填表: the form filled from the registers, from another file, and from last year's return."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.earlier_years import figures_up_to, kept_texts
from xl_disclosure.actions.fill_plan import FILLED_KEY, Change, last_filled, numbers_of, plan_fill
from xl_disclosure.actions.reading import read_usable
from xl_disclosure.actions.register_sheets import count_registers
from xl_disclosure.actions.report_text import with_printed_text
from xl_disclosure.actions.source_sheets import fill_cover, fill_narrative
from xl_disclosure.checks.across_years import bring_forward
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.narrative.context import NOTHING_FURTHER, EarlierYears
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rules.binding import bind_rules
from xl_disclosure.rules.evaluate import Facts, derive
from xl_disclosure.workbook.titles import refresh_titles


@dataclass(frozen=True, slots=True)
class FillResult:
    """Hold the cells changed, the typed figures left alone, and what else the clerk should know."""

    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    notes: tuple[str, ...] = ()


def fill_file(path: Path, source: Path | None = None, last_year: Path | None = None) -> FillResult:
    """Fill a workbook and save it; see ``fill_book``."""
    clerk = open_clerk_book(path)
    taken = read_usable(source) if source is not None else None
    before = read_usable(last_year) if last_year is not None else None
    earlier = NOTHING_FURTHER.earlier
    if last_year is not None and before is not None:
        earlier = figures_up_to(last_year, before, clerk)
        before = with_printed_text(last_year, before)
    result = fill_book(clerk, taken, before, earlier)
    clerk.book.save(path)
    return result


def fill_book(
    clerk: ClerkBook,
    source: Return | None = None,
    last_year: Return | None = None,
    earlier: EarlierYears = NOTHING_FURTHER.earlier,
) -> FillResult:
    """Fill the form from a return, or from the registers where there is none, and last year's carry-over.

    Figures of earlier years, last year's among them, are kept for the report to compare with.
    A cell changes when it is blank or holds what was last filled into it; a figure typed by hand stays and is told of.
    Raises InputError, with nothing changed, when the source is of another edition or a register cannot be counted.
    """
    cells = clerk.read_form()
    given: dict[FactAddress, Number | None] = {}
    notes: tuple[str, ...] = ()
    if source is not None:
        _require_edition(clerk, source)
        given.update(source.facts)
    else:
        totals = count_registers(clerk)
        given.update(totals.facts)
        notes = totals.notes
    if last_year is not None:
        given.update(carried_facts(clerk.edition, {**numbers_of(cells), **given}, last_year))
    plan = plan_fill(clerk.edition, cells, given, last_filled(clerk.memory))
    clerk.write_form(plan.contents)
    filled = {f"{FILLED_KEY}{address}": text for address, text in plan.filled.items()}
    clerk.remember({**filled, **kept_texts(clerk, earlier, last_year)})
    if source is not None:
        fill_cover(clerk, source)
        fill_narrative(clerk, source)
    refresh_titles(clerk.book, clerk.edition)
    return FillResult(plan.changes, plan.kept, notes)


def carried_facts(edition: Edition, facts: Facts, last_year: Return) -> dict[FactAddress, Number]:
    """Return the facts that last year's return gives, by the rules that say how they carry over."""
    before = bring_forward(edition, last_year).facts
    carried: dict[FactAddress, Number] = {}
    for rule in bind_rules(edition):
        if not rule.source.carries:
            continue
        value = derive(rule, facts, before)
        if value is not None:
            carried[rule.facts[0]] = value
    return carried


def _require_edition(clerk: ClerkBook, source: Return) -> None:
    if source.edition == clerk.edition.id:
        return
    theirs = load_edition(source.edition).name
    remedy = f"用 xl-disclosure new {source.edition} 新建同一版式的工作簿再取数"
    raise InputError(f"来源用的是“{theirs}”，工作簿是“{clerk.edition.name}”", remedy, Place(file=source.file))

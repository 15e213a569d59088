"""Figures of earlier years, kept in the workbook's hidden sheet once a clerk has named last year's return."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.fill_plan import plain_number
from xl_disclosure.checks.across_years import last_year_facts
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.narrative.context import EarlierYears
from xl_disclosure.returns.model import CellState, Entry, Number, Return, TextParagraph

EARLIER_KEY = "earlier."
"""Opens the hidden sheet's key for a figure of an earlier year: earlier.2015.statistics.received.count."""

LONGEST_TEXT = 32_000
"""Characters; a cell holds 32,767."""

_TEXT = ".text"


def earlier_years(clerk: ClerkBook) -> EarlierYears:
    """Return the figures of earlier years that a workbook keeps, by year."""
    years: dict[int, dict[FactAddress, Number]] = {}
    for key, (_, text) in clerk.memory.items():
        if key.startswith(EARLIER_KEY) and text and not key.endswith(_TEXT):
            year, _, address = key.removeprefix(EARLIER_KEY).partition(".")
            years.setdefault(int(year), {})[FactAddress(address)] = Decimal(text) if "." in text else int(text)
    return years


def last_year_return(clerk: ClerkBook) -> Return | None:
    """Return what a workbook keeps of last year's return: its figures and its text; None where it keeps nothing."""
    year = clerk.required_year() - 1
    figures = earlier_years(clerk).get(year, {})
    _, kept_text = clerk.memory.get(f"{EARLIER_KEY}{year}{_TEXT}", (0, ""))
    if not figures and not kept_text:
        return None
    lines = json.loads(kept_text) if kept_text else []
    narrative = tuple(TextParagraph(line, Place()) for line in lines)
    return replace(_as_return(clerk.edition.id, figures), unit=clerk.unit, year=year, narrative=narrative)


def figures_up_to(path: Path, last_year: Return, clerk: ClerkBook) -> EarlierYears:
    """Return last year's figures, and those of the years before that its own workbook keeps.

    All are brought under the addresses of the clerk's edition; what does not compare is left out.
    """
    kept = _kept_in(path)
    years = {year: _brought_over(clerk.edition, last_year.edition, figures) for year, figures in kept.items()}
    year = last_year.year or clerk.required_year() - 1
    years[year] = _known(last_year_facts(clerk.edition, last_year))
    return years


def kept_texts(clerk: ClerkBook, years: EarlierYears, last_year: Return | None) -> Mapping[str, str]:
    """Return what the hidden sheet is to keep by key: the figures of those years, and last year's text.

    What it kept of those years before is blanked. A text too long for a cell is not kept.
    """
    texts: dict[str, str] = {}
    for year, figures in years.items():
        opening = f"{EARLIER_KEY}{year}."
        texts.update(dict.fromkeys((key for key in clerk.memory if key.startswith(opening)), ""))
        texts.update({f"{opening}{address}": plain_number(figure) for address, figure in figures.items()})
    if last_year is not None:
        year = last_year.year or clerk.required_year() - 1
        narrative = json.dumps([line.text for line in last_year.narrative], ensure_ascii=False)
        texts[f"{EARLIER_KEY}{year}{_TEXT}"] = narrative if len(narrative) <= LONGEST_TEXT else ""
    return texts


def _kept_in(path: Path) -> EarlierYears:
    """Return what a file keeps of earlier years; nothing where it is no workbook of ours."""
    try:
        return earlier_years(open_clerk_book(path))
    except InputError:
        return {}


def _brought_over(edition: Edition, last: str, figures: Mapping[FactAddress, Number]) -> dict[FactAddress, Number]:
    return _known(last_year_facts(edition, _as_return(last, figures)))


def _as_return(edition: str, figures: Mapping[FactAddress, Number]) -> Return:
    entries = {address: Entry(figure, CellState.NUMBER, str(figure), Place()) for address, figure in figures.items()}
    return Return(edition, "", None, entries)


def _known(facts: Mapping[FactAddress, Number | None]) -> dict[FactAddress, Number]:
    return {address: figure for address, figure in facts.items() if figure is not None}

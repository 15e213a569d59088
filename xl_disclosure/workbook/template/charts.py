"""Charts beside the form, outside what is printed: the figures of each breakdown that a report pictures, live.

What they draw stands in the hidden sheet, so that no further figures stand beside the form's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.workbook import Workbook

from xl_disclosure.forms.holdings import holding_terms
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.narrative import Breakdown
from xl_disclosure.returns.own_book import HIDDEN_SHEET
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, fact_places
from xl_disclosure.workbook.template.form_page import FormPage
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.styles import DEEP_BLUE, SONG, Style

_WIDTH = 560
_BAR_HEIGHT = 30
_MARGIN = 70
"""Pixels; the margin is that of title and frame."""

_COLUMNS_EACH = 2
_FONT = {"name": SONG, "size": 10}


def write_charts(book: Workbook, hidden: Page, form_pages: Mapping[str, FormPage], column: int) -> None:
    """Write the figures to be drawn into the hidden sheet from a column on, and the charts beside their forms."""
    edition = hidden.edition
    tops: dict[str, int] = {}
    for breakdown in edition.outline.breakdowns:
        if not breakdown.section:
            continue
        _write_figures(hidden, breakdown, column)
        sheet = _sheet_of(edition, breakdown)
        height = _MARGIN + _BAR_HEIGHT * len(breakdown.parts)
        top = tops.get(sheet, 0)
        _place(form_pages[sheet], _draw(book, breakdown, column, height), breakdown, top)
        tops[sheet] = top + height + _BAR_HEIGHT
        column += _COLUMNS_EACH


def _write_figures(hidden: Page, breakdown: Breakdown, column: int) -> None:
    places = fact_places(hidden.edition)
    plain = hidden.styles[Style.PLAIN]
    for row, (label, holding) in enumerate(breakdown.parts.items()):
        facts = [address for term in holding_terms(hidden.edition, holding) for address in term]
        cells = ",".join(f"'{places[address].sheet}'!{places[address].a1}" for address in facts)
        hidden.sheet.write_string(row, column, label, plain)
        hidden.sheet.write_formula(row, column + 1, f"=SUM({cells})", plain, 0)


def _sheet_of(edition: Edition, breakdown: Breakdown) -> str:
    first = next(iter(breakdown.parts.values()))
    return edition.sheet_of(holding_terms(edition, first)[0][0]).name


def _draw(book: Workbook, breakdown: Breakdown, column: int, height: int) -> Any:
    chart = book.add_chart({"type": "bar"})
    last = len(breakdown.parts) - 1
    chart.add_series(
        {
            "name": breakdown.title,
            "categories": [HIDDEN_SHEET, 0, column, last, column],
            "values": [HIDDEN_SHEET, 0, column + 1, last, column + 1],
            "fill": {"color": DEEP_BLUE},
            "gap": 60,
            "data_labels": {"value": True, "font": _FONT},
        }
    )
    chart.set_title({"name": breakdown.title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": _WIDTH, "height": height})
    chart.show_hidden_data()
    return chart


def _place(form_page: FormPage, chart: Any, breakdown: Breakdown, top: int) -> None:
    described = f"{breakdown.title}：{'、'.join(breakdown.parts)}各有多少，随表中的数变化。"
    options = {"y_offset": top, "x_offset": 20, "object_position": 3, "description": described}
    form_page.page.sheet.insert_chart(FORM_FIRST_ROW, form_page.note_column + 2, chart, options)

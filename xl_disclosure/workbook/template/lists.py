"""The sheets that are plain lists: a title, a line of help, headings, and lines ready to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xl_disclosure.workbook.layout import BODY_FIRST_ROW, HEADER_ROW, SUBTITLE_ROW, TITLE_ROW, ListColumn
from xl_disclosure.workbook.template.page import LIST_FREEDOMS, Page, protect, set_up_print
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.text_fit import fitting_height

READY_ROWS = 20_000
"""Lines that are ready to be filled in, with their drop-down lists and checks."""

LAST_COLUMN = 16383
LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Describe one list: ``styles`` are those of columns that are not plain text, by code."""

    title: str
    help: str
    columns: tuple[ListColumn, ...]
    styles: Mapping[str, Style] = field(default_factory=dict)
    plain: Style = Style.LIST_TEXT
    frozen_columns: int = 1
    first_row: int = BODY_FIRST_ROW

    def style_of(self, column: ListColumn) -> Style:
        """Return the style of a column's body."""
        return self.styles.get(column.code, self.plain)

    def column_of(self, code: str) -> int:
        """Return the place of a column; KeyError when the list has none of that code."""
        for place, column in enumerate(self.columns):
            if column.code == code:
                return place
        raise KeyError(code)


def write_list_sheet(page: Page, listed: ListSheet) -> None:
    """Write an empty list: whole columns carry the styles of the body, so that every further line is ready."""
    sheet, styles = page.sheet, page.styles
    for place, column in enumerate(listed.columns):
        sheet.set_column(place, place, column.width, styles[listed.style_of(column)])
    sheet.set_column(len(listed.columns), LAST_COLUMN, None, styles[Style.LIST_BEYOND])
    write_list_heading(page, listed)
    sheet.set_row(HEADER_ROW, _header_height(listed.columns), styles[Style.PLAIN])
    for place, column in enumerate(listed.columns):
        sheet.write_string(HEADER_ROW, place, column.label, styles[Style.HEADER])
        sheet.write_blank(listed.first_row, place, None, styles[listed.style_of(column)])
    sheet.autofilter(listed.first_row - 1, 0, listed.first_row + READY_ROWS - 1, len(listed.columns) - 1)
    sheet.freeze_panes(listed.first_row, listed.frozen_columns)
    sheet.hide_gridlines(2)
    # Codes and telephone numbers are text on purpose: no green corners.
    sheet.ignore_errors({"number_stored_as_text": f"A{listed.first_row + 1}:XFD{LAST_ROW}"})
    finish_list(page, len(listed.columns) - 1)


def write_list_heading(page: Page, listed: ListSheet) -> None:
    """Write the list's title and its line of help."""
    sheet, styles = page.sheet, page.styles
    sheet.set_row(TITLE_ROW, 34, styles[Style.PLAIN])
    sheet.write_string(TITLE_ROW, 0, listed.title, styles[Style.SHEET_TITLE])
    sheet.set_row(SUBTITLE_ROW, 20, styles[Style.PLAIN])
    sheet.write_string(SUBTITLE_ROW, 0, listed.help, styles[Style.HELP])


def finish_list(page: Page, last_column: int) -> None:
    """Print in landscape, headings on every page, and protect all but the body."""
    page.sheet.set_landscape()
    page.sheet.repeat_rows(TITLE_ROW, HEADER_ROW)
    set_up_print(page, None, last_column)
    protect(page, LIST_FREEDOMS)


def colour_by_word(page: Page, listed: ListSheet, code: str, colours: Mapping[str, Style]) -> None:
    """Colour a cell of a column by the word that stands in it."""
    column = listed.column_of(code)
    last_row = listed.first_row + READY_ROWS - 1
    for word, style in colours.items():
        page.sheet.conditional_format(
            listed.first_row,
            column,
            last_row,
            column,
            {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": page.styles[style]},
        )


def offer_words(page: Page, listed: ListSheet, code: str, words: Sequence[str]) -> None:
    """Offer a short list of words in a column; other words may be typed."""
    column = listed.column_of(code)
    last_row = listed.first_row + READY_ROWS - 1
    rule = {"validate": "list", "source": list(words), "show_error": False}
    page.sheet.data_validation(listed.first_row, column, last_row, column, rule)


def _header_height(columns: Sequence[ListColumn]) -> float:
    return max(26.0, *(fitting_height(column.label, column.width, 10.5) for column in columns))

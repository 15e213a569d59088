"""The very hidden sheet: what the workbook is, what its macros say, and the drop-down lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxwriter.workbook import Workbook

from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.registers import FieldKind, Register, RegisterField
from xl_disclosure.returns.own_book import HIDDEN_SHEET
from xl_disclosure.workbook.fingerprint import fingerprint
from xl_disclosure.workbook.template.page import Page
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.vba.macros import load_messages

TEMPLATE_VERSION = "1"
KEY_COLUMN = 0
TEXT_COLUMN = 1
FIRST_LIST_COLUMN = 3
SECTIONS_LIST = "list_sections"
FACTS_LIST = "list_facts"


def list_name(register: Register, field: RegisterField) -> str:
    """Return the defined name of the drop-down list of a register's column."""
    return f"list_{register.code}_{field.code}"


def write_hidden(page: Page, book: Workbook) -> int:
    """Write keys and texts in the first two columns, and the drop-down lists in columns of their own.

    Returns the next column that is free.
    """
    sheet = page.sheet
    plain = page.styles[Style.PLAIN]
    for row, (key, text) in enumerate(_texts(page).items()):
        sheet.write_string(row, KEY_COLUMN, key, plain)
        sheet.write_string(row, TEXT_COLUMN, text, plain)
    lists = list(_lists(page))
    for column, (name, wordings) in enumerate(lists, start=FIRST_LIST_COLUMN):
        sheet.write_column(0, column, wordings, plain)
        letters = column_letters(column)
        book.define_name(name, f"='{HIDDEN_SHEET}'!${letters}$1:${letters}${len(wordings)}")
    sheet.very_hidden()
    sheet.protect("")
    return FIRST_LIST_COLUMN + len(lists)


def _texts(page: Page) -> Mapping[str, str]:
    return {
        "edition": page.edition.id,
        "template_version": TEMPLATE_VERSION,
        "fingerprint": fingerprint(page.edition),
        **load_messages(),
    }


def _lists(page: Page) -> Iterator[tuple[str, list[str]]]:
    for register in page.edition.registers.values():
        for field in register.fields:
            if field.choices and field.kind is not FieldKind.YES_NO:
                yield list_name(register, field), list(field.choices.values())
    yield SECTIONS_LIST, [section.heading for section in page.edition.outline.sections]
    yield FACTS_LIST, list(page.edition.fact_names.values())

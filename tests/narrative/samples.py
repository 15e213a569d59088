"""Returns, lines of text and documents for the narrative's tests."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html

from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.chapters import TextRow
from xl_disclosure.narrative.context import NOTHING_FURTHER, Context
from xl_disclosure.narrative.report import Report
from xl_disclosure.returns.model import CellState, Entry, Number, Return

COVER = {"head": "张三", "reviewer": "李四", "preparer": "王五", "phone": "010-00000000", "date": "2017年1月20日"}


def returned_of(edition: Edition, facts: Mapping[str, Number | None], **changes: Any) -> Return:
    """Return a unit's return with the facts given, each in a cell named after its place in the form."""
    entries: dict[FactAddress, Entry] = {}
    for number, address in enumerate(edition.facts, start=5):
        if address in facts:
            place = Place(sheet=edition.sheet_of(address).name, cell=f"C{number}")
            entries[address] = _entry(facts[address], place)
    given: dict[str, Any] = {"unit": "示例局", "year": 2016, "cover": COVER, **changes}
    return Return(edition=edition.id, entries=entries, **given)


def _entry(value: Number | None, place: Place) -> Entry:
    if value is None:
        return Entry(None, CellState.BLANK, "", place)
    return Entry(value, CellState.NUMBER, str(value), place)


def facts_of(record: Mapping[str, Any]) -> dict[str, Number | None]:
    """Return the facts of a published report as a workbook gives them: counts whole, money exact."""
    facts: dict[str, Number | None] = {}
    for address, value in record["facts"].items():
        facts[address] = Decimal(str(value)) if isinstance(value, float) else value
    return facts


def zeros(edition: Edition, **changes: Number | None) -> dict[str, Number | None]:
    """Return 0 for every fact of an edition, but for the rows named (2014: one column a row)."""
    facts: dict[str, Number | None] = dict.fromkeys(edition.facts, 0)
    facts.update({f"statistics.{row}.count": value for row, value in changes.items()})
    return facts


def text_row(text: str, *, section: str = "", condition: str = "", line: int = 7) -> TextRow:
    """Return a line of 报告正文 standing in that line of the sheet."""
    return TextRow(section, text, condition, "", line - 1)


def offered_rows(edition: Edition) -> tuple[TextRow, ...]:
    """Return the lines an edition offers, as a fresh workbook shows them."""
    rows = [text_row(paragraph.text, condition=paragraph.condition) for paragraph in edition.outline.opening]
    for section in edition.outline.sections:
        for paragraph in section.paragraphs:
            rows.append(text_row(paragraph.text, section=section.heading, condition=paragraph.condition))
    return tuple(rows)


def report_of(record: Mapping[str, Any], context: Context = NOTHING_FURTHER) -> Report:
    """Return the report of a published report's facts with the text its edition offers."""
    edition = load_edition(record["printed_edition"])
    returned = returned_of(edition, facts_of(record), unit=record["unit"], year=record["year"])
    return build_report(edition, returned, offered_rows(edition), context)


def open_word(document: bytes) -> WordDocument:
    """Return a .docx file opened."""
    return Document(io.BytesIO(document))


def open_page(page: str) -> Any:
    """Return a web page parsed; lxml's elements are typed too widely to be of use here."""
    return html.fromstring(page)


def word_lines(document: WordDocument) -> list[str]:
    """Return the text of a document from top to bottom: a line a paragraph, and a line a table cell."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        match block:
            case Paragraph():
                lines.append(block.text)
            case Table():
                lines.extend(cell.text for row in block.rows for cell in row.cells)
    return [line for line in lines if line.strip()]

"""The report a workbook would give, and its paragraphs as the narrative rules read them."""

from __future__ import annotations

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.register_sheets import count_registers
from xl_disclosure.narrative.chapters import TextRow
from xl_disclosure.narrative.report import Report, build_report
from xl_disclosure.returns.model import Return, TextParagraph
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, NARRATIVE_COLUMNS, NARRATIVE_SHEET, CellPlace


def report_of(clerk: ClerkBook, returned: Return) -> Report:
    """Return the report of a workbook's facts and text; InputError for a field or condition that cannot be used."""
    return build_report(clerk.edition, returned, text_rows(clerk), count_registers(clerk).groups)


def text_rows(clerk: ClerkBook) -> tuple[TextRow, ...]:
    """Return the lines of 报告正文 that hold text, as written."""
    rows: list[TextRow] = []
    for number, row in enumerate(clerk.book.read_used(NARRATIVE_SHEET)[BODY_FIRST_ROW:], start=BODY_FIRST_ROW):
        section, text, condition = [cell.text for cell in row[: len(NARRATIVE_COLUMNS)]]
        if text.strip():
            places = [
                clerk.place(CellPlace(NARRATIVE_SHEET, number, column)) for column in range(len(NARRATIVE_COLUMNS))
            ]
            rows.append(TextRow(section, text, condition, *places))
    return tuple(rows)


def paragraphs_of(report: Report) -> tuple[TextParagraph, ...]:
    """Return the report's text in order, headings included, each paragraph with the cell it comes from."""
    paragraphs = [TextParagraph(line.text, line.place) for line in report.opening]
    for chapter in report.chapters:
        paragraphs.append(TextParagraph(chapter.heading, chapter.place))
        paragraphs.extend(TextParagraph(line.text, line.place) for line in chapter.lines)
    return tuple(paragraphs)

"""封面 and 报告正文 taken over from another file, where the clerk has written nothing yet."""

from __future__ import annotations

import re

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.list_lines import fitting_heights
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.narrative import Outline
from xl_disclosure.narrative.chapters import section_of
from xl_disclosure.returns.model import Return, TextParagraph
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.workbook.book import CellContent, ListLine, read_list
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, NARRATIVE_COLUMNS, SUBTITLE_ROW, cover_place
from xl_disclosure.workbook.narrative_help import narrative_help

LONGEST_HEADING = 40
"""Characters; a longer line that opens with 一、 is text."""

_CHAPTER = re.compile(r"[一二三四五六七八九十]+[、.．]")
_TITLE = re.compile(r"年度?报告$")


def fill_cover(clerk: ClerkBook, source: Return) -> None:
    """Write the cover's fields that the source states and the workbook leaves blank."""
    stated = {**source.cover, "unit": source.unit, "year": str(source.year or "")}
    cells: dict[tuple[int, int], CellContent] = {}
    for code in COVER_FIELDS:
        text = stated.get(code, "").strip()
        if not text or clerk.cover[code]:
            continue
        place = cover_place(code)
        cells[place.row, place.column] = CellContent(int(text) if code == "year" else text)
    if cells:
        clerk.book.write_cells(COVER_SHEET, cells)


def fill_narrative(clerk: ClerkBook, source: Return) -> None:
    """Write the source's text into 报告正文 while that still holds only what the template offers."""
    lines = _lines(source.narrative)
    if lines and _is_as_offered(clerk):
        contents = _with_guidance(clerk.edition.outline, lines)
        heights = fitting_heights(contents, NARRATIVE_COLUMNS)
        clerk.book.write_list(NARRATIVE_SHEET, BODY_FIRST_ROW, contents, heights)
        clerk.book.write_cells(NARRATIVE_SHEET, {(SUBTITLE_ROW, 0): narrative_help(clerk.edition, lines)})


def _with_guidance(outline: Outline, lines: list[tuple[str, str]]) -> list[ListLine]:
    """Return the lines as cells, what a chapter must say beside its first one."""
    contents: list[ListLine] = []
    last = ""
    for heading, text in lines:
        section = section_of(outline, heading) if heading != last else None
        guidance = section.guidance if section is not None else ""
        contents.append((heading, text, "", guidance))
        last = heading
    return contents


def _lines(paragraphs: tuple[TextParagraph, ...]) -> list[tuple[str, str]]:
    """Return (chapter heading, text) lines; the heading stands with the first line of its chapter alone."""
    lines: list[tuple[str, str]] = []
    section = ""
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if number == 0 and _TITLE.search(text):
            continue
        if _CHAPTER.match(text) and len(text) <= LONGEST_HEADING:
            section = text
            continue
        lines.append((section, text))
    return lines


def _is_as_offered(clerk: ClerkBook) -> bool:
    outline = clerk.edition.outline
    offered = {paragraph.text for paragraph in outline.opening}
    offered |= {paragraph.text for section in outline.sections for paragraph in section.paragraphs}
    rows = read_list(clerk.book, NARRATIVE_SHEET, BODY_FIRST_ROW, len(NARRATIVE_COLUMNS))
    written = {row[1].text for row in rows if row[1].text}
    return written <= offered

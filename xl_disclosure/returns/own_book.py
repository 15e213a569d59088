"""What a workbook of ours says of itself, beyond the form: its edition, its cover, its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.cover import COVER_SHEET
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.form_problems import inserted_row
from xl_disclosure.returns.labels import key_of
from xl_disclosure.returns.located import Located
from xl_disclosure.returns.model import Problem, TextParagraph
from xl_disclosure.returns.sources.document import Position, SheetContent, SourceDocument, SourceTable

HIDDEN_SHEET = "_xd"
"""The sheet that states in column B what the keys in column A name."""

EDITION_KEY = "edition"

NARRATIVE_SHEET = "报告正文"
SECTION_LABEL, TEXT_LABEL, CONDITION_LABEL = "章节", "正文", "采用条件"
"""What the headers of the narrative's columns begin with."""


def own_edition(document: SourceDocument) -> Edition | None:
    """Return the edition a workbook of ours was made for; None for any other file or an edition not at hand."""
    if HIDDEN_SHEET not in document.table_names:
        return None
    stated = document.load(HIDDEN_SHEET)
    for (row, column), cell in stated.cells.items():
        if column == 0 and cell == EDITION_KEY:
            return _edition_at_hand(stated.text((row, 1)).strip())
    return None


def _edition_at_hand(edition_id: str) -> Edition | None:
    try:
        return load_edition(edition_id)
    except InputError:
        return None


def form_sheets(document: SourceDocument, edition: Edition) -> list[SourceTable]:
    """Return the sheets that carry the form; every sheet when one of them has been renamed or taken out."""
    names = [sheet.name for sheet in edition.sheets]
    if any(name not in document.table_names for name in names):
        return list(document.tables())
    return list(document.tables(names))


def inserted_rows(located: Located) -> Iterator[Problem]:
    """Give the blank rows added within the form: our workbook's formulas and buttons count on its rows."""
    rows: dict[str, set[int]] = {}
    sources: dict[str, SourceTable] = {}
    for source, (row, _) in located.places.values():
        sources[source.name] = source
        rows.setdefault(source.name, set()).add(row)
    for name, source in sources.items():
        for row in range(min(rows[name]), max(rows[name])):
            if row not in rows[name] and row not in source.by_row:
                yield inserted_row((source, (row, 0)))


def cover_sheets(document: SourceDocument) -> list[SourceTable]:
    """Return the cover, when there is one."""
    return [document.load(COVER_SHEET)] if COVER_SHEET in document.table_names else []


def narrative_rows(document: SourceDocument) -> Iterator[TextParagraph]:
    """Give the paragraphs of 报告正文 as written, with their chapter and condition, neither of them read."""
    if NARRATIVE_SHEET not in document.table_names:
        return
    sheet = document.load(NARRATIVE_SHEET)
    read = _kept_paragraphs if sheet.content.is_small else _written_paragraphs
    for written in read(sheet.content):
        yield TextParagraph(written.text, sheet.place(written.position), written.section, written.condition)


@dataclass(frozen=True, slots=True)
class _Written:
    position: Position
    text: str
    section: str
    condition: str


def _written_paragraphs(sheet: SheetContent) -> tuple[_Written, ...]:
    """Return the paragraphs of a sheet, which many units leave as it is offered to them."""
    for header in sheet.by_row:
        columns = {key_of(sheet.text((header, column))): column for column in sheet.by_row[header]}
        found = [_column(columns, label) for label in (SECTION_LABEL, TEXT_LABEL, CONDITION_LABEL)]
        if found[0] is not None and found[1] is not None:
            return tuple(_paragraphs(sheet, header, found))
    return ()


_kept_paragraphs = lru_cache(maxsize=64)(_written_paragraphs)


def _column(columns: dict[str, int], label: str) -> int | None:
    return next((column for key, column in columns.items() if key.startswith(label)), None)


def _paragraphs(sheet: SheetContent, header: int, columns: list[int | None]) -> Iterator[_Written]:
    for row in sheet.by_row:
        if row <= header:
            continue
        section, text, condition = ("" if at is None else sheet.text((row, at)).strip() for at in columns)
        if text:
            yield _Written((row, columns[1] or 0), text, section, condition)

"""What an action under way leaves in the workbook: which one it is, and a line for whoever opens it half done.

The mark is saved, or lost, with what the action wrote: by it a journal is known to belong to what stands there.
"""

from __future__ import annotations

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.workbook.book import CellContent, CellValue
from xl_disclosure.workbook.layout import FINDINGS_SHEET, TITLE_ROW

MARK_KEY = "last_action"
"""The hidden sheet's key for the mark of the last action on the workbook."""

_TITLE = (TITLE_ROW, 0)


def mark_of(clerk: ClerkBook) -> str:
    """Return the mark of the last action on a workbook; empty when there was none."""
    _, mark = clerk.memory.get(MARK_KEY, (0, ""))
    return mark


def begin(clerk: ClerkBook, mark: str, action: str) -> tuple[ClerkBook, CellValue]:
    """Mark a workbook before an action named in Chinese; return it as it is then, and the title that the line hides."""
    marked = clerk.remember({MARK_KEY: mark})
    [[title]] = clerk.book.read_block(FINDINGS_SHEET, *_TITLE, 1, 1)
    line = f"“{action}”还没有做完；如果中途断了，再点任意一个按钮，就恢复到操作之前"
    clerk.book.write_cells(FINDINGS_SHEET, {_TITLE: CellContent(line)})
    return marked, title


def end(clerk: ClerkBook, title: CellValue) -> None:
    """Take the line away: all that the action had to write is written."""
    clerk.book.write_cells(FINDINGS_SHEET, {_TITLE: CellContent(title.value, title.formula, title.link)})

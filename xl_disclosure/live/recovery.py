"""Taking back: the last action when the clerk asks for it, and by itself an action that was broken off.

An action may break off because Python, the spreadsheet or the machine ends at any moment. Its mark tells whether the
workbook that is open now holds any of it: one that was not saved since holds nothing to be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.errors import InputError, Place
from xl_disclosure.live.action_mark import mark_of
from xl_disclosure.live.journal import Journal, Journals, State
from xl_disclosure.live.journaled_book import take_back
from xl_disclosure.live.live_actions import CHINESE, RESTORE
from xl_disclosure.workbook.layout import sheet_names
from xl_disclosure.workbook.live.protection import protect_again

if TYPE_CHECKING:
    import xlwings


def settle(opened: xlwings.Book, clerk: ClerkBook, journals: Journals) -> tuple[ClerkBook, str]:
    """Take back what was broken off, forget what the workbook does not hold, and say both; blank for neither."""
    told: list[str] = []
    for journal in reversed(journals.all()):
        name = CHINESE[journal.action]
        if journal.mark != mark_of(clerk):
            told.append(_tell_absence(name, journal.state))
            journal.discard()
            continue
        if journal.state is State.FINISHED:
            break
        told.append(_tell_repair(name, journal.state) + _tell_rest(journal, _take_back(opened, clerk, journal)))
        clerk = as_clerk_book(clerk.book, clerk.path)
    return clerk, "\n".join(told)


def undo(opened: xlwings.Book, clerk: ClerkBook, journals: Journals) -> str:
    """Take back the last action and say so; InputError when there is none."""
    known = journals.all()
    if not known:
        raise InputError("没有可以撤销的操作", "只能撤销最近 10 次点按钮所做的改动", Place(clerk.path.name))
    last = known[-1]
    return f"已撤销“{CHINESE[last.action]}”。" + _tell_rest(last, _take_back(opened, clerk, last))


def _take_back(opened: xlwings.Book, clerk: ClerkBook, journal: Journal) -> int:
    stay = take_back(clerk.book, journal)
    for sheet in set(sheet_names(clerk.edition)).intersection(opened.sheet_names):
        # What broke off may have left a sheet without its protection.
        protect_again(opened.sheets[sheet])
    return stay


def _tell_absence(name: str, state: State) -> str:
    if state is State.UNDER_WAY:
        return f"上一次“{name}”中途断了，它的改动没有存进这个工作簿，内容仍是操作之前的。"
    return f"上一次“{name}”的改动没有存进这个工作簿，内容仍是操作之前的，不需要撤销。"


def _tell_repair(name: str, state: State) -> str:
    if state is State.UNDER_WAY:
        return f"上一次“{name}”中途断了，已恢复到操作之前。"
    return f"上一次撤销“{name}”中途断了，已接着撤销完。"


def _tell_rest(journal: Journal, changed_since: int) -> str:
    """Return what is not as before: cells changed since, and looks, of which no journal is kept."""
    cells = f"有 {changed_since} 格在那以后又改过，保留现在的内容。" if changed_since else ""
    looks = "格式保持复原后的样子。" if journal.action == RESTORE else ""
    return cells + looks

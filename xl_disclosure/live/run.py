"""One click on an open workbook from beginning to end: it ends in a result or in a message, never in silence."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.errors import DisclosureError, InputError, Place
from xl_disclosure.live.click_lock import only_action_on
from xl_disclosure.live.failure_note import write_note
from xl_disclosure.live.journal import Journals, journals_of
from xl_disclosure.live.journaled_book import JournaledBook, take_back
from xl_disclosure.live.live_actions import ACTIONS, CHINESE, Click, Done
from xl_disclosure.live.office_dialogs import TITLE, show_document
from xl_disclosure.workbook.fingerprint import fingerprint
from xl_disclosure.workbook.live_book import LiveBook

if TYPE_CHECKING:
    import xlwings

FAILED = 4
"""The exit status of a failure that nobody foresaw."""

UNDO = "undo"


def act_on_open_book(action: str, opened: xlwings.Book, show: Callable[[Path], None]) -> int:
    """Do what a button asks for on an open workbook, tell the clerk, and return the exit status of the command line.

    ``show`` opens a finished document where the spreadsheet does not do so itself.
    """
    path = Path(opened.fullname)
    done = Done("")
    status = 0
    try:
        with only_action_on(path):
            done = _act(action, opened, path)
    except DisclosureError as error:
        status, message = error.exit_status, str(error)
    except Exception as error:  # noqa: BLE001 a click never ends in silence
        status, message = FAILED, _unforeseen(path, action, error)
    else:
        message = done.summary
    with suppress(Exception):  # The spreadsheet may be the one that ended.
        opened.app.alert(message, TITLE, mode="critical" if status else "info")
    if done.document is not None and not show_document(opened.app, done.document):
        show(done.document)
    return status


def _act(action: str, opened: xlwings.Book, path: Path) -> Done:
    if action not in ACTIONS and action != UNDO:
        raise InputError(f"没有“{action}”这个按钮", f"从 {'、'.join([*ACTIONS, UNDO])} 中选", Place(path.name))
    clerk = as_clerk_book(LiveBook(opened), path)
    journals = journals_of(path, fingerprint(clerk.edition))
    repaired = _take_back_unfinished(clerk, journals)
    if action == UNDO:
        return Done(repaired or _undo(clerk, journals))
    done = _act_in_journal(action, opened, as_clerk_book(clerk.book, path) if repaired else clerk, journals)
    return replace(done, summary=f"{repaired}\n{done.summary}".strip())


def _act_in_journal(action: str, opened: xlwings.Book, clerk: ClerkBook, journals: Journals) -> Done:
    app = opened.app
    journal = journals.begin(action)

    def tell(text: str) -> None:
        app.status_bar = text

    try:
        tell(f"正在{CHINESE[action]}……")
        book = JournaledBook(clerk.book, journal)
        done = ACTIONS[action](Click(opened, replace(clerk, book=book), tell))
    except Exception:
        take_back(clerk.book, journal)
        raise
    finally:
        with suppress(Exception):
            app.status_bar = False
    if journal.histories():
        journal.finish()
    else:
        journal.discard()
    return done


def _take_back_unfinished(clerk: ClerkBook, journals: Journals) -> str:
    """Take back actions that were broken off, latest first, and say so; blank when there are none."""
    told = []
    for journal in reversed(journals.all()):
        if journal.is_finished():
            break
        stay = take_back(clerk.book, journal)
        told.append(f"上一次“{CHINESE[journal.action]}”中途断了，已恢复到操作之前。{_changed_since(stay)}")
    return "\n".join(told)


def _undo(clerk: ClerkBook, journals: Journals) -> str:
    known = journals.all()
    if not known:
        raise InputError("没有可以撤销的操作", "只能撤销最近 10 次点按钮所做的改动", Place(clerk.path.name))
    last = known[-1]
    return f"已撤销“{CHINESE[last.action]}”。{_changed_since(take_back(clerk.book, last))}"


def _changed_since(cells: int) -> str:
    return f"有 {cells} 格在那以后又改过，保留现在的内容。" if cells else ""


def _unforeseen(path: Path, action: str, error: Exception) -> str:
    opening = f"“{CHINESE.get(action, action)}”没有完成，工作簿已恢复到操作之前。"
    try:
        note = write_note(path, action, error)
    except OSError:
        return f"{opening}详情写不出来，请检查文件夹权限后再试。"
    return f"{opening}请把同一文件夹里的“{note.name}”发给管理员。"

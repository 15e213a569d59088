"""One click on an open workbook from beginning to end: it ends in a result or in a message, never in silence."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.errors import UNFORESEEN, DisclosureError, InputError, Place
from xl_disclosure.live import action_mark
from xl_disclosure.live.click_lock import only_action_on
from xl_disclosure.live.failure_note import explain_unforeseen, write_message
from xl_disclosure.live.journal import Journal, Journals, journals_of
from xl_disclosure.live.journaled_book import JournaledBook, take_back
from xl_disclosure.live.live_actions import ACTIONS, CHINESE, Click, Done
from xl_disclosure.live.office_dialogs import TITLE, show_document
from xl_disclosure.live.recovery import settle, undo
from xl_disclosure.workbook.fingerprint import fingerprint
from xl_disclosure.workbook.live.reading import KeepingReader
from xl_disclosure.workbook.live_book import LiveBook

if TYPE_CHECKING:
    import xlwings

UNDO = "undo"

Show = Callable[[Path], None]
"""Opens a document in the program it belongs to."""


class CutOffError(DisclosureError):
    """Report that the spreadsheet ended, or did not answer any more, amid an action."""

    exit_status = UNFORESEEN


def act_on_open_book(action: str, opened: xlwings.Book, show: Show) -> int:
    """Do what a button asks for on an open workbook, tell the clerk, and return the exit status of the command line.

    ``show`` opens a finished document where the spreadsheet does not do so itself, and a message that it cannot show.
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
        opening = f"“{CHINESE.get(action, action)}”没有完成，工作簿已恢复到操作之前。"
        status, message = UNFORESEEN, explain_unforeseen(opening, path, action, error)
    else:
        message = done.summary
    try:
        opened.app.alert(message, TITLE, mode="critical" if status else "info")
    except Exception:  # noqa: BLE001 the spreadsheet may be what ended
        with suppress(OSError):
            show(write_message(path, message))
    if done.document is not None and not show_document(opened.app, done.document):
        show(done.document)
    return status


def _act(action: str, opened: xlwings.Book, path: Path) -> Done:
    if action not in ACTIONS and action != UNDO:
        raise InputError(f"没有“{action}”这个按钮", f"从 {'、'.join([*ACTIONS, UNDO])} 中选", Place(path.name))
    book = LiveBook(opened, KeepingReader())
    clerk = as_clerk_book(book, path)
    journals = journals_of(path, fingerprint(clerk.edition))
    clerk, settled = settle(opened, clerk, journals)
    if action == UNDO:
        return Done(settled or undo(opened, clerk, journals))
    done = _act_in_journal(action, opened, clerk, book, journals)
    return replace(done, summary=f"{settled}\n{done.summary}".strip())


def _act_in_journal(action: str, opened: xlwings.Book, clerk: ClerkBook, book: LiveBook, journals: Journals) -> Done:
    app = opened.app
    journal = journals.begin(action)

    def tell(text: str) -> None:
        app.status_bar = text

    try:
        tell(f"正在{CHINESE[action]}……")
        kept = JournaledBook(book, journal)
        marked, title = action_mark.begin(replace(clerk, book=kept), journal.mark, CHINESE[action])
        opening = len(journal.batches())
        done = ACTIONS[action](Click(opened, marked, kept, book.reader, tell))
        action_mark.end(marked, title)
    except Exception as error:
        _take_back_failed(action, clerk, journal, error)
        raise
    finally:
        with suppress(Exception):
            app.status_bar = False
    if len(journal.batches()) == opening:
        take_back(clerk.book, journal)
    else:
        journal.finish()
    return done


def _take_back_failed(action: str, clerk: ClerkBook, journal: Journal, error: Exception) -> None:
    try:
        take_back(clerk.book, journal)
    except Exception:  # noqa: BLE001 a spreadsheet that is gone fails in its own ways
        what = f"“{CHINESE[action]}”没有做完，与表格软件的连接断了"
        remedy = "重新打开工作簿，再点任意一个按钮，就恢复到操作之前"
        raise CutOffError(what, remedy, Place(clerk.path.name)) from error

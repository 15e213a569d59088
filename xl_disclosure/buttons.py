"""What the workbook's buttons start: the same actions, on the open workbook or, out of reach, on a copy beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xl_disclosure.errors import UNFORESEEN, DisclosureError, InputError, Place
from xl_disclosure.live.failure_note import explain_unforeseen, write_message
from xl_disclosure.live.open_book import find_open_book
from xl_disclosure.workbook.replace_file import replace_file

if TYPE_CHECKING:
    import xlwings

UNITS_FOLDER = "下级单位"
REPORT_FOLDER = "报告"
RESULT_NAMES = {
    "fill": "填表结果",
    "check": "审核结果",
    "aggregate": "汇总结果",
    "report": "报告审核结果",
    "restore": "复原结果",
}
UNDO = "undo"

Open = Callable[[Path], None]
"""Shows a file in the program it belongs to."""


def press(action: str, book: Path, open_file: Open | None = None) -> int:
    """Do what a button asks for and show the result; return the exit status of the command line.

    Where the spreadsheet that holds the workbook open cannot be reached, the action runs on a copy beside it, as last
    saved. What goes wrong is written beside the workbook and shown, so that a click never does nothing.
    """
    show = open_file or open_with_its_program
    opened = find_open_book(book)
    if opened is not None:
        return _act_on_open_book(action, opened, show)
    try:
        show(_act(action, book))
    except DisclosureError as error:
        show(write_message(book, str(error)))
        return error.exit_status
    except Exception as error:  # noqa: BLE001 a click never ends in silence
        from xl_disclosure.live.live_actions import CHINESE

        opening = f"“{CHINESE[action]}”没有完成，工作簿没有改动。"
        show(write_message(book, explain_unforeseen(opening, book, action, error)))
        return UNFORESEEN
    return 0


def press_caller(action: str) -> int:
    """Do what a button asks for on the workbook whose macro started Python through xlwings."""
    import xlwings

    return _act_on_open_book(action, xlwings.Book.caller(), open_with_its_program)


def _act_on_open_book(action: str, opened: xlwings.Book, show: Open) -> int:
    from xl_disclosure.live.run import act_on_open_book

    return act_on_open_book(action, opened, show)


def _act(action: str, book: Path) -> Path:
    """Do an action and return the file that shows its result."""
    if action == UNDO:
        remedy = "运行 xl-disclosure install，重新打开工作簿，再点“撤销”"
        raise InputError("连不上打开着工作簿的软件，不能撤销", remedy, Place(book.name))
    if action not in RESULT_NAMES:
        raise InputError(f"没有“{action}”这个按钮", f"从 {'、'.join(RESULT_NAMES)} 中选", Place(book.name))
    copy = book.with_name(f"{book.stem}（{RESULT_NAMES[action]}）{book.suffix}")
    _lay_copy(book, copy)
    try:
        return _act_on(action, copy)
    except Exception:
        copy.unlink()
        raise


def _act_on(action: str, copy: Path) -> Path:
    today = date.today()  # noqa: DTZ011 an office's settings hold by its own calendar
    match action:
        case "report":
            from xl_disclosure.actions.report import ReportRequest, write_report

            return write_report(ReportRequest(copy, copy.with_name(REPORT_FOLDER), ["docx", "html"], today)).files[0]
        case "fill":
            from xl_disclosure.actions.fill import fill_file

            fill_file(copy)
        case "check":
            from xl_disclosure.actions.check import CheckRequest, check_book

            check_book(CheckRequest(copy, today))
        case "restore":
            from xl_disclosure.actions.restore import restore_file

            restore_file(copy)
        case "aggregate":
            from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder

            aggregate_folder(RollupRequest(copy.with_name(UNITS_FOLDER), copy))
    return copy


def _lay_copy(book: Path, copy: Path) -> None:
    try:
        content = book.read_bytes()
    except OSError as error:
        remedy = "检查文件夹权限"
        raise InputError(f"工作簿读不出来（{error.strerror}）", remedy, Place(str(book))) from error
    replace_file(copy, content)


def open_with_its_program(path: Path) -> None:
    """Open a file as a double click would."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 the clerk's own document, in the program it belongs to
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    subprocess.Popen([opener, path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(press(sys.argv[1], Path(sys.argv[2])))

"""What each button does on an open workbook; each function returns one line that tells the clerk what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.errors import InputError, Place
from xl_disclosure.live.office_dialogs import choose_folder
from xl_disclosure.live.open_return import read_open_return
from xl_disclosure.workbook.book import FormBook
from xl_disclosure.workbook.live.reading import SheetReader

if TYPE_CHECKING:
    import xlwings

    from xl_disclosure.returns.model import Return

UNITS_FOLDER = "下级单位"
REPORT_FOLDER = "报告"
QUESTION = "汇总：选择下级单位报表所在的文件夹"


@dataclass(frozen=True, slots=True)
class Click:
    """Hold what a click is about: the open workbook as xlwings and actions see it, how to read it and show progress."""

    opened: xlwings.Book
    clerk: ClerkBook
    book: FormBook
    reader: SheetReader
    tell: Callable[[str], None]

    @property
    def today(self) -> date:
        """Return the day of the click, on which an office's settings depend."""
        return date.today()  # noqa: DTZ011 an office's settings hold by its own calendar


@dataclass(frozen=True, slots=True)
class Done:
    """State what came of an action, and the document it finished."""

    summary: str
    document: Path | None = None


def fill(click: Click) -> Done:
    """Fill the form from the registers."""
    from xl_disclosure.actions.fill import fill_book

    result = fill_book(click.clerk)
    lines = [f"填表完成：改动 {len(result.changes)} 格，保留手工填写的 {len(result.kept)} 格。", *result.notes]
    return Done("\n".join(lines))


def check(click: Click) -> Done:
    """Check the form and the text, unsaved changes included."""
    from xl_disclosure.actions.check import check_return, with_form, with_rollup, write_check
    from xl_disclosure.actions.findings_sheet import summarise
    from xl_disclosure.forms.office import apply_settings, read_settings

    clerk = click.clerk
    returned = read_open_return(click.opened, clerk.edition, click.reader)
    settings = apply_settings(clerk.edition, read_settings(clerk.path.parent), click.today)
    result = with_form(with_rollup(check_return(settings, returned, clerk=clerk), clerk), clerk)
    write_check(clerk, result)
    return Done(f"审核完成：{summarise(result.failed, result.not_run)}。详见“审核结果”。")


def aggregate(click: Click) -> Done:
    """Roll up the folder beside the workbook, or the one that the clerk chooses."""
    from xl_disclosure.actions.aggregate import RollupRequest, aggregate_book
    from xl_disclosure.actions.receipts_sheet import account_for

    path = click.clerk.path
    folder: Path | None = path.with_name(UNITS_FOLDER)
    if not path.with_name(UNITS_FOLDER).is_dir():
        folder = choose_folder(click.opened.app, path.parent, QUESTION)
    if folder is None:
        raise InputError(
            "没有选择文件夹，汇总没有进行", f"再点“汇总”，或者把报表放进“{UNITS_FOLDER}”", Place(path.name)
        )

    def advance(read: int, files: int) -> None:
        click.tell(f"正在汇总：已读 {read}/{files} 份报表")

    rollup = aggregate_book(click.clerk, RollupRequest(folder, path), advance)
    return Done(f"汇总完成：{account_for(rollup)}。详见“收表情况”和“审核结果”。")


def report(click: Click) -> Done:
    """Write the report beside the workbook."""
    from xl_disclosure.actions.reading import require_usable
    from xl_disclosure.actions.report import ReportRequest, report_book

    path = click.clerk.path
    returned = require_usable(read_open_return(click.opened, click.clerk.edition, click.reader))
    request = ReportRequest(path, path.with_name(REPORT_FOLDER), ["docx", "html"], click.today)
    result = report_book(click.clerk, returned, request)
    state = "还有错误没有改正，报告带草稿标记。" if result.is_draft else ""
    return Done(f"报告已生成：{'、'.join(file.name for file in result.files)}。{state}", result.files[0])


def restore(click: Click) -> Done:
    """Restore the form from its edition, with the figures that stand in it."""
    from xl_disclosure.actions.restore import restore_book, summarise

    returned: Return | None = None
    with suppress(InputError):
        returned = read_open_return(click.opened, click.clerk.edition, click.reader)
    return Done(summarise(restore_book(click.clerk, click.book, returned)))


RESTORE = "restore"
ACTIONS: dict[str, Callable[[Click], Done]] = {
    "fill": fill,
    "check": check,
    "aggregate": aggregate,
    "report": report,
    RESTORE: restore,
}
CHINESE = {"fill": "填表", "check": "审核", "aggregate": "汇总", "report": "生成报告", RESTORE: "复原版式"}

"""Kill Python or LibreOffice at random moments of a roll-up in an open workbook, and see that nothing is lost.

    python -m tests.live.kills --kills 50 --seed 1

Every trial presses 汇总 as the button does, in a process of its own, kills one of the two, and then does what a clerk
would: opens the workbook again where its window is gone, sometimes saves it as it is first, and presses a button.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import xlwings

from xl_disclosure import libreoffice
from xl_disclosure.actions.clerk_book import open_clerk_book
from xl_disclosure.actions.fill import fill_book
from xl_disclosure.actions.new import create_workbook
from xl_disclosure.actions.reading import read_return
from xl_disclosure.libreoffice.connection import PIPE_VARIABLE
from xl_disclosure.live import live_actions
from xl_disclosure.live.action_mark import MARK_KEY
from xl_disclosure.live.journal import FOLDER_VARIABLE
from xl_disclosure.live.run import act_on_open_book
from xl_disclosure.workbook.book import Book, CellValue
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import FINDINGS_SHEET
from xl_disclosure.workbook.live_book import LiveBook

DEMO = Path(live_actions.__file__).resolve().parent.parent / "demo"
UNITS = 12
EDITION, YEAR = "2014-xingyi", 2016
PATIENCE_SECONDS = 60.0

Contents = Mapping[str, list[list[CellValue]]]


class Victim(StrEnum):
    """Name what is killed."""

    PYTHON = "Python"
    LIBREOFFICE = "LibreOffice"


class Left(StrEnum):
    """Say what a kill left in the workbook before anybody pressed another button."""

    OLD = "old"
    NEW = "new"
    BETWEEN = "between"


@dataclass
class Tally:
    """Count what was killed, and what that left."""

    outcomes: Counter[tuple[Victim, Left]] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [f"{count:4} x {victim} killed, workbook {left}" for (victim, left), count in self.outcomes.items()]
        return "\n".join([*sorted(lines), f"{self.outcomes.total():4} kills, nothing lost"])


class LostError(AssertionError):
    """Report that a kill lost something."""


def contents(book: Book) -> Contents:
    """Return what every sheet says, but for the mark of the last action, which no two actions share."""
    found = {name: book.read_used(name) for name in book.sheet_names()}
    for rows in found.values():
        rows[:] = [row for row in rows if not (row and row[0].value == MARK_KEY)]
    return found


@dataclass
class Office:
    """Hold a workbook, the LibreOffice that has it open, and what it said before and says after a roll-up."""

    path: Path
    app: xlwings.App
    opened: xlwings.Book
    old: Contents
    new: Contents = field(default_factory=dict)
    seconds: float = 0.0
    """How long a roll-up takes from the click on."""

    opening_seconds: float = 0.0
    """How long it takes until the first change is kept in the journal."""

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {PIPE_VARIABLE: self.app.impl.connection.pipe}

    @property
    def journals(self) -> list[Path]:
        return sorted(Path(os.environ[FOLDER_VARIABLE]).rglob("*.jsonl"))

    def click(self, action: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "xl_disclosure.buttons", action, str(self.path)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, env=self.environment, **quiet)  # type: ignore[call-overload,no-any-return]

    def present(self) -> Contents:
        return contents(LiveBook(self.opened))

    def restart(self) -> None:
        """Open the workbook in a new LibreOffice, as its file is."""
        with suppress(Exception):
            self.app.kill()
        for lock in self.path.parent.glob(".~lock.*"):
            lock.unlink()
        self.app = xlwings.App(visible=False, add_book=False)
        self.opened = self.app.books.open(self.path)


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Give a workbook of a unit with figures, open beside the returns of other units, its roll-up tried once."""
    path = folder / "我局.xlsm"
    create_workbook(EDITION, path, "示例单位甲", YEAR)
    clerk = open_clerk_book(path)
    fill_book(clerk, read_return(DEMO / "sample_unit_a.json"))
    clerk.book.save(path)
    _lay_units(path.with_name(live_actions.UNITS_FOLDER))
    libreoffice.activate()
    app = xlwings.App(visible=False, add_book=False)
    held = Office(path, app, app.books.open(path), {})
    try:
        held.old = held.present()
        _try_once(held)
        yield held
    finally:
        with suppress(Exception):
            held.app.kill()


def _lay_units(folder: Path) -> None:
    folder.mkdir()
    sample = json.loads((DEMO / "sample_unit_a.json").read_text(encoding="utf-8"))
    for number in range(UNITS):
        text = json.dumps({**sample, "unit": f"示例单位第{number + 1}"}, ensure_ascii=False)
        (folder / f"{number:02}.json").write_text(text, encoding="utf-8")


def _try_once(held: Office) -> None:
    begun = time.monotonic()
    process = held.click("aggregate")
    held.opening_seconds = _wait_for_journal(held, process) - begun
    process.wait(PATIENCE_SECONDS)
    held.seconds = time.monotonic() - begun
    held.new = held.present()
    _require(held.new != held.old, "the roll-up changes nothing")
    press(held, "undo")
    _require(held.present() == held.old, "undoing does not put everything back")


def _wait_for_journal(held: Office, process: subprocess.Popen[bytes]) -> float:
    while not held.journals and process.poll() is None:
        time.sleep(0.005)
    return time.monotonic()


def press(held: Office, action: str) -> str:
    """Press a button in this process and return what the clerk is told."""
    told: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        act_on_open_book(action, held.opened, lambda _: None)
    finally:
        logging.getLogger().removeHandler(handler)
    return "\n".join(told)


def trial(held: Office, chance: random.Random, tally: Tally) -> None:
    """Press 汇总, kill at a random moment, and see that one more click brings back what was there.

    Three of four moments are chosen after the first change is kept: before that there is little to lose.
    """
    victim = chance.choice(list(Victim))
    is_late, share = chance.random() < 0.75, chance.random()
    saves_first = chance.random() < 0.5
    before = held.path.read_bytes()
    process = held.click("aggregate")
    if is_late:
        _wait_for_journal(held, process)
        time.sleep(share * (held.seconds - held.opening_seconds))
    else:
        time.sleep(share * held.seconds)
    if victim is Victim.PYTHON:
        left = _kill_python(held, process, saves_first=saves_first)
    else:
        left = _kill_libreoffice(held, process, before)
    tally.outcomes[victim, left] += 1
    had_journal = bool(held.journals)
    told = press(held, "undo")
    after = held.present()
    _require(after == held.old, f"{victim}, {left}: after {told!r} there is {_first_difference(held.old, after)}")
    _require(not held.journals, f"{victim}: a journal is left that belongs to nothing")
    _require(_are_protected(held.opened), f"{victim}: a sheet is left unprotected")
    _require("汇总" in told if had_journal else "没有可以撤销" in told, f"{victim}: the clerk is told {told!r}")
    if saves_first:
        held.opened.save()


def _kill_python(held: Office, process: subprocess.Popen[bytes], *, saves_first: bool) -> Left:
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE_SECONDS)
    if saves_first:
        held.opened.save()
        _require_told(FileBook.open(held.path), held)
        held.opened.close()
        held.opened = held.app.books.open(held.path)
    return _require_told(LiveBook(held.opened), held)


def _kill_libreoffice(held: Office, process: subprocess.Popen[bytes], before: bytes) -> Left:
    os.kill(held.app.pid, signal.SIGKILL)
    process.wait(PATIENCE_SECONDS)
    _require(held.path.read_bytes() == before, "the file on disk has changed")
    held.restart()
    left = _left(held, held.present())
    _require(left is Left.OLD, "the file holds what was never saved")
    return left


def _require_told(book: Book, held: Office) -> Left:
    """Require that a workbook whose sheets are not all old, or all new, says so itself."""
    found = contents(book)
    left = _left(held, found)
    line = found[FINDINGS_SHEET][0][0].text
    _require("没有做完" in line if left is Left.BETWEEN else True, f"a half-done workbook says only {line!r}")
    return left


def _left(held: Office, found: Contents) -> Left:
    if found == held.old:
        return Left.OLD
    return Left.NEW if found == held.new else Left.BETWEEN


def _first_difference(old: Contents, new: Contents) -> str:
    for sheet, rows in old.items():
        present = new.get(sheet, [])
        for number, before in enumerate(rows):
            after = present[number] if number < len(present) else []
            if before != after:
                return f"{sheet}, row {number + 1}: {after} in place of {before}"
        if len(present) > len(rows):
            return f"{sheet}, {len(present) - len(rows)} rows more"
    return f"the sheets {list(new)} in place of {list(old)}"


def _are_protected(opened: xlwings.Book) -> bool:
    return all(sheet.api.isProtected() for sheet in opened.sheets)


def _require(holds: bool, complaint: str) -> None:
    if not holds:
        raise LostError(complaint)


def run(kills: int, seed: int, folder: Path) -> Tally:
    """Do so many trials in a folder and return what came of them.

    Raises:
        LostError: a trial lost something.
    """
    tally = Tally()
    chance = random.Random(seed)
    with office(folder) as held:
        for _ in range(kills):
            trial(held, chance, tally)
    return tally


def main(arguments: Sequence[str] | None = None) -> None:
    """Do trials and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="xl-disclosure-kills-"))
    os.environ[FOLDER_VARIABLE] = str(folder / "数据")
    try:
        sys.stdout.write(f"{run(chosen.kills, chosen.seed, folder)}\n")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

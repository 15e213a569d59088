"""Time a click on 审核 from LibreOffice's running the button's macro to the findings on their sheet.

Counted is the whole way, as a clerk waits for it: the macro looks for the program and starts it, Python starts, reaches
LibreOffice, reads the 2021 workbook that is open, checks it and writes the findings into it. The baseline is starting
Python to import xlwings and nothing else, in the same run. LibreOffice's own time is what its process spent computing
in between (user and system time), in the macro and in answering Python's calls: that much nobody but LibreOffice could
save. Each figure is the shortest of several runs in turn.

Run `python -m tests.benchmarks.bench_click`; it ends with status 1 where the limit is not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlwings

from tests.live.sample_office import lay_out
from xl_disclosure import libreoffice
from xl_disclosure.actions.fill import fill_file
from xl_disclosure.errors import InputError
from xl_disclosure.installation.install import install
from xl_disclosure.installation.machine import Machine, Platform
from xl_disclosure.installation.office_settings import office_profile
from xl_disclosure.libreoffice.connection import PIPE_VARIABLE
from xl_disclosure.libreoffice.office_profile import write_settings
from xl_disclosure.live.click_lock import only_action_on
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, FINDINGS_SHEET

EDITION = "2021"
MACRO = "DisclosureButtons.CheckForm"
MOST_IMPORTS = 3  # a click takes no longer than so many imports of xlwings and LibreOffice's own time
_REPEATS = 7
_SECONDS_BETWEEN_LOOKS = 0.01
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Click:
    """Hold how long a click took, and how much of that LibreOffice computed; seconds."""

    whole: float
    spreadsheet: float


def main() -> int:
    """Print what a click takes, its baseline and their ratio; return the exit status."""
    imports: list[float] = []
    clicks: list[Click] = []
    with open_workbook() as book:
        for _ in range(_REPEATS):
            imports.append(time_import())
            clicks.append(time_click(book))
    imported = min(imports)
    click = min(clicks, key=lambda click: click.whole)
    ratio = (click.whole - click.spreadsheet) / imported
    sys.stdout.write(
        f"import xlwings       {imported * 1e3:8.0f} ms\n"
        f"click to findings    {click.whole * 1e3:8.0f} ms, of which LibreOffice {click.spreadsheet * 1e3:.0f} ms\n"
        f"all but LibreOffice  {ratio:8.2f} imports (limit {MOST_IMPORTS})\n"
    )
    return 0 if ratio <= MOST_IMPORTS else 1


def time_import() -> float:
    """Return the seconds that starting Python and importing xlwings take."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import xlwings"], check=True)
    return time.perf_counter() - start


def time_click(book: xlwings.Book) -> Click:
    """Run the macro of the button 审核 and return how long the findings took to come."""
    findings = book.sheets[FINDINGS_SHEET][BODY_FIRST_ROW, 0]
    findings.value = None
    macro = book.macro(MACRO)
    computed, start = computing_time(book.app.pid), time.perf_counter()
    macro()
    while findings.value is None or not is_free(Path(book.fullname)):
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return Click(time.perf_counter() - start, computing_time(book.app.pid) - computed)


def is_free(path: Path) -> bool:
    """Tell whether no action holds a workbook: what a click does, formats and links too, is done."""
    try:
        with only_action_on(path):
            return True
    except InputError:
        return False


def computing_time(pid: int) -> float:
    """Return the seconds that a process has computed, in user and in system time."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / _TICKS_A_SECOND


@contextmanager
def open_workbook() -> Iterator[xlwings.Book]:
    """Give a filled workbook open in a headless LibreOffice to which the buttons were installed."""
    pipe = f"xl-disclosure-benchmark-{os.getpid()}"
    with tempfile.TemporaryDirectory() as name:
        home, folder = Path(name) / "home", Path(name) / "books"
        home.mkdir()
        path = lay_out(EDITION, folder)
        fill_file(path)
        machine = Machine(Platform.LINUX, home, home / ".config", sys.executable, "utf-8")
        install(machine, [folder])
        write_settings(office_profile(machine), pipe=pipe)
        os.environ |= {"HOME": str(home), PIPE_VARIABLE: pipe}
        engine = libreoffice.activate()
        app = xlwings.App(impl=engine.impl.apps.start(window=False, profile=office_profile(machine)))
        try:
            yield app.books.open(path)
        finally:
            app.kill()


if __name__ == "__main__":
    sys.exit(main())

"""Time a report's documents against importing docxtpl in the same run, and the reports of many units on two processes.

Run `python -m tests.benchmarks.bench_reports`; it ends with status 1 where a limit is not kept.
"""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

EDITION = "2021"
YEAR = 2023
UNITS = 300
PROCESSES = 2
TODAY = date(YEAR + 1, 1, 20)
MOST_IMPORTS = 3  # a report takes no longer than so many imports of docxtpl
FEWEST_A_SECOND = 12


def main() -> int:
    """Print both figures and their limits; return the exit status."""
    imported, made = time_one()
    a_second = time_many()
    sys.stdout.write(
        f"import docxtpl      {imported * 1e3:8.1f} ms\n"
        f"docx and html       {made * 1e3:8.1f} ms: {made / imported:.2f} imports (limit {MOST_IMPORTS})\n"
        f"{UNITS} whole reports   {a_second:8.1f} a second on {PROCESSES} processes (limit {FEWEST_A_SECOND})\n"
    )
    return 0 if made <= MOST_IMPORTS * imported and a_second >= FEWEST_A_SECOND else 1


def time_one() -> tuple[float, float]:
    """Return the seconds that importing docxtpl takes, and those of the first report made after it."""
    start = time.perf_counter()
    import docxtpl  # noqa: F401  what is timed

    imported = time.perf_counter() - start
    from tests.narrative.samples import offered_rows, returned_of, zeros
    from xl_disclosure.forms.catalog import load_edition
    from xl_disclosure.narrative.build import build_report
    from xl_disclosure.narrative.html import render_html
    from xl_disclosure.narrative.word import render_word

    edition = load_edition(EDITION)
    returned = returned_of(edition, {**zeros(edition), "requests.received.total": 5, "requests.received.business": 5})
    start = time.perf_counter()
    report = build_report(edition, returned, offered_rows(edition))
    render_word(report)
    render_html(report)
    return imported, time.perf_counter() - start


def time_many() -> float:
    """Return how many workbooks a second are checked, reported in Word and as a page, and looked at again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        books = make_books(folder)
        with ProcessPoolExecutor(PROCESSES) as pool:
            list(pool.map(report_on, books[:PROCESSES]))  # Python is started before the clock
            start = time.perf_counter()
            files = sum(pool.map(report_on, books, chunksize=4))
            seconds = time.perf_counter() - start
    if files != 2 * UNITS:
        raise RuntimeError(f"{files} files instead of {2 * UNITS}")
    return UNITS / seconds


def make_books(folder: Path) -> list[Path]:
    """Return filled workbooks, each of a unit of its own."""
    from xl_disclosure.actions.clerk_book import as_clerk_book
    from xl_disclosure.forms.catalog import load_edition
    from xl_disclosure.workbook.book import CellContent
    from xl_disclosure.workbook.new import new_workbook

    edition = load_edition(EDITION)
    books: list[Path] = []
    for number in range(UNITS):
        path = folder / f"示例单位{number}.xlsm"
        book = new_workbook(edition, path.stem, YEAR)
        clerk = as_clerk_book(book, path)
        clerk.write_form({address: CellContent(0) for address in edition.facts})
        book.save(path)
        books.append(path)
    return books


def report_on(book: Path) -> int:
    """Write the report of one workbook and return how many files it has."""
    from xl_disclosure.actions.report import ReportRequest, write_report

    return len(write_report(ReportRequest(book, book.with_suffix(""), ["docx", "html"], TODAY)).files)


if __name__ == "__main__":
    sys.exit(main())

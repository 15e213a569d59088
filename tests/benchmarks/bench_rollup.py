"""Time the roll-up of thousands of workbooks against bare readers of the same files in the same run.

What is held to a limit is the time that processes had a processor, so that other programs do not count: that of the
readers shared among them, and that of the one process that adds up and writes.

Run `python -m tests.benchmarks.bench_rollup`; it ends with status 1 where a limit is not kept. With `--units N` it
stops at so many units, and the limits that need ten thousand are left out.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal, NamedTuple

from tests.benchmarks.unit_files import (
    EDITION,
    YEAR,
    change_unit,
    own_patterns,
    retyped_patterns,
    unit_name,
    write_units,
)
from tests.benchmarks.usage import Gauge, time_at_work
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.cover import COVER_SHEET
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.workbook.layout import FINDINGS_SHEET, RECEIPTS_SHEET, UNITS_SHEET

PROCESSES = 2
COMPARED = 2_000
OWN_COMPARED = 1_000
ROUNDS = 3
SAMPLE = 130
"""Workbooks of which the plain loop is timed; it takes tens of milliseconds for each."""

CURVE = (500, 1_000, 2_000, 5_000, 10_000)
LEAST_OF_CALAMINE = 0.5
LEAST_OF_PLAIN_LOOP = 10
MOST_MEMORY = 400
"""Megabytes of all processes of the largest roll-up together."""

MOST_GROWTH = 1.15
"""Of the time for a workbook from 1,000 to 10,000."""

MOST_OF_FIRST = 0.05
"""Of the time of the largest roll-up, by the clock, for one more after one of its workbooks has changed."""

SETTLED = 2.5
"""Seconds after which a file that was written is trusted not to change unseen."""

COUNTRY = 500_000
CHUNK = 16
HIDDEN = "_xd"
"""The sheet that only copies of our template have."""

Which = Callable[[Sequence[str]], Sequence[str]]
"""Returns those of a workbook's sheets that are read."""


@dataclass(frozen=True, slots=True)
class Run:
    """Hold what one roll-up took: seconds, the seconds its process and its readers were at work, and memory.

    The latter are the most megabytes of its process, of a reader, and of all at once.
    """

    units: int
    seconds: float
    own_work: float
    readers_work: float
    parent: float
    reader: float
    together: float

    @property
    def a_workbook(self) -> float:
        """Return the milliseconds for each workbook where nothing else wants the processors."""
        return 1e3 * (self.readers_work / PROCESSES + self.own_work) / self.units


class Round(NamedTuple):
    """Hold the milliseconds a workbook that each way of reading is at work; ``told``: told where the form stands."""

    calamine: float
    calamine_told: float
    loop: float
    loop_told: float
    roll_up: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and their limits; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=CURVE[-1])
    parser.add_argument("--roll-up", type=Path, help=argparse.SUPPRESS)
    stated = parser.parse_args(arguments)
    if stated.roll_up is not None:
        return roll_up(stated.roll_up)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = write_units(folder / "own", own_patterns(folder / "own marks"), OWN_COMPARED, PROCESSES)
        retyped = write_units(folder / "retyped", retyped_patterns(folder / "marks"), stated.units, PROCESSES)
        kept = [
            compare_readers(folder, "copies of our template", own),
            compare_readers(folder, "the form as offices retype it", retyped[:COMPARED]),
            *climb(folder, retyped),
        ]
    return 0 if all(kept) else 1


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def hold(line: str, *, is_kept: bool) -> bool:
    """Print one figure with its limit and whether it is kept."""
    say(f"{'ok    ' if is_kept else 'MISSED'} {line}")
    return is_kept


def compare_readers(folder: Path, what: str, paths: Sequence[Path]) -> bool:
    """Hold the whole roll-up against bare calamine and a plain loop over the same workbooks on as many processes.

    Both read the sheets that the roll-up looks into. What they take where they are told beforehand in which sheets the
    form stands, which the roll-up finds out, is printed besides. Of several rounds the least of each counts: whatever
    else a machine does only adds to it.
    """
    sizes = [path.stat().st_size / 1024 for path in paths]
    say(f"{len(paths)} workbooks, {what}: {min(sizes):.0f} to {max(sizes):.0f} KB, {sum(sizes) / len(sizes):.0f} each")
    rounds = [time_round(folder, paths) for _ in range(ROUNDS)]
    least = Round(*map(min, zip(*rounds, strict=True)))
    told = "told where the form stands"
    say(f"       {least.calamine:7.2f} ms a workbook, {least.calamine_told:.2f} {told}: calamine alone")
    say(f"       {least.loop:7.2f} ms a workbook, {least.loop_told:.2f} {told}: a loop of pandas and openpyxl")
    say(f"       {least.roll_up:7.2f} ms a workbook: the whole roll-up")
    share, times = least.calamine / least.roll_up, least.loop / least.roll_up
    kept = [
        hold(
            f"{share:7.0%} of the pace of calamine (at least {LEAST_OF_CALAMINE:.0%};"
            f" {least.calamine_told / least.roll_up:.0%} where it is told)",
            is_kept=share >= LEAST_OF_CALAMINE,
        ),
        hold(
            f"{times:7.1f} times the loop (at least {LEAST_OF_PLAIN_LOOP};"
            f" {least.loop_told / least.roll_up:.1f} where it is told)",
            is_kept=times >= LEAST_OF_PLAIN_LOOP,
        ),
    ]
    return all(kept)


def time_round(folder: Path, paths: Sequence[Path]) -> Round:
    """Time each way of reading once; the loop over some of the workbooks only."""
    return Round(
        time_over(partial(read_with_calamine, looked_into), paths),
        time_over(partial(read_with_calamine, of_the_form), paths),
        time_over(partial(read_with_pandas, looked_into), paths[:SAMPLE]),
        time_over(partial(read_with_pandas, of_the_form), paths[:SAMPLE]),
        run_roll_up(folder, paths).a_workbook,
    )


def climb(folder: Path, paths: Sequence[Path]) -> list[bool]:
    """Roll up more and more workbooks and hold the largest roll-up to the limits."""
    runs: list[Run] = []
    again = 0.0
    for units in [units for units in CURVE if units <= len(paths)] or [len(paths)]:
        with laid_out(folder, paths[:units]) as job:
            run = run_job(job)
            again = run_again(job).seconds
        runs.append(run)
        say(
            f"       {run.units:7} workbooks: {run.seconds:6.1f} s, again {again:.2f} s, {run.a_workbook:.2f} ms each,"
            f" {run.parent:.0f} MB, {PROCESSES} readers of {run.reader:.0f} MB, {run.together:.0f} MB at once"
        )
    last = runs[-1]
    hours = COUNTRY * last.a_workbook / 1e3 / 3600
    say(f"       {COUNTRY} workbooks at this pace: {hours:.2f} hours on one such machine")
    if last.units < CURVE[-1]:
        return []
    first = next(run for run in runs if run.units == CURVE[1])
    growth, share = last.a_workbook / first.a_workbook, again / last.seconds
    return [
        hold(
            f"{share:7.1%} of the first time, {again:.2f} s, after one workbook has changed"
            f" (at most {MOST_OF_FIRST:.0%})",
            is_kept=share <= MOST_OF_FIRST,
        ),
        hold(f"{last.together:7.0f} MB in all (at most {MOST_MEMORY})", is_kept=last.together <= MOST_MEMORY),
        hold(f"{growth:7.2f} of the time each at {first.units} (at most {MOST_GROWTH})", is_kept=growth <= MOST_GROWTH),
    ]


def run_again(job: Path) -> Run:
    """Roll up a folder once more after one of its workbooks has changed."""
    change_unit(min((job / "units").glob("*.xlsx")))
    time.sleep(SETTLED)
    return run_job(job)


def time_over(read: Callable[[Sequence[Path]], int], paths: Sequence[Path]) -> float:
    """Return the milliseconds a workbook that processes are at work to read all paths."""
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(read, [chunks[0]] * PROCESSES))  # Python and the libraries are loaded before the clock starts
        done = list(pool.map(partial(time_one, read), chunks))
    if sum(count for count, _ in done) < len(paths):
        raise RuntimeError(f"fewer sheets than the {len(paths)} workbooks")
    return 1e3 * sum(work for _, work in done) / PROCESSES / len(paths)


def time_one(read: Callable[[Sequence[Path]], int], paths: Sequence[Path]) -> tuple[int, float]:
    """Return what a reader gives, and the seconds it was at work."""
    start = time.process_time()
    return read(paths), time.process_time() - start


def read_with_calamine(which: Which, paths: Sequence[Path]) -> int:
    """Read sheets of workbooks, and nothing else."""
    from python_calamine import CalamineWorkbook

    count = 0
    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in which(book.sheet_names):
            count += len(book.get_sheet_by_name(name).to_python()) > 0
    return count


def read_with_pandas(which: Which, paths: Sequence[Path]) -> int:
    """Read sheets of workbooks as a script would, into frames, and add up the numbers in them."""
    import pandas as pd

    count = 0
    for path in paths:
        engine: Literal["openpyxl", "calamine"] = "openpyxl" if path.suffix == ".xlsx" else "calamine"
        with pd.ExcelFile(path, engine=engine) as book:
            names = which([str(name) for name in book.sheet_names])
            for frame in pd.read_excel(book, sheet_name=[*names], header=None).values():
                frame.select_dtypes("number").sum()
                count += 1
    return count


def looked_into(names: Sequence[str]) -> Sequence[str]:
    """Return the sheets that a roll-up looks into: all of a workbook that is no copy of our template."""
    needed = needed_sheets()
    return [name for name in names if name in needed] if HIDDEN in names else names


def of_the_form(names: Sequence[str]) -> Sequence[str]:
    """Return the sheets in which the form stands."""
    form = {sheet.name for sheet in load_edition(EDITION).sheets}
    return [name for name in names if name in form]


@cache
def needed_sheets() -> frozenset[str]:
    """Return the sheets of our workbook that a roll-up looks into."""
    edition = load_edition(EDITION)
    form = [sheet.name for sheet in edition.sheets]
    registers = [register.sheet for register in edition.registers.values()]
    others = [HIDDEN, COVER_SHEET, NARRATIVE_SHEET, FINDINGS_SHEET, RECEIPTS_SHEET, UNITS_SHEET]
    return frozenset([*form, *registers, *others])


def run_roll_up(folder: Path, paths: Sequence[Path]) -> Run:
    """Roll up workbooks in a process of its own and return what that took."""
    with laid_out(folder, paths) as job:
        return run_job(job)


@contextmanager
def laid_out(folder: Path, paths: Sequence[Path]) -> Iterator[Path]:
    """Give a folder with those workbooks, the roster of their units, and a cache of its own, empty as yet."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        job = Path(name)
        units = job / "units"
        units.mkdir()
        for path in paths:
            (units / path.name).hardlink_to(path)
        names = "\n".join(unit_name(int(path.stem)) for path in paths)
        (job / "roster.csv").write_text(f"单位名称\n{names}\n", encoding="utf-8")
        time.sleep(SETTLED)
        yield job


def run_job(job: Path) -> Run:
    """Roll up a folder laid out for it."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_rollup", "--roll-up", str(job)]
    environment = {**os.environ, "XL_DISCLOSURE_CACHE": str(job / "cache")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return Run(**json.loads(done.stdout))


def roll_up(job: Path) -> int:
    """Roll up a folder and print what it took as JSON."""
    from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder

    request = RollupRequest(job / "units", job / "county.xlsx", job / "roster.csv", EDITION, YEAR, workers=PROCESSES)
    with Gauge() as gauge:
        start, before = time.perf_counter(), time_at_work(resource.RUSAGE_SELF)
        rollup = aggregate_folder(request)
        seconds = time.perf_counter() - start
        for process in multiprocessing.active_children():
            process.join()
    own, readers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    received = sum(line.is_summed for line in rollup.lines)
    megabytes = {"parent": own.ru_maxrss / 1024, "reader": readers.ru_maxrss / 1024, "together": gauge.most / 1024}
    own_work = time_at_work(resource.RUSAGE_SELF) - before
    work = {"own_work": own_work, "readers_work": time_at_work(resource.RUSAGE_CHILDREN)}
    say(json.dumps({"units": received, "seconds": seconds, **work, **megabytes}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

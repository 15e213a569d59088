"""汇总: a folder of units' returns rolled up into a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xl_disclosure.actions.breakdown_file import breakdown_path, parquet_path
from xl_disclosure.actions.breakdown_lines import BreakdownLines
from xl_disclosure.actions.breakdown_output import written_beside
from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book, open_clerk_book
from xl_disclosure.actions.findings_sheet import read_explanations, with_explanations
from xl_disclosure.actions.reading import last_year_of, read_roster, return_from_facts
from xl_disclosure.actions.rollup_check import RESTORED, check_lines, judge_entries
from xl_disclosure.actions.rollup_lines import rollup_lines
from xl_disclosure.actions.rollup_sheets import write_rollup
from xl_disclosure.actions.roster_sheet import check_roster_sheet, write_roster
from xl_disclosure.actions.unit_file import read_unit_file
from xl_disclosure.checks.causes import merge_causes
from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.within import check_within
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.breakdown import BreakdownLine, corrected_figures, lay_out
from xl_disclosure.rollup.cache_place import cache_file
from xl_disclosure.rollup.chunks import Executor
from xl_disclosure.rollup.cluster import Cluster
from xl_disclosure.rollup.collect import Progress, Receipt, Status, files_inside, receive, reconcile
from xl_disclosure.rollup.corrections import JudgedCorrection, check_corrections
from xl_disclosure.rollup.figures import Figures
from xl_disclosure.rollup.garbage import WHILE_TOTALLING, collected_seldom
from xl_disclosure.rollup.listing_beside import FindFiles, listed_beside
from xl_disclosure.rollup.node_check import check_nodes
from xl_disclosure.rollup.piece_cache import PieceCache
from xl_disclosure.rollup.processes import processes_for
from xl_disclosure.rollup.recall import Recalling
from xl_disclosure.rollup.result import Rollup
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.rollup.roster_check import check_roster
from xl_disclosure.rollup.sent import SentReturn
from xl_disclosure.rollup.subtotals import Subtotal, make_subtotals
from xl_disclosure.rollup.tree import UnitTree, grow_tree, summed
from xl_disclosure.workbook.layout import fact_places
from xl_disclosure.workbook.new import new_workbook_for
from xl_disclosure.workbook.parts.shelf import Shelf


@dataclass(frozen=True, slots=True)
class RollupRequest:
    """State what to roll up; blank edition and year are taken from the workbook or, failing that, the files.

    Without a number of ``workers`` as many processes read as the machine has cores. ``cluster`` is the address of a
    Dask scheduler whose workers read instead.
    """

    folder: Path
    output: Path
    roster: Path | None = None
    edition: str = ""
    year: int | None = None
    last_year: Path | None = None
    workers: int | None = None
    cluster: str = ""


@collected_seldom(WHILE_TOTALLING)
def aggregate_folder(request: RollupRequest, progress: Progress | None = None) -> Rollup:
    """Read, check and total the returns of a folder and write the roll-up into the workbook asked for.

    Raises InputError, with nothing written, where the folder, the roster or the workbook cannot be used.
    """
    with listed_beside(request.folder, _own_files(request)) as find_files, closing(PieceCache(cache_file())) as shelf:
        clerk = open_clerk_book(request.output, shelf) if request.output.exists() else None
        clerk, rollup = _aggregate(clerk, request, find_files, shelf, progress)
        clerk.book.save(request.output)
    return rollup


@collected_seldom(WHILE_TOTALLING)
def aggregate_book(clerk: ClerkBook, request: RollupRequest, progress: Progress | None = None) -> Rollup:
    """Roll up a folder into an opened workbook, that asked for, without saving it; see ``aggregate_folder``."""
    with listed_beside(request.folder, _own_files(request)) as find_files, closing(PieceCache(cache_file())) as shelf:
        _, rollup = _aggregate(clerk, request, find_files, shelf, progress)
    return rollup


def _aggregate(
    clerk: ClerkBook | None, request: RollupRequest, find_files: FindFiles, shelf: Shelf, progress: Progress | None
) -> tuple[ClerkBook, Rollup]:
    roster = read_roster(request.roster, clerk)
    tree = grow_tree(roster)
    files = find_files()
    recalling = Recalling(_executor(request), cache_file())
    with recalling.reading(read_unit_file, files_inside(files)) as records:
        receipts = receive(files, records, progress)
    edition = _edition(request, clerk, receipts)
    year = _year(request, clerk, receipts)
    if not edition.covers(year):
        raise InputError(f"“{edition.name}”不适用于{year}年", "改正 --edition 或 --year", Place(str(request.folder)))
    if clerk is None:
        book = new_workbook_for(request.output, edition, _common_parent(roster), year, shelf)
        clerk = as_clerk_book(book, request.output)
    receipts = reconcile(receipts, roster, edition, year)
    counted = _count(clerk, receipts, roster, tree)
    with written_beside(request.output, edition, counted.breakdown) as find_file:
        rollup = _roll_up(clerk, year, receipts, counted, request)
        clerk = write_roster(clerk, roster, request.roster)
        write_rollup(clerk, rollup, find_file)
    return clerk, rollup


def _own_files(request: RollupRequest) -> list[Path]:
    """Return the files that are no unit's, should they stand in the folder."""
    made = [request.output, breakdown_path(request.output), parquet_path(request.output)]
    return [*made, request.roster] if request.roster is not None else made


def _executor(request: RollupRequest) -> Executor:
    return Cluster(request.cluster) if request.cluster else processes_for(request.workers)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Hold which returns count, corrections by their row in 更正, and the lines of 分户表 that both make, with sums."""

    roster: Roster
    tree: UnitTree
    receipts: Sequence[Receipt]
    entries: Mapping[int, JudgedCorrection]
    breakdown: Sequence[BreakdownLine]
    subtotals: Sequence[Subtotal]


def _count(clerk: ClerkBook, receipts: Sequence[Receipt], roster: Roster, tree: UnitTree) -> _Counted:
    counted = summed(receipts, tree)
    sent = {receipt.unit: receipt.sent for receipt in counted if receipt.sent is not None}
    entries = judge_entries(clerk, lambda unit: sent[unit].facts if unit in sent else None, roster)
    breakdown = lay_out(clerk.edition, counted, tree, list(entries.values()))
    received = frozenset(receipt.unit for receipt in receipts if receipt.status is Status.RECEIVED)
    # Added up later, beside a forked process, the figures would be copied page by page.
    subtotals = make_subtotals(clerk.edition, tree, breakdown, received)
    return _Counted(roster, tree, counted, entries, breakdown, subtotals)


def _roll_up(
    clerk: ClerkBook, year: int, receipts: Sequence[Receipt], counted: _Counted, request: RollupRequest
) -> Rollup:
    edition, roster, breakdown, entries = clerk.edition, counted.roster, counted.breakdown, counted.entries
    findings = [
        *check_roster(edition, receipts, roster),
        *check_roster_sheet(clerk, roster, request.roster),
        *check_nodes(edition, counted.tree, partial(_corrected, receipts, breakdown)),
        *check_lines(clerk, BreakdownLines(clerk), RESTORED),
        *check_corrections(edition, list(entries.values())),
        *_check_whole(clerk, year, counted.subtotals[0], request),
    ]
    written = read_explanations(clerk.book)
    own = with_explanations(edition, merge_causes(edition, findings), written)
    lines = rollup_lines(edition, request.folder, receipts, counted.receipts, written)
    sums = (tuple(breakdown), tuple(counted.subtotals), entries)
    return Rollup(edition, year, roster, *sums, tuple(lines), tuple(own), request.output)


def _corrected(receipts: Sequence[Receipt], breakdown: Sequence[BreakdownLine]) -> Mapping[str, Figures]:
    """Return the figures of each unit received, a parent's own included, with the corrections of those that count."""
    sent = {r.unit: r.sent.figures for r in receipts if r.status is Status.RECEIVED and r.sent is not None}
    return sent | corrected_figures(breakdown)


def _check_whole(clerk: ClerkBook, year: int, whole: Subtotal, request: RollupRequest) -> list[Finding]:
    """Return what is wrong with the totals as a return of their own."""
    edition, cover = clerk.edition, {**clerk.cover, "year": str(year)}
    facts = dict(zip(edition.facts, whole.figures, strict=True))
    returned = return_from_facts(edition, facts, fact_places(edition), cover, request.output.name)
    return check_within(edition, returned, last_year_of(request.last_year))


def _edition(request: RollupRequest, clerk: ClerkBook | None, receipts: Sequence[Receipt]) -> Edition:
    if clerk is not None:
        return clerk.edition
    if request.edition:
        return load_edition(request.edition)
    return load_edition(_commonest((sent.edition for sent in _sent(receipts)), request.folder))


def _year(request: RollupRequest, clerk: ClerkBook | None, receipts: Sequence[Receipt]) -> int:
    if request.year is not None:
        return request.year
    if clerk is not None and clerk.year is not None:
        return clerk.year
    years = (str(sent.year) for sent in _sent(receipts) if sent.year is not None)
    return int(_commonest(years, request.folder))


def _sent(receipts: Sequence[Receipt]) -> list[SentReturn]:
    return [receipt.sent for receipt in receipts if receipt.sent is not None]


def _commonest(values: Iterable[str], folder: Path) -> str:
    """Return the value most files have, of several the last in order; InputError when no file could be read."""
    counts: Mapping[str, int] = Counter(values)
    if not counts:
        raise InputError(
            "没有一份文件能读出版式和年度", "用 --edition 和 --year 写明，或检查文件夹", Place(str(folder))
        )
    return max(counts, key=lambda value: (counts[value], value))


def _common_parent(roster: Roster) -> str:
    parents = {unit.parent for unit in roster.units if unit.parent and roster.find(unit.parent) is None}
    return parents.pop() if len(parents) == 1 else ""

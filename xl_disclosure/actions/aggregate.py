"""汇总: a folder of units' returns rolled up into a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.actions.check import check_return, own_book
from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book, open_clerk_book
from xl_disclosure.actions.findings_sheet import (
    read_explanations,
    with_explanations,
    write_findings,
)
from xl_disclosure.actions.reading import last_year_of, read_roster, return_from_facts
from xl_disclosure.actions.rollup_sheets import unit_places, write_rollup, write_roster
from xl_disclosure.checks.across_units import check_parent
from xl_disclosure.checks.causes import merge_causes
from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.within import check_within
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.office import AppliedSettings
from xl_disclosure.returns.model import Return
from xl_disclosure.rollup.collect import Progress, Receipt, Status, list_files, read_files, reconcile
from xl_disclosure.rollup.result import Rollup, RollupLine
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.rollup.roster_check import check_roster
from xl_disclosure.rollup.totals import total
from xl_disclosure.rollup.tree import children_of, summed
from xl_disclosure.workbook.layout import CellPlace, fact_places
from xl_disclosure.workbook.new import new_workbook_for


@dataclass(frozen=True, slots=True)
class RollupRequest:
    """State what to roll up; blank edition and year are taken from the workbook or, failing that, the files."""

    folder: Path
    output: Path
    roster: Path | None = None
    edition: str = ""
    year: int | None = None
    last_year: Path | None = None
    workers: int = 1


def aggregate_folder(request: RollupRequest, progress: Progress | None = None) -> Rollup:
    """Read, check and total the returns of a folder and write the roll-up into the workbook asked for.

    Raises InputError, with nothing written, where the folder, the roster or the workbook cannot be used.
    """
    clerk = open_clerk_book(request.output) if request.output.exists() else None
    clerk, rollup = _aggregate(clerk, request, progress)
    clerk.book.save(request.output)
    return rollup


def aggregate_book(clerk: ClerkBook, request: RollupRequest, progress: Progress | None = None) -> Rollup:
    """Roll up a folder into an opened workbook, that asked for, without saving it; see ``aggregate_folder``."""
    _, rollup = _aggregate(clerk, request, progress)
    return rollup


def _aggregate(clerk: ClerkBook | None, request: RollupRequest, progress: Progress | None) -> tuple[ClerkBook, Rollup]:
    roster = read_roster(request.roster, clerk.book if clerk else None)
    files = list_files(request.folder, [request.output, *([request.roster] if request.roster else [])])
    receipts = read_files(request.folder, files, request.workers, progress)
    edition = _edition(request, clerk, receipts)
    year = _year(request, clerk, receipts)
    if not edition.covers(year):
        raise InputError(f"“{edition.name}”不适用于{year}年", "改正 --edition 或 --year", Place(str(request.folder)))
    if clerk is None:
        book = new_workbook_for(request.output, edition, _common_parent(roster), year)
        clerk = as_clerk_book(book, request.output)
    rollup = _roll_up(clerk, year, reconcile(receipts, roster, edition, year), roster, request)
    _write(clerk, rollup)
    write_roster(clerk, roster)
    return clerk, rollup


def _roll_up(
    clerk: ClerkBook, year: int, receipts: Sequence[Receipt], roster: Roster, request: RollupRequest
) -> Rollup:
    edition = clerk.edition
    counted = summed(receipts, roster)
    facts = total(edition, [receipt.returned for receipt in counted if receipt.returned is not None])
    cover = {**clerk.cover, "year": str(year)}
    whole = return_from_facts(edition, facts, fact_places(edition), cover, request.output.name)
    findings = [
        *check_roster(edition, receipts, roster),
        *_node_findings(edition, receipts, roster),
        *check_within(edition, whole, last_year_of(request.last_year)),
    ]
    counted_files = frozenset(receipt.file for receipt in counted)
    written = read_explanations(clerk.book)
    lines: list[RollupLine] = []
    for receipt in receipts:
        found = with_explanations(edition, _findings_on(edition, receipt, request.folder), written)
        lines.append(RollupLine(receipt, tuple(found), receipt.file in counted_files))
    own = with_explanations(edition, merge_causes(edition, findings), written)
    return Rollup(edition, year, facts, tuple(lines), tuple(own), request.output)


def _findings_on(edition: Edition, receipt: Receipt, folder: Path) -> list[Finding]:
    """Return what is wrong with a unit's return, with what the unit wrote beside it in its own workbook."""
    if receipt.returned is None or receipt.status is not Status.RECEIVED:
        return []
    result = check_return(AppliedSettings(edition), receipt.returned, clerk=own_book(folder / receipt.file))
    return list(result.failed)


def _node_findings(edition: Edition, receipts: Sequence[Receipt], roster: Roster) -> list[Finding]:
    returns = {r.unit: r.returned for r in receipts if r.status is Status.RECEIVED and r.returned is not None}
    findings: list[Finding] = []
    for name, children in children_of(roster).items():
        if name not in returns:
            continue
        sent = {child.name: returns[child.name] for child in children if child.name in returns}
        missing = [child.name for child in children if child.name not in returns]
        findings.extend(check_parent(edition, returns[name], sent, missing))
    return findings


def _write(clerk: ClerkBook, rollup: Rollup) -> None:
    write_rollup(clerk, rollup)
    own, units = fact_places(rollup.edition), unit_places(rollup.edition, rollup.lines)

    def locate(finding: Finding) -> CellPlace | None:
        if not finding.facts:
            return None
        address = finding.facts[0]
        return units.get((finding.unit, address)) or own.get(address)

    write_findings(clerk.book, rollup.edition, rollup.all_findings, locate)


def _edition(request: RollupRequest, clerk: ClerkBook | None, receipts: Sequence[Receipt]) -> Edition:
    if clerk is not None:
        return clerk.edition
    if request.edition:
        return load_edition(request.edition)
    return load_edition(_commonest((returned.edition for returned in _returns(receipts)), request.folder))


def _year(request: RollupRequest, clerk: ClerkBook | None, receipts: Sequence[Receipt]) -> int:
    if request.year is not None:
        return request.year
    if clerk is not None and clerk.year is not None:
        return clerk.year
    years = (str(returned.year) for returned in _returns(receipts) if returned.year is not None)
    return int(_commonest(years, request.folder))


def _returns(receipts: Sequence[Receipt]) -> list[Return]:
    return [receipt.returned for receipt in receipts if receipt.returned is not None]


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

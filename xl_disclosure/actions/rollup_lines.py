"""A roll-up's line for each file and each unit without one: what became of it, when it came, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from xl_disclosure.actions.findings_sheet import Explanations, with_explanations
from xl_disclosure.checks.findings import Finding
from xl_disclosure.errors import DisclosureError
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.sources.opening import read_content
from xl_disclosure.rollup.collect import Receipt, Status
from xl_disclosure.rollup.result import RollupLine


def rollup_lines(
    edition: Edition, folder: Path, receipts: Iterable[Receipt], counted: Iterable[Receipt], written: Explanations
) -> list[RollupLine]:
    """Return a line for each receipt in order; ``counted`` are those whose figures add up, ``written`` explains."""
    counted_files = frozenset(receipt.file for receipt in counted)
    lines: list[RollupLine] = []
    for receipt in receipts:
        findings = _findings_on(receipt)
        explained = tuple(with_explanations(edition, findings, written)) if findings else ()
        lines.append(RollupLine(receipt, explained, receipt.file in counted_files, _digest(folder, receipt)))
    return lines


def _findings_on(receipt: Receipt) -> Sequence[Finding]:
    if receipt.sent is None or receipt.status is not Status.RECEIVED:
        return ()
    return receipt.sent.findings


def _digest(folder: Path, receipt: Receipt) -> str:
    """Return the SHA-256 of a file, that of one that cannot be used included; blank for one out of reach."""
    if receipt.sent is not None:
        return receipt.sent.digest
    if not receipt.file:
        return ""
    path = folder / receipt.file
    if path.is_symlink():  # It may lead out of the folder: nothing there is read.
        return ""
    try:
        return sha256(read_content(path)).hexdigest()
    except DisclosureError:
        return ""

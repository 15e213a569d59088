"""One unit's file read and checked for a roll-up."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from xl_disclosure.actions.breakdown_file import BREAKDOWN_ENDINGS
from xl_disclosure.actions.check import find_failures, is_faultless, own_book
from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.checks.findings import Finding
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.returns.model import Return
from xl_disclosure.returns.read import ReadFile, read_bytes
from xl_disclosure.returns.sources.opening import read_content
from xl_disclosure.rollup.sent import SentReturn, sent_return
from xl_disclosure.workbook.source_book import CutShort, SourceBook


def read_unit_file(path: Path) -> SentReturn:
    """Return a unit's figures and what is wrong with them, with what the unit wrote beside it in its own workbook.

    Raises DisclosureError when the file cannot be used.
    """
    if path.name.endswith(BREAKDOWN_ENDINGS):
        raise InputError("这是汇总工作簿的分户表，不是报表", "只报送汇总工作簿本身")
    content = read_content(path)
    read = read_bytes(content, path.name)
    try:
        findings = _find_faults(read.returned, _opened_book(read, path))
    except CutShort:
        findings = _find_faults(read.returned, own_book(path))
    return sent_return(read.returned, sha256(content).hexdigest(), findings)


def _find_faults(returned: Return, clerk: ClerkBook | None) -> Sequence[Finding]:
    edition = load_edition(returned.edition)
    if is_faultless(edition, returned, clerk):
        return ()
    return find_failures(edition, returned, clerk)


def _opened_book(read: ReadFile, path: Path) -> ClerkBook | None:
    """Return a workbook of ours as it was opened for reading; None for any other file."""
    if read.document is None:
        return None
    try:
        return as_clerk_book(SourceBook(read.document), path)
    except InputError:
        return None

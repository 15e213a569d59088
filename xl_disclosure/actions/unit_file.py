"""One unit's file read and checked for a roll-up."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from xl_disclosure.actions.check import CheckResult, check_return, own_book
from xl_disclosure.actions.clerk_book import ClerkBook, as_clerk_book
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.office import AppliedSettings
from xl_disclosure.returns.read import ReadFile, read_bytes
from xl_disclosure.returns.sources.opening import read_content
from xl_disclosure.rollup.sent import SentReturn, sent_return
from xl_disclosure.workbook.source_book import CutShort, SourceBook


def read_unit_file(path: Path) -> SentReturn:
    """Return a unit's figures and what is wrong with them, with what the unit wrote beside it in its own workbook.

    Raises DisclosureError when the file cannot be used.
    """
    content = read_content(path)
    read = read_bytes(content, path.name)
    return sent_return(read.returned, sha256(content).hexdigest(), _check(read, path).failed)


def _check(read: ReadFile, path: Path) -> CheckResult:
    settings = AppliedSettings(load_edition(read.returned.edition))
    try:
        return check_return(settings, read.returned, clerk=_opened_book(read, path))
    except CutShort:
        return check_return(settings, read.returned, clerk=own_book(path))


def _opened_book(read: ReadFile, path: Path) -> ClerkBook | None:
    """Return a workbook of ours as it was opened for reading; None for any other file."""
    if read.document is None:
        return None
    try:
        return as_clerk_book(SourceBook(read.document), path)
    except InputError:
        return None

"""One unit's file read and checked for a roll-up."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from xl_disclosure.actions.check import check_return, own_book
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.office import AppliedSettings
from xl_disclosure.returns.read import read_file
from xl_disclosure.rollup.sent import SentReturn, sent_return


def read_unit_file(path: Path) -> SentReturn:
    """Return a unit's figures and what is wrong with them, with what the unit wrote beside it in its own workbook.

    Raises DisclosureError when the file cannot be used.
    """
    returned = read_file(path)
    digest = sha256(path.read_bytes()).hexdigest()
    result = check_return(AppliedSettings(load_edition(returned.edition)), returned, clerk=own_book(path))
    return sent_return(returned, digest, result.failed)

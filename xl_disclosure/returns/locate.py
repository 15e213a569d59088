"""An edition's form found in a file: as printed where it is untouched, otherwise by its labels."""

from __future__ import annotations

from collections.abc import Sequence

from xl_disclosure.forms.model import Edition, SheetLayout
from xl_disclosure.returns.form_problems import missing_label
from xl_disclosure.returns.located import Located, choose_copy
from xl_disclosure.returns.matching import match_printed
from xl_disclosure.returns.printed import PrintedSheet, printed_sheets, printed_tables
from xl_disclosure.returns.rows import locate_rows
from xl_disclosure.returns.sections import BandsByTable, find_all_bands
from xl_disclosure.returns.sources.document import SourceTable
from xl_disclosure.returns.strips import locate_strip
from xl_disclosure.returns.unfold import unfold


def locate_form(edition: Edition, sources: Sequence[SourceTable]) -> Located:
    """Return where an edition's facts stand in a file's tables, and what is wrong with the form.

    Raises InputError when the file holds a part of the form twice with different figures.
    """
    located = Located(is_as_printed=True)
    bands: BandsByTable | None = None
    for printed in printed_sheets(edition):
        whole = _locate_as_printed(sources, printed)
        if whole is None:
            bands = bands or find_all_bands(edition, sources)
            whole = _locate_by_labels(edition, printed, sources, bands)
        located.add(whole)
    return located


def _locate_as_printed(sources: Sequence[SourceTable], printed: PrintedSheet) -> Located | None:
    copies: list[Located] = []
    for source in sources:
        for places in match_printed(source, printed):
            spots = {address: (source, position) for address, position in places.items()}
            copies.append(Located(spots, is_as_printed=True))
    return choose_copy(copies, printed.sheet.name) if copies else None


def _locate_by_labels(
    edition: Edition, printed: PrintedSheet, sources: Sequence[SourceTable], bands: BandsByTable
) -> Located:
    """Return the facts of a sheet found by their labels; copied text is read both as it stands and laid out anew."""
    found = _locate_tables(edition, printed, sources, bands)
    loose = [unfold(source, printed) for source in sources if source.is_loose]
    unfolded = [source for source in loose if source is not None]
    if not unfolded:
        return found
    again = _locate_as_printed(unfolded, printed) or _locate_tables(
        edition, printed, unfolded, find_all_bands(edition, unfolded)
    )
    return again if again.seen >= found.seen else found


def _locate_tables(
    edition: Edition, printed: PrintedSheet, sources: Sequence[SourceTable], bands: BandsByTable
) -> Located:
    located = Located()
    for code in printed.sheet.tables:
        table = printed_tables(edition)[code]
        if printed.sheet.layout is SheetLayout.STRIP:
            part = locate_strip(table, sources)
        else:
            part = locate_rows(table, sources, bands)
        if part is not None:
            located.add(part)
        elif sources:
            label = table.table.title or printed.sheet.heading or printed.sheet.name
            located.problems.append(missing_label((sources[0], (0, 0)), label))
    return located

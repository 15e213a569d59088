"""Worksheets as files store them: what many files hold alike is read but once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xl_disclosure.returns.sources.archive import Member
from xl_disclosure.returns.sources.document import LARGEST_TEXTS_KEPT, MOST_CELLS_KEPT, SheetContent
from xl_disclosure.returns.sources.plain_sheet import Frame, take_apart
from xl_disclosure.returns.sources.shared_strings import NO_STRINGS, SharedStrings
from xl_disclosure.returns.sources.sheet import CellContents, are_numbers, fill_frame, fill_groups, read_sheet

MOST_SEEN = 4096
"""Worksheets of which it is known that they were seen, to tell those that many files have alike."""

LARGEST_APART = 256 * 1024
"""Bytes of a worksheet whose parts are kept for the next file; most of a large one says how blank cells look."""


def read_stored_sheet(part: Member, strings: SharedStrings, date_styles: frozenset[str]) -> SheetContent:
    """Return what ``read_sheet`` does for a worksheet as it is stored in a file.

    What many files have alike, such as a hidden sheet or a list that nobody filled in, is kept when it is seen again;
    the sheets with a unit's own figures are not.
    """
    kept = None
    if part.is_within(LARGEST_APART) and not _is_new(part):
        read = _kept_sheet if strings.is_small else _sheet_like_others
        kept = read(part, strings, date_styles)
    return read_sheet(part.chunks(), strings, date_styles) if kept is None else kept


_seen: dict[tuple[int, int, int], None] = {}


def _is_new(part: Member) -> bool:
    """Tell whether no part that may be the same is among the last that were asked for."""
    mark = (part.checksum, part.inflated, len(part.stored))
    is_new = mark not in _seen
    _seen[mark] = None
    if len(_seen) > MOST_SEEN:
        del _seen[next(iter(_seen))]
    return is_new


def _sheet_like_others(part: Member, strings: SharedStrings, date_styles: frozenset[str]) -> SheetContent | None:
    apart = _kept_apart(part)
    if apart is None:
        return None
    numbers = _kept_numbers(part)
    if numbers is None or not date_styles.isdisjoint(apart[0].numbers.styles):
        return fill_frame(*apart, strings, date_styles)
    try:
        texts = tuple(strings.read(numbers))
    except IndexError:
        return fill_frame(*apart, strings, date_styles)
    is_short = len(texts) <= MOST_CELLS_KEPT and sum(map(len, texts)) <= LARGEST_TEXTS_KEPT
    return _kept_content(part, texts, date_styles) if is_short else _content(part, texts, date_styles)


_kept_sheet = lru_cache(maxsize=64)(_sheet_like_others)


def _content(part: Member, texts: Sequence[str], date_styles: frozenset[str]) -> SheetContent | None:
    """Return a sheet whose shared texts read so, wherever its workbook has them."""
    apart = _kept_apart(part)
    if apart is None:
        return None
    cells = fill_groups(*apart, texts, CellContents(NO_STRINGS, date_styles))
    return SheetContent(cells, apart[0].spans, apart[0].is_cut)


_kept_content = lru_cache(maxsize=64)(_content)


@lru_cache(maxsize=64)
def _kept_numbers(part: Member) -> tuple[int, ...] | None:
    """Return which shared texts a sheet has, in order; None where its cells are not what most are."""
    apart = _kept_apart(part)
    if apart is None or not apart[0].is_simple:
        return None
    frame, values = apart
    written = frame.shared_texts.pick(values)
    return tuple(map(int, written)) if are_numbers(written) else None


@lru_cache(maxsize=64)
def _kept_apart(part: Member) -> tuple[Frame, Sequence[bytes]] | None:
    content = part.content_up_to(LARGEST_APART)
    return None if content is None else take_apart(content)

"""The texts that the sheets of an .xlsx workbook share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from xl_disclosure.returns.sources.kept_texts import KeptTexts
from xl_disclosure.returns.sources.markup import Attributes, parse_events
from xl_disclosure.returns.sources.plain_sheet import LARGEST, PROLOGUE
from xl_disclosure.returns.sources.written_text import APART, read_written, unescape

LARGEST_PART_KEPT = 128 * 1024
"""Bytes of shared strings that are kept for the next file: workbooks filled by this tool have them in common."""

_BLOCK = 16 * 1024
"""Bytes of shared strings held against those of another workbook at a time."""

_OPENING = re.compile(PROLOGUE + rb"<sst(?: [^<>]*)?>\s*")
_OPENS, _ENDS = b"<si>", b"</si>"
_TEXT = re.compile(r"<t(?: xml[^<>]*)?>([^<]*)</t>")
_GUIDE = re.compile(r"<rPh[ >].*?</rPh>", re.DOTALL)

_BETWEEN_TEXTS = f"<t>{APART}</t>"


def read_strings(content: bytes) -> SharedStrings:
    """Return the shared strings of a workbook, without their phonetic guides."""
    return _kept_strings(content) if len(content) <= LARGEST_PART_KEPT else _read_strings(content)


def _read_strings(content: bytes) -> SharedStrings:
    written = _plain_strings(content)
    texts = _parse_strings(content) if written is None else []
    return SharedStrings(written or [], texts, is_small=len(content) <= LARGEST_PART_KEPT)


_kept_strings = lru_cache(maxsize=16)(_read_strings)


class SharedStrings:
    """Hold the shared strings of a workbook, each read when asked for: of hundreds a form needs a few dozen.

    Those of two workbooks are the same only where they are one object.
    """

    def __init__(self, written: Sequence[bytes], texts: Sequence[str] = (), *, is_small: bool = False) -> None:
        """Take the strings as they are written, without the ends of the elements, or else what they read.

        ``is_small``: they may be kept.
        """
        self._written = written
        self._texts = dict(enumerate(texts))
        self._count = len(written) or len(texts)
        self.is_small = is_small

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, position: int) -> str:
        return self.read((position,))[0]

    def read(self, positions: Sequence[int]) -> list[str]:
        """Return the strings at those positions; IndexError where there is none."""
        new = set(positions).difference(self._texts)
        if new:
            self._texts.update(zip(new, _read_items([*map(self._written.__getitem__, new)]), strict=True))
        return [*map(self._texts.__getitem__, positions)]


NO_STRINGS = SharedStrings([], is_small=True)


def _plain_strings(content: bytes) -> list[bytes] | None:
    """Return the shared strings of a workbook as they are written; None when they are written in an unusual way."""
    if len(content) > LARGEST:
        return None
    if len(content) <= LARGEST_PART_KEPT:
        return _split_strings(content)
    items = _split_where_changed(content, *_last_large[0]) if _last_large else None
    if items is None:
        items = _split_strings(content)
    if items is not None:
        _last_large[:] = [(content, items)]
    return items


_last_large: list[tuple[bytes, list[bytes]]] = []
"""The last shared strings too large to be kept with others, and what they were split into."""


def _split_strings(content: bytes) -> list[bytes] | None:
    start = content.find(_OPENS)
    items = content[start:].split(_ENDS)
    end = items.pop().strip()
    if not _OPENING.fullmatch(content[:start]) or end != b"</sst>":
        return None
    is_plain = content.startswith(_OPENS, start) and content.count(_ENDS + _OPENS) == len(items) - 1
    return items if is_plain else None


def _block(content: bytes, back: int) -> bytes:
    return content[len(content) - back - _BLOCK : len(content) - back]


def _split_where_changed(content: bytes, last: bytes, known: list[bytes]) -> list[bytes] | None:
    """Return the strings of a workbook, given those of another; None where the two do not begin and end alike.

    Units fill copies of one workbook: most have all strings in common but their name and what they write.
    """
    most = min(len(content), len(last))
    front = back = 0
    while front + _BLOCK <= most and content[front : front + _BLOCK] == last[front : front + _BLOCK]:
        front += _BLOCK
    while front + back + _BLOCK <= most and _block(content, back) == _block(last, back):
        back += _BLOCK
    start, end = content.rfind(_ENDS, 0, front), content.find(_ENDS, len(content) - back)
    if start < 0 or end < 0:
        return None
    start, end = start + len(_ENDS), end + len(_ENDS)
    changed = content[start:end].split(_ENDS)[:-1]
    if not all(item.startswith(_OPENS) for item in changed):
        return None
    before = last.count(_ENDS, 0, start)
    gone = last.count(_ENDS, start, len(last) - len(content) + end)
    return [*known[:before], *changed, *known[before + gone :]]


def _read_together(items: Sequence[bytes]) -> list[str]:
    """Return the texts of shared strings, which may be set in several fonts and have phonetic guides."""
    written = _ENDS.join(items).decode("utf-8", "replace")
    if "<rPh" in written:
        written = _GUIDE.sub("", written)
    pieces = _TEXT.findall(written.replace(_ENDS.decode(), _BETWEEN_TEXTS))
    texts = "".join(pieces).split(APART)
    is_plain = written.count("<si>") == len(items) and "<!" not in written
    if is_plain and len(texts) == len(items) and written.count("<t") == len(pieces) - len(items) + 1:
        return read_written(texts)
    if len(items) > 1:
        return [text for item in items for text in _read_together([item])]
    return _parse_strings(b"<sst>%b</si></sst>" % items[0])


_read_items: KeptTexts[bytes] = KeptTexts(_read_together)


def _parse_strings(content: bytes) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    is_text = False
    is_guide = False

    def start(name: str, attributes: Attributes) -> None:  # noqa: ARG001 - the parser gives both
        nonlocal is_text, is_guide
        is_text = name == "t" and not is_guide
        if name == "rPh":
            is_guide = True
        elif name == "si":
            strings.append(unescape("".join(pieces)))
            pieces.clear()
            is_guide = False

    def text(piece: str) -> None:
        if is_text:
            pieces.append(piece)

    parse_events((content,), start, text)
    strings.append(unescape("".join(pieces)))
    return strings[1:]

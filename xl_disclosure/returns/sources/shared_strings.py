"""The texts that the sheets of an .xlsx workbook share."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from xl_disclosure.returns.sources.markup import Attributes, parse_events
from xl_disclosure.returns.sources.plain_sheet import LARGEST, PROLOGUE

LONGEST_KEPT = 2048
"""Bytes of a shared string that is kept for the next file: the labels of a form are the same in all."""

LARGEST_PART_KEPT = 128 * 1024
"""Bytes of shared strings that are kept for the next file: workbooks filled by this tool have them in common."""

_BLOCK = 16 * 1024
"""Bytes of shared strings held against those of another workbook at a time."""

_OPENING = re.compile(PROLOGUE + rb"<sst(?: [^<>]*)?>\s*")
_OPENS, _ENDS = b"<si>", b"</si>"
_TEXT = re.compile(r"<t(?: xml[^<>]*)?>([^<]*)</t>")
_GUIDE = re.compile(r"<rPh[ >].*?</rPh>", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_strings(content: bytes) -> SharedStrings:
    """Return the shared strings of a workbook, without their phonetic guides."""
    return _kept_strings(content) if len(content) <= LARGEST_PART_KEPT else _read_strings(content)


def _read_strings(content: bytes) -> SharedStrings:
    plain = _plain_strings(content)
    items = _parse_strings(content) if plain is None else plain
    return SharedStrings(items, is_small=len(content) <= LARGEST_PART_KEPT)


_kept_strings = lru_cache(maxsize=16)(_read_strings)


def unescape(text: str) -> str:
    """Return the text with the characters that Excel writes as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class SharedStrings:
    """Hold the shared strings of a workbook, each read when asked for: of hundreds a form needs a few dozen.

    Those of two workbooks are the same only where they are one object.
    """

    def __init__(self, items: Sequence[bytes | str], *, is_small: bool = False) -> None:
        """Take the strings, or as they are written, without the end of the element; ``is_small``: they may be kept."""
        self._items = items
        self.is_small = is_small

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, position: int) -> str:
        return _shown_string(self._items[position])

    def read(self, positions: Iterable[int]) -> list[str]:
        """Return the strings at those positions; IndexError where there is none."""
        items = self._items
        return [_shown_string(items[position]) for position in positions]

    def written(self, positions: Sequence[int]) -> tuple[bytes | str, ...]:
        """Return what ``SharedStrings`` takes, at those positions; IndexError where there is none."""
        return tuple(map(self._items.__getitem__, positions))


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
    return items if all(item.startswith(_OPENS) for item in items) else None


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


def _shown_string(item: bytes | str) -> str:
    if isinstance(item, str):
        return item
    return _kept_string(item) if len(item) <= LONGEST_KEPT else _read_string(item)


def _read_string(item: bytes) -> str:
    """Return the text of one shared string, which may be set in several fonts and have a phonetic guide."""
    written = item.decode("utf-8", "replace")
    if "<rPh" in written:
        written = _GUIDE.sub("", written)
    pieces = _TEXT.findall(written)
    if len(pieces) != written.count("<t") or "<!" in written or written.count("<si>") != 1:
        return _parse_strings(b"<sst>" + item + b"</si></sst>")[0]
    text = "".join(pieces)
    return unescape(html.unescape(text) if "&" in text else text)


_kept_string = lru_cache(maxsize=8192)(_read_string)


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

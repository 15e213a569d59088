"""The directory of a compound file: its storages and streams as balanced trees of entries (MS-CFB 2.6)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, unique
from typing import TypeAlias

from xl_disclosure.errors import SetupError

Storage: TypeAlias = "Mapping[str, bytes | Storage]"

NOWHERE = 0xFFFFFFFF
_LONGEST_NAME = 31
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")


@unique
class EntryKind(IntEnum):
    """Name what a directory entry stands for, by its MS-CFB code."""

    STORAGE = 1
    STREAM = 2
    ROOT = 5


@unique
class Colour(IntEnum):
    """Name the colour of an entry in its red-black tree."""

    RED = 0
    BLACK = 1


@dataclass(slots=True)
class DirectoryEntry:
    """Hold one entry of the directory; left, right and child are places in the directory.

    `content` is the whole stream, empty for a storage.
    """

    name: str
    kind: EntryKind
    content: bytes = b""
    colour: Colour = Colour.BLACK
    left: int = NOWHERE
    right: int = NOWHERE
    child: int = NOWHERE


def list_entries(root: Storage) -> list[DirectoryEntry]:
    """List the directory of a compound file, its root entry first.

    Every storage's members form a binary search tree in MS-CFB order, so that readers that search and readers that
    walk find the same streams.

    Raises:
        SetupError: a name is longer than 31 characters.
    """
    entries = [DirectoryEntry("Root Entry", EntryKind.ROOT)]
    _add_members(entries, entries[0], root)
    return entries


def encode_entry(entry: DirectoryEntry, start: int, size: int) -> bytes:
    """Encode the entry as its 128 bytes, without times and class identifiers.

    `start` is the first sector of its content, `size` the content's length in bytes.
    """
    name = (entry.name + "\0").encode("utf-16-le")
    return _ENTRY.pack(
        name, len(name), entry.kind, entry.colour, entry.left, entry.right, entry.child, bytes(16), 0, 0, 0, start, size
    )


def encode_unused_entry() -> bytes:
    """Encode the 128 bytes that fill up the directory's last sector."""
    return _ENTRY.pack(b"", 0, 0, 0, NOWHERE, NOWHERE, NOWHERE, bytes(16), 0, 0, 0, 0, 0)


def _add_members(entries: list[DirectoryEntry], parent: DirectoryEntry, storage: Storage) -> None:
    names = sorted(storage, key=_order)
    first = len(entries)
    for name in names:
        entries.append(_entry(name, storage[name]))
    parent.child = _link(entries, range(first, first + len(names)), _black_levels(len(names)))
    for place, name in enumerate(names, start=first):
        member = storage[name]
        if not isinstance(member, bytes):
            _add_members(entries, entries[place], member)


def _entry(name: str, member: bytes | Storage) -> DirectoryEntry:
    if len(name) > _LONGEST_NAME:
        raise SetupError(f"VBA 模块名“{name}”超过 {_LONGEST_NAME} 个字符", "缩短 macros 目录中该模块的名称")
    if isinstance(member, bytes):
        return DirectoryEntry(name, EntryKind.STREAM, member)
    return DirectoryEntry(name, EntryKind.STORAGE)


def _order(name: str) -> tuple[int, str]:
    """Order names as MS-CFB 2.6.4 does: the shorter first, then by upper-case letters."""
    return len(name), name.upper()


def _link(entries: Sequence[DirectoryEntry], places: range, black_levels: int) -> int:
    """Make the middle place the root of a tree over all places, and return it."""
    if not places:
        return NOWHERE
    middle = len(places) // 2
    entry = entries[places[middle]]
    entry.colour = Colour.BLACK if black_levels > 0 else Colour.RED
    entry.left = _link(entries, places[:middle], black_levels - 1)
    entry.right = _link(entries, places[middle + 1 :], black_levels - 1)
    return places[middle]


def _black_levels(members: int) -> int:
    """Count the levels every branch of a halved tree fills: black all of them, red the unfilled one below."""
    return (members + 1).bit_length() - 1

"""Where what was made for one workbook is kept, to be used again where the same is wanted anew."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from typing import Protocol

from xl_disclosure.workbook.parts.deflated import Deflated

PLAIN_MARSHAL = 2
"""The version of marshal whose bytes depend on the values alone; they only ever go into a key."""


class Shelf(Protocol):
    """Give and keep bytes by a key that stands for all they depend on but the program itself."""

    def take(self, key: bytes) -> bytes | None:
        """Return what was kept under a key; None where there is nothing, or nothing whole."""
        ...

    def put(self, key: bytes, content: bytes) -> None:
        """Keep bytes under a key."""
        ...


class EmptyShelf:
    """Keep nothing; a ``Shelf``."""

    def take(self, key: bytes) -> bytes | None:  # noqa: ARG002
        """Return None."""
        return None

    def put(self, key: bytes, content: bytes) -> None:
        """Let it go."""


EMPTY = EmptyShelf()


def shelf_key(kind: str, content: bytes) -> bytes:
    """Return the key of what is made from some content."""
    return blake2b(content, digest_size=20, person=kind.encode()).digest()


def kept_piece(shelf: Shelf, key: bytes) -> Deflated | None:
    """Return the piece kept under a key; None where there is none."""
    kept = shelf.take(key)
    if kept is not None:
        with suppress(ValueError):
            return Deflated.from_bytes(kept)
    return None

"""What a sheet is but for the lines of its list: enough to write the list anew, and to say which columns it uses."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Self

from xl_disclosure.workbook.book import ListLine
from xl_disclosure.workbook.parts.package import Package
from xl_disclosure.workbook.parts.shelf import Shelf, shelf_key

_BLANK = (None, "")


@dataclass(frozen=True, slots=True)
class Outline:
    """Hold a sheet's XML with the first line of its list alone, which begins at a row and takes so many columns.

    ``end`` is the first row below the list, which holds nothing, nor does any row below it. ``used`` are the columns
    in which any line says something. ``leaves_nothing`` tells whether a line that is blanked needs no element any more.
    """

    text: str
    first_row: int
    end: int
    width: int
    used: Collection[int]
    leaves_nothing: bool

    def fits(self, first_row: int, lines: Sequence[ListLine]) -> bool:
        """Tell whether nothing of the sheet is missed where lines take the place of its list."""
        may_be_as_long = self.leaves_nothing or first_row + len(lines) >= self.end
        return first_row == self.first_row and may_be_as_long and max(map(len, lines), default=0) >= self.width

    def to_bytes(self) -> bytes:
        """Return the outline as bytes to keep."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self | None:
        """Return the outline that bytes of ``to_bytes`` say; None for any others."""
        try:
            return cls(**json.loads(kept.decode("utf-8", "surrogatepass")))
        except (ValueError, TypeError):
            return None


def used_columns(lines: Iterable[ListLine]) -> list[int]:
    """Return the columns in which any line says something."""
    return [column for column, values in enumerate(zip_longest(*lines)) if not _are_blank(values)]


def _are_blank(values: tuple[object, ...]) -> bool:
    return values[0] in _BLANK and sum(map(values.count, _BLANK)) == len(values)


class Outlines:
    """Find on a shelf the outlines of sheets whose parts are, byte for byte, as this program left them.

    Of one that is more than a list no outline is kept, only that it was left so.
    """

    def __init__(self, package: Package, shelf: Shelf) -> None:
        self._package = package
        self._shelf = shelf
        self._found: dict[str, Outline | None] = {}

    def find(self, part: str) -> Outline | None:
        """Return the outline of a part; None where it is not known."""
        if part not in self._found:
            kept = self._shelf.take(_key(self._package, part))
            self._found[part] = None if kept is None else Outline.from_bytes(kept)
        return self._found[part]

    def is_as_left(self, part: str) -> bool:
        """Tell whether a part is as this program left it."""
        return self._shelf.take(_key(self._package, part)) is not None

    def keep(self, content: bytes, outlines: Mapping[str, Outline | None]) -> None:
        """Keep the outlines of parts as they stand in the bytes of a workbook."""
        package = Package(content, self._package.file)
        for part, outline in outlines.items():
            self._shelf.put(_key(package, part), b"" if outline is None else outline.to_bytes())


def _key(package: Package, part: str) -> bytes:
    return shelf_key("outline", package.read_compressed(part))

"""What can go wrong, as values whose text a clerk reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

UNFORESEEN = 4
"""The exit status of a failure that nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Place:
    """Name where something stands: a file, a sheet or part of it, a cell or line."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        parts = []
        if self.file:
            parts.append(f"文件“{self.file}”")
        if self.sheet:
            parts.append(f"“{self.sheet}”")
        if self.cell:
            parts.append(self.cell)
        return " ".join(parts)


class DisclosureError(Exception):
    """Say in Chinese what is wrong, where, and what mends it."""

    exit_status: ClassVar[int] = 2

    def __init__(self, what: str, remedy: str, place: Place | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.place = place if place is not None else Place()

    def __str__(self) -> str:
        where = str(self.place)
        opening = f"{where}：{self.what}" if where else self.what
        return f"{opening}。处理办法：{self.remedy}。"


class InputError(DisclosureError):
    """Report something the clerk can mend in a file."""


class SetupError(DisclosureError):
    """Report something the machine lacks."""

    exit_status: ClassVar[int] = 3


class RuleError(DisclosureError):
    """Report something the author of an edition or of a rule can mend."""

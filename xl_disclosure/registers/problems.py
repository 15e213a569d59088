"""What may be wrong with a line of a register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xl_disclosure.errors import Place


class RegisterProblemKind(StrEnum):
    """Name what may be wrong with a line of a register."""

    BAD_DATE = "bad_date"
    UNKNOWN_CHOICE = "unknown_choice"
    BAD_COUNT = "bad_count"
    REQUIRED = "required"
    GAP = "gap"
    """One half of a pair is filled in, such as an outcome without the day of closing."""
    DATE_ORDER = "date_order"
    OUTSIDE_YEAR = "outside_year"
    """The line is in order but none of its dates lies in the reporting year."""


@dataclass(frozen=True, slots=True)
class RegisterProblem:
    """Report something about one cell of a register, in words a clerk understands, with a remedy."""

    kind: RegisterProblemKind
    place: Place
    message: str
    remedy: str

    @property
    def blocks_use(self) -> bool:
        """Tell whether the counts may be wrong because of it."""
        return self.kind is not RegisterProblemKind.OUTSIDE_YEAR

    def __str__(self) -> str:
        return f"{self.place}：{self.message}。处理办法：{self.remedy}。"

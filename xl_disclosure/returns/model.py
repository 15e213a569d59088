"""A return: one unit's facts for one year, each with where it stood and what stood there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from xl_disclosure.errors import Place
from xl_disclosure.forms.model import FactAddress

Number = int | Decimal


class CellState(StrEnum):
    """Tell apart what a cell may hold; only a named policy makes a number of anything but a number."""

    NUMBER = "number"
    BLANK = "blank"
    MARK = "mark"
    WORD = "word"
    TEXT = "text"
    ERROR = "error"
    UNCALCULATED = "uncalculated"


class ProblemKind(StrEnum):
    """Name what may be wrong with what was read."""

    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"
    NOTED = "noted"
    """Read as a number by a stated policy (１２, 12件, 无, "/", 251000元), worth telling."""
    ERROR_VALUE = "error_value"
    UNCALCULATED = "uncalculated"
    UNKNOWN_ROW = "unknown_row"
    MISSING_ROW = "missing_row"
    CHANGED_LABEL = "changed_label"
    ASKEW_ROW = "askew_row"
    """A row with a cell too few or too many, so that its figures may stand under the wrong headers."""
    STRAY_FIGURE = "stray_figure"
    """A figure in a row that holds none on the form; no fact is lost by it."""
    MIXED_EDITION = "mixed_edition"
    WRONG_EDITION = "wrong_edition"
    UNKNOWN_YEAR = "unknown_year"


@dataclass(frozen=True, slots=True)
class Problem:
    """Report something about one place of a file, in words a clerk understands, with a remedy."""

    kind: ProblemKind
    place: Place
    text: str
    message: str
    remedy: str
    address: FactAddress | None = None

    @property
    def blocks_use(self) -> bool:
        """Tell whether figures may be lost or wrong because of it."""
        return self.kind not in (ProblemKind.NOTED, ProblemKind.STRAY_FIGURE, ProblemKind.UNKNOWN_YEAR)

    def __str__(self) -> str:
        where = str(self.place)
        opening = f"{where}：{self.message}" if where else self.message
        return f"{opening}。处理办法：{self.remedy}。"


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one fact as read: its value (None when there is none), its state, its raw text and its place."""

    value: Number | None
    state: CellState
    text: str
    place: Place


class FiguredEntries(Mapping[FactAddress, Entry]):
    """Give entries whose figures are known before the entries are made."""

    figures: Mapping[FactAddress, Number | None]


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """Hold one paragraph of a narrative and where it stood.

    In a workbook of ours ``section`` is the heading beside it and ``condition`` says, unread, when it is used.
    """

    text: str
    place: Place
    section: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Return:
    """Hold what was read of one file.

    ``cover`` maps cover field codes (unit, unit_code, year, level, head, reviewer, preparer, phone, date) to text.
    """

    edition: str
    unit: str
    year: int | None
    entries: Mapping[FactAddress, Entry]
    problems: tuple[Problem, ...] = ()
    cover: Mapping[str, str] = field(default_factory=dict)
    narrative: tuple[TextParagraph, ...] = ()
    file: str = ""

    @property
    def facts(self) -> dict[FactAddress, Number | None]:
        """Return each fact's value by address; None for a blank or unreadable one."""
        if isinstance(self.entries, FiguredEntries):
            return dict(self.entries.figures)
        return {address: entry.value for address, entry in self.entries.items()}

    @property
    def blank(self) -> tuple[FactAddress, ...]:
        """Return the addresses of blank cells."""
        return tuple(address for address, entry in self.entries.items() if entry.state is CellState.BLANK)

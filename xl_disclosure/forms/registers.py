"""The registers an office keeps through the year, and how their lines are counted into facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """Say what a column of a register holds."""

    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    COUNT = "count"


class Period(StrEnum):
    """Say by its date whether a line belongs to the reporting year."""

    ANY = "any"
    IN_YEAR = "in_year"
    BEFORE_YEAR = "before_year"


@dataclass(frozen=True, slots=True)
class RegisterField:
    """Describe one column of a register.

    ``choices`` maps codes, which may be row or column codes of the form, to the wording in the drop-down list; beside a
    text they are suggestions. ``not_before`` names another date of the line that a date may not precede.
    """

    code: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    width: int = 14
    note: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """State which lines of a register add to which fact.

    ``fact`` is an address in which ``{field}`` stands for the code chosen in that column. A line counts when its
    ``date`` field lies in ``period``, each field of ``where`` holds one of the codes listed, and each field of
    ``blank`` is blank. It adds 1, or the figure in the field named by ``weight`` (blank: 1). Figures are as at 31
    December: a later date counts as blank. The code a date holds is its period, ``in_year`` or ``before_year``.
    """

    fact: str
    date: str = ""
    period: Period = Period.ANY
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Describe one register sheet and what it counts."""

    code: str
    sheet: str
    fields: tuple[RegisterField, ...]
    counts: tuple[Count, ...]
    group_field: str = ""
    """The field whose values may be named in the narrative with their counts, such as the website column 栏目."""

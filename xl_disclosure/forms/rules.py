"""A cross-check rule as its author writes it, not yet parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Grade a finding: 错误 blocks submission, 提示 wants a note, 参考 is for information."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Basis(StrEnum):
    """Say where a rule comes from: printed officially, used by a public checker, the form itself, or the office."""

    OFFICIAL = "O"
    PUBLIC_CHECKER = "P"
    HIERARCHY = "H"
    OFFICE = "office"


class Span(StrEnum):
    """Say over what a rule is repeated: nothing, every column or row of its tables, or every fact of the form."""

    ONCE = "once"
    COLUMNS = "columns"
    ROWS = "rows"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Hold one rule: its expression where it has one, and the words that go with it.

    A rule without ``check`` is carried out by a checker of that name (``text.*``, ``numbers``, ``blank`` ...): its
    severity and words are still the edition's. In ``check`` and ``when`` short names are rows (spanning columns) or
    columns (spanning rows) of each of ``tables``, and ``fact`` the fact spanned; full addresses name any fact.
    ``only`` limits the rows or columns spanned. ``computes`` makes the left side a computed total in the template.
    ``exempt_levels`` are the levels of unit, as on the cover, to which the rule does not apply; with the level not
    stated a failure is only for information. ``message`` is the Chinese sentence of a rule without ``check``, with
    {found}, {expected} and the checker's own fields.
    """

    id: str
    name: str
    severity: Severity
    basis: Basis
    check: str = ""
    when: str = ""
    tables: tuple[str, ...] = ()
    over: Span = Span.ONCE
    only: tuple[str, ...] = ()
    computes: bool = False
    carries: bool = False
    """Makes the left side a fact that filling takes over from last year's return."""
    exempt_levels: tuple[str, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    """By level of unit, the day of the year after the reporting year by which a report is due, as ``MM-DD``."""
    message: str = ""
    remedy: str = ""
    source: str = ""
    first_year: int = 0
    last_year: int = 9999

"""The outline of the narrative report and the wording it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Offer one paragraph of text with fields, used while its condition holds (blank: always)."""

    text: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Describe one chapter: its heading, the form sheet printed in it, and the paragraphs offered."""

    code: str
    heading: str
    level: int = 1
    sheet: str = ""
    """The form sheet whose table stands in this chapter; blank for text alone."""
    required: bool = True
    guidance: str = ""
    """What the chapter must say; shown beside its first line while it is written, never printed."""
    paragraphs: tuple[Paragraph, ...] = ()
    unit_tables: bool = False
    """Whether the form of every unit of a roll-up is printed in it, behind the signature."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """State what parts a figure has, each by a holding of the form: listed in a text, and pictured in a chapter.

    ``name`` is what a text calls it; ``title`` that of the picture; ``section`` the code of the chapter it stands in,
    blank for no picture.
    """

    code: str
    name: str
    parts: Mapping[str, str]
    title: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """State which holdings are pictured year by year in a chapter; ``lines`` are holdings by what they are called."""

    code: str
    lines: Mapping[str, str]
    title: str
    section: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Hold the report's title, opening, chapters, and annex.

    ``title`` and ``annex_title`` may hold fields. ``annex`` is the heading under which the form is printed after the
    text; blank where the form stands in the chapters. ``exact_headings`` says that no heading may be changed.
    ``names`` are short Chinese names for use in texts: of a row (``requests.received``, whose columns' labels then
    stand behind the name) or of a holding.
    """

    title: str
    sections: tuple[Section, ...]
    opening: tuple[Paragraph, ...] = ()
    annex: str = ""
    annex_title: str = ""
    exact_headings: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    breakdowns: tuple[Breakdown, ...] = ()
    trends: tuple[Trend, ...] = ()

"""The outline of the narrative report and the wording it offers."""

from __future__ import annotations

from dataclasses import dataclass


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
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Hold the report's title, opening, chapters, and annex.

    ``title`` and ``annex_title`` may hold fields. ``annex`` is the heading under which the form is printed after the
    text; blank where the form stands in the chapters. ``exact_headings`` says that no heading may be changed.
    """

    title: str
    sections: tuple[Section, ...]
    opening: tuple[Paragraph, ...] = ()
    annex: str = ""
    annex_title: str = ""
    exact_headings: bool = False

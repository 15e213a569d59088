"""What the prose of a report may say about the form, as its author writes it: phrases and the facts they stand for.

A phrase is a regular expression over one clause, in which ``#`` is a figure with its counter (12件, 一百二十三条),
``…`` a few characters without a figure, and ``~`` the words that link a name to its figure (的数量为, 共计 ...). A
clause is matched with half-width digits, without spaces, quotation marks, titles in 《》 and what stands in brackets. A
holding is the sum of the facts named in it: ``requests.received.total + requests.brought_forward.total``; the address
of a group row stands for its leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """State which holdings of the form the figure in a phrase may be.

    ``when`` must be found in the heading or the sentence up to the clause, ``about`` in the heading or the paragraph,
    ``unless`` not in the clause. ``wider`` are further holdings, allowed where ``wider_when`` is found in the sentence.
    A ``whole`` is not read behind 其中, and where one statement of it agrees with the form, smaller ones are taken for
    its parts. ``zero_rule`` takes the place of ``rule`` where the form says 0.
    """

    code: str
    rule: str
    phrases: tuple[str, ...]
    facts: tuple[str, ...]
    counters: tuple[str, ...] = ()
    when: str = ""
    about: str = ""
    unless: str = ""
    wider: tuple[str, ...] = ()
    wider_when: str = ""
    whole: bool = False
    zero_rule: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceClaim:
    """State which holdings must be 0 where a phrase stands: those of every subject word named with it."""

    code: str
    rule: str
    phrases: tuple[str, ...]
    subjects: Mapping[str, tuple[str, ...]]
    when: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class ListClaim:
    """State what a run of counted items without 其中 divides.

    A sentence is such a list when ``when`` is found in it, ``unless`` not, and most of its items' names match
    ``labels``. ``totals`` are phrases whose figure, stated in the same or the previous paragraph, is divided;
    ``holdings`` what is divided otherwise, and ``beside`` further facts to name for comparison.
    """

    code: str
    name: str
    counters: tuple[str, ...]
    when: str = ""
    unless: str = ""
    labels: str = ""
    totals: tuple[str, ...] = ()
    holdings: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitClaim:
    """State that the figure of one phrase is the sum of those of others in the same paragraph.

    Nothing is said where one of ``parts`` is missing; ``further`` parts may be missing.
    """

    code: str
    name: str
    total: str
    parts: tuple[str, ...]
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionClaim:
    """State what a chapter, found by a pattern in its heading, must be like.

    ``longest`` is in characters as word processors count them. ``points`` are subjects to be covered, each with a
    pattern that shows it; ``mentions`` is what must be mentioned, with its pattern. ``repeated`` is the likeness to
    last year's text, in per cent, from which it counts as the same again.
    """

    code: str
    heading: str
    longest: int = 0
    points: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, str] = field(default_factory=dict)
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class YearWords:
    """Hold patterns that show what a sentence opening with a year tells: what was done, what is planned, or neither."""

    stated: str = ""
    planned: str = ""
    compared: str = ""


@dataclass(frozen=True, slots=True)
class LegalCitation:
    """Hold the notice in force and the citations of those it replaced, as written."""

    current: str = ""
    outdated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """Hold all that prose may say about one edition of the form.

    ``counters`` are those of claims that name none. ``elsewhere`` is a pattern of clauses about another year, another
    unit or a change; ``overlapping`` one of lists whose items may be counted twice; ``comparison`` one of figures that
    are no part of anything. ``shares_of`` are, by rule, the holdings of which a percentage behind a figure may be the
    share.
    """

    counters: tuple[str, ...] = ()
    elsewhere: str = ""
    overlapping: str = ""
    comparison: str = ""
    shares_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: tuple[FigureClaim, ...] = ()
    absences: tuple[AbsenceClaim, ...] = ()
    lists: tuple[ListClaim, ...] = ()
    splits: tuple[SplitClaim, ...] = ()
    sections: tuple[SectionClaim, ...] = ()
    years: YearWords = YearWords()
    citation: LegalCitation = LegalCitation()

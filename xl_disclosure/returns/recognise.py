"""Which edition of the form a file uses, by its labels, and whether that is the one for its year."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache

from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import edition_ids, editions_for_year, load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.returns.located import Spot
from xl_disclosure.returns.model import Problem, ProblemKind
from xl_disclosure.returns.printed import vocabulary
from xl_disclosure.returns.sources.document import SourceTable

LEAST_SHARE = 0.2
"""The share of an edition's labels without which a file is taken to hold no form of it."""

LEAST_LABELS = 4

NEARLY = 0.1
"""Editions that a file resembles this much alike, as it does both it mixes, are told apart by the year."""

TELLING_LENGTH = 4
"""Characters. Shorter labels (总计, 其他) stand in tables of every kind."""

TELLING_COUNT = 2
"""Labels of another edition that make a form a mixed one; a single one is a slip."""

SHOWN_LABELS = 3

Labels = Mapping[str, Spot]
"""The texts of a file's tables by their keys, and where each stands first."""


def collect_labels(sources: Sequence[SourceTable]) -> Labels:
    """Return the texts of a file's tables that are short enough for labels."""
    found: dict[str, Spot] = {}
    for source in sources:
        for key, positions in source.by_key.items():
            found.setdefault(key, (source, positions[0]))
    return found


def recognise_edition(sources: Sequence[SourceTable], year: int | None) -> Edition:
    """Return the edition whose labels a file's tables share most; nearly equal ones are told apart by the year.

    Raises InputError, naming labels that were looked for, when a file has hardly any of any edition.
    """
    editions = tuple(load_edition(edition_id) for edition_id in edition_ids())
    keys = _all_keys(editions)
    known = frozenset[str]().union(*(keys.intersection(source.content.keys.values()) for source in sources))
    return _recognise(editions, known, year)


@cache
def _all_keys(editions: tuple[Edition, ...]) -> frozenset[str]:
    return frozenset(key for edition in editions for key in vocabulary(edition))


@lru_cache(maxsize=256)
def _recognise(editions: Sequence[Edition], known: frozenset[str], year: int | None) -> Edition:
    candidates = [edition for edition in editions if has_form(edition, known)]
    if not candidates:
        opening = [label for edition in editions if not edition.local for label in _opening(edition)]
        wanted = "、".join(f"“{label}”" for label in dict.fromkeys(opening))
        what = f"没有找到政府信息公开统计表（查找了{wanted}等指标名称）"
        raise InputError(what, "报送规定的统计表，指标名称照原样保留")
    likeness = {edition: _likeness(edition, known) for edition in candidates}
    nearly_best = [edition for edition in candidates if likeness[edition] >= max(likeness.values()) - NEARLY]
    return max(nearly_best, key=lambda edition: (_covers(edition, year), likeness[edition], edition.last_year))


def has_form(edition: Edition, labels: Container[str]) -> bool:
    """Tell whether a file has enough of an edition's labels to hold a form of it."""
    known = vocabulary(edition)
    shared = sum(key in labels for key in known)
    return shared >= max(LEAST_LABELS, LEAST_SHARE * len(known))


def wrong_edition(edition: Edition, labels: Labels, year: int | None) -> Problem | None:
    """Report an edition that was not in force for the year, by the labels that tell it apart."""
    if year is None or edition.covers(year):
        return None
    in_force = [other for other in editions_for_year(year) if not other.local]
    if not in_force:
        return None
    right = in_force[0]
    message = f"{year}年度应使用“{right.name}”，这份用的是“{edition.name}”"
    return _edition_problem(ProblemKind.WRONG_EDITION, message, right, edition, labels)


def other_edition(wanted: Edition, found: Edition, labels: Labels) -> Problem:
    """Report that a file uses another edition than the one it is to be read in."""
    message = f"要按“{wanted.name}”读取，这份用的却是“{found.name}”"
    return _edition_problem(ProblemKind.WRONG_EDITION, message, wanted, found, labels)


def mixed_edition(edition: Edition, labels: Labels) -> Problem | None:
    """Report a form that mixes its edition with another, by the labels that come from there."""
    others = [load_edition(edition_id) for edition_id in edition_ids() if edition_id != edition.id]
    strange = max(others, key=lambda other: len(telling_labels(other, edition, labels)))
    if len(telling_labels(strange, edition, labels)) < TELLING_COUNT:
        return None
    message = f"表上混有“{strange.name}”的内容，其余部分按“{edition.name}”读取"
    return _edition_problem(ProblemKind.MIXED_EDITION, message, edition, strange, labels)


def telling_labels(edition: Edition, against: Edition, labels: Labels) -> list[str]:
    """Return the keys of an edition's labels in a file that the other edition does not have, in printed order."""
    known = vocabulary(against)
    return [key for key in vocabulary(edition) if key in labels and key not in known and len(key) >= TELLING_LENGTH]


def telling_keys(against: Edition, labels: Labels) -> frozenset[str]:
    """Return the keys of labels in a file that are of some other edition and not of this one."""
    others = [load_edition(edition_id) for edition_id in edition_ids() if edition_id != against.id]
    return frozenset(key for other in others for key in telling_labels(other, against, labels))


def _edition_problem(kind: ProblemKind, message: str, right: Edition, wrong: Edition, labels: Labels) -> Problem:
    telling = telling_labels(wrong, right, labels)
    shown = "".join(f"“{vocabulary(wrong)[key]}”" for key in telling[:SHOWN_LABELS])
    source, position = labels[telling[0]] if telling else next(iter(labels.values()))
    sign = f"（如{shown}）" if shown else ""
    remedy = f"换用“{right.name}”的表格重新填报"
    return Problem(kind, source.place(position), shown, f"{message}{sign}", remedy)


def _likeness(edition: Edition, known: frozenset[str]) -> float:
    """Return how much an edition's labels and those of the file have in common: 0 for nothing, 1 for all."""
    own = vocabulary(edition)
    shared = sum(key in known for key in own)
    return 2 * shared / (len(own) + len(known))


def _covers(edition: Edition, year: int | None) -> bool:
    return year is not None and edition.covers(year)


def _opening(edition: Edition) -> list[str]:
    longest = max(edition.tables.values(), key=lambda table: len(table.rows))
    return [row.label for row in longest.rows[:2]]

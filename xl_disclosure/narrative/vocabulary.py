"""The names a document template may use for what a report says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xl_disclosure.forms.cover import COVER_FIELDS
from xl_disclosure.narrative.report import Annex, Chapter, Line, Report, UnitsAnnex

REPORT_NAMES: Mapping[str, Any] = {
    "title": str,
    "title_lines": tuple[str, ...],
    "unit": str,
    "year": int,
    "opening": tuple[Line, ...],
    "chapters": tuple[Chapter, ...],
    "annex": Annex | None,
    "units_annex": UnitsAnnex | None,
    "is_draft": bool,
    "cover": dict.fromkeys(COVER_FIELDS, str),
}
"""Each name with its type, or with the names behind its dot."""


def report_names(report: Report) -> dict[str, Any]:
    """Return what each name stands for in one report."""
    return {name: getattr(report, name) for name in REPORT_NAMES}

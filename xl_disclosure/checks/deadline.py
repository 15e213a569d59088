"""The day on the cover held against the day by which a unit of its level is to report."""

from __future__ import annotations

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place
from xl_disclosure.forms.cover import COVER_FIELDS
from xl_disclosure.forms.days import day_of_cell_text, day_of_year, format_day
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import RuleSource
from xl_disclosure.forms.text import label_key
from xl_disclosure.returns.model import Return

DEADLINE = "deadline"
"""The id of the rule carried out here."""


def check_deadline(edition: Edition, returned: Return) -> list[Finding]:
    """Return whether a return was reported in time: passed, failed, or skipped with the reason.

    Reports are due in the year after the reporting year, the due day itself included; the cover states when the return
    was made and the level of its unit.
    """
    source = edition.rules.get(DEADLINE)
    return [_judge(source, returned)] if source is not None else []


def _judge(source: RuleSource, returned: Return) -> Finding:
    level, written = (returned.cover.get(field, "").strip() for field in ("level", "date"))
    if returned.year is None:
        return _skipped(source, returned, f"没有写明{COVER_FIELDS['year']}")
    for field, stated in (("date", written), ("level", level)):
        if not stated:
            return _skipped(source, returned, f"封面没有填写{COVER_FIELDS[field]}")
    made = day_of_cell_text(written)
    if made is None:
        return _skipped(source, returned, f"{COVER_FIELDS['date']}“{written}”看不出是哪一天")
    due_days = {label_key(known): month_day for known, month_day in source.days.items()}
    if label_key(level) not in due_days:
        return _skipped(source, returned, f"没有规定“{level}”的报送日期")
    due = day_of_year(due_days[label_key(level)], returned.year + 1)
    if made <= due:
        return Finding(source.id, Outcome.PASSED, source.severity, returned.unit)
    return Finding(
        source.id,
        Outcome.FAILED,
        source.severity,
        returned.unit,
        found=format_day(made),
        expected=format_day(due),
        words={"level": level},
        place=Place(file=returned.file),
    )


def _skipped(source: RuleSource, returned: Return, reason: str) -> Finding:
    return Finding(source.id, Outcome.SKIPPED, source.severity, returned.unit, reason=reason)

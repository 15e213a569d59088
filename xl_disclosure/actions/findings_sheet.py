"""审核结果: findings laid out in the workbook, what the clerk wrote beside them kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xl_disclosure.actions.list_lines import fitting_heights
from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.wording import SEVERITY_WORDING, basis, fix, message
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import Severity
from xl_disclosure.workbook.book import Book, CellContent, ListLine, Value
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, FINDING_COLUMNS, FINDINGS_SHEET, SUBTITLE_ROW, CellPlace

Locate = Callable[[Finding], CellPlace | None]
"""Finds the cell of the workbook that a finding is about."""

NOT_RUN = "未核"
"""The level shown for a rule that could not be run, with the reason."""

SWITCHED_OFF = "停用"
"""The level shown for a rule that the office switched off, with the reason."""

_NOT_RUN_WORDING = {Outcome.SKIPPED: NOT_RUN, Outcome.BROKEN: NOT_RUN, Outcome.OFF: SWITCHED_OFF}
_SEVERITY_ORDER = (Severity.ERROR, Severity.WARN, Severity.INFO)
_CODES = [column.code for column in FINDING_COLUMNS]
_UNEXPLAINED = Explanation("")
_EXPLAINING = frozenset(map(_CODES.index, ("note", "approved", "approver")))


@dataclass(frozen=True, slots=True)
class Explanations:
    """Hold what stands beside the findings of a workbook, by rule and message, and by rule and cell."""

    by_message: Mapping[tuple[str, str], Explanation] = field(default_factory=dict)
    by_place: Mapping[tuple[str, str], Explanation] = field(default_factory=dict)


def read_explanations(book: Book) -> Explanations:
    """Return what the clerk wrote into 审核结果; nothing where that sheet was taken out."""
    if FINDINGS_SHEET not in book.sheet_names():
        return Explanations()
    by_message: dict[tuple[str, str], Explanation] = {}
    by_place: dict[tuple[str, str], Explanation] = {}
    for row in book.read_lines(FINDINGS_SHEET, BODY_FIRST_ROW, _EXPLAINING):
        texts = dict(zip(_CODES, (cell.text for cell in row), strict=False))
        explanation = Explanation(texts.get("note", ""), texts.get("approved", ""), texts.get("approver", ""))
        if explanation != _UNEXPLAINED:
            by_message[texts["rule"], texts["message"]] = explanation
            by_place[texts["rule"], texts["place"]] = explanation
    return Explanations(by_message, by_place)


def with_explanations(edition: Edition, findings: Sequence[Finding], known: Explanations) -> list[Finding]:
    """Return the findings with what was written beside the same finding before; other figures make it another one."""
    explained: list[Finding] = []
    for finding in findings:
        explanation = None
        if known.by_message and finding.outcome is Outcome.FAILED:
            explanation = known.by_message.get((finding.rule, message(edition, finding)))
        explained.append(replace(finding, explanation=explanation) if explanation is not None else finding)
    return explained


def write_findings(
    book: Book, edition: Edition, findings: Sequence[Finding], locate: Locate, last_year: Explanations | None = None
) -> None:
    """Write failed findings, gravest first, then the rules not run; last year's reason is shown as a suggestion."""
    failed = [finding for finding in findings if finding.outcome is Outcome.FAILED]
    failed.sort(key=lambda finding: _SEVERITY_ORDER.index(finding.severity))
    not_run = [finding for finding in findings if finding.outcome in _NOT_RUN_WORDING]
    before = last_year or Explanations()
    lines = [_failed_line(edition, finding, locate(finding), before) for finding in failed]
    lines.extend(_not_run_line(edition, finding) for finding in not_run)
    lines = lines or [_line(message="没有发现问题")]
    book.write_list(FINDINGS_SHEET, BODY_FIRST_ROW, lines, fitting_heights(lines, FINDING_COLUMNS))
    book.write_cells(FINDINGS_SHEET, {(SUBTITLE_ROW, 0): CellContent(summarise(failed, not_run))})


def summarise(failed: Sequence[Finding], not_run: Sequence[Finding]) -> str:
    """Return one line that counts findings by severity and rules not run."""
    counts = [
        f"{SEVERITY_WORDING[severity]} {sum(finding.severity is severity for finding in failed)} 项"
        for severity in _SEVERITY_ORDER
    ]
    explained = sum(finding.is_explained for finding in failed)
    if explained:
        counts.append(f"其中已说明 {explained} 项")
    for wording in (NOT_RUN, SWITCHED_OFF):
        rules = len({finding.rule for finding in not_run if _NOT_RUN_WORDING[finding.outcome] == wording})
        if rules:
            counts.append(f"{wording} {rules} 条规则")
    return "，".join(counts)


def _failed_line(edition: Edition, finding: Finding, place: CellPlace | None, last_year: Explanations) -> ListLine:
    address = place.a1 if place is not None else ""
    shown_place = f"{place.sheet}!{address}" if place is not None else ""
    remedy = fix(edition, finding)
    before = last_year.by_place.get((finding.rule, shown_place))
    if before is not None and finding.explanation is None:
        remedy = f"{remedy}（上年的说明：{before.note}）"
    explanation = finding.explanation or _UNEXPLAINED
    return _line(
        severity=SEVERITY_WORDING[finding.severity],
        unit=finding.unit,
        place=CellContent(shown_place, link=f"'{place.sheet}'!{address}") if place is not None else None,
        message=message(edition, finding),
        fix=remedy,
        rule=finding.rule,
        basis=basis(edition, finding),
        note=explanation.note,
        approved=explanation.approved,
        approver=explanation.approver,
    )


def _not_run_line(edition: Edition, finding: Finding) -> ListLine:
    return _line(
        severity=_NOT_RUN_WORDING[finding.outcome],
        unit=finding.unit,
        message=f"{edition.rules[finding.rule].name}：{finding.reason}",
        rule=finding.rule,
        basis=basis(edition, finding),
    )


def _line(**cells: CellContent | Value) -> ListLine:
    """Return a line's cells, given by the codes of their columns."""
    return [cells.get(code) for code in _CODES]

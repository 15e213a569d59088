"""审核: one return held against the rules of its edition, last year's return and its own text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.findings_sheet import Explanations, read_explanations, with_explanations, write_findings
from xl_disclosure.actions.form_damage import RULE as FORM_RULE
from xl_disclosure.actions.form_damage import check_form
from xl_disclosure.actions.reading import last_year_of, read_return
from xl_disclosure.actions.report_text import text_of, with_printed_text
from xl_disclosure.actions.rollup_check import check_rollup
from xl_disclosure.actions.untouched_form import is_untouched
from xl_disclosure.checks import within
from xl_disclosure.checks.causes import merge_causes
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.narrative import TextMatch, check_narrative, is_narrative_faultless
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.office import AppliedSettings, apply_settings, read_settings
from xl_disclosure.returns.model import Return, TextParagraph
from xl_disclosure.returns.read import read_paragraphs
from xl_disclosure.workbook.book import FormBook
from xl_disclosure.workbook.layout import CellPlace, fact_places

TEXT_RULE = "text.fields"
"""The rule that the text's fields and conditions can be filled in at all."""

LAYOUT_RULE = "layout"
"""The rule that the form's rows and columns stand as printed."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """State what to check and against what; ``day`` is that of checking, on which an office's settings depend."""

    file: Path
    day: date
    last_year: Path | None = None
    text: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Hold what checking one file came to."""

    file: str
    returned: Return
    edition: Edition
    findings: tuple[Finding, ...]
    matches: tuple[TextMatch, ...]
    was_written: bool = False

    @property
    def failed(self) -> tuple[Finding, ...]:
        """Return the findings that say something is wrong."""
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.FAILED)

    @property
    def not_run(self) -> tuple[Finding, ...]:
        """Return the rules that were skipped, broke, or are switched off, each with its reason."""
        return tuple(finding for finding in self.findings if finding.outcome not in (Outcome.FAILED, Outcome.PASSED))

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a cell of the form must be mended before its figures can be relied on."""
        has_problem = any(problem.blocks_use for problem in self.returned.problems)
        is_moved = any(finding.rule == LAYOUT_RULE for finding in self.failed)
        return has_problem or is_moved or bool(self.returned.blank)

    @property
    def has_errors(self) -> bool:
        """Tell whether anything blocks submission."""
        return any(finding.is_open_error for finding in self.findings)


def check_file(request: CheckRequest) -> CheckResult:
    """Check one file; the findings go into 审核结果 when it is a workbook of ours whose form can be read without doubt.

    The narrative is that of ``text``, else the workbook's 报告正文 or the file's own. Raises InputError when a file
    cannot be used at all.
    """
    clerk = own_book(request.file)
    result = _check(request, clerk)
    if clerk is None or result.is_doubtful:
        return result
    _save(clerk, result, request)
    return replace(result, was_written=True)


def check_book(request: CheckRequest) -> CheckResult:
    """Check a workbook of ours and write the findings into it, doubtful cells or not; InputError for any other file."""
    clerk = open_clerk_book(request.file)
    result = _check(request, clerk)
    _save(clerk, result, request)
    return replace(result, was_written=True)


def _check(request: CheckRequest, clerk: ClerkBook | None) -> CheckResult:
    returned = read_return(request.file)
    paragraphs = read_paragraphs(request.text) if request.text is not None else None
    settings = apply_settings(load_edition(returned.edition), read_settings(request.file.parent), request.day)
    last_year = last_year_of(request.last_year)
    if last_year is not None and request.last_year is not None:
        last_year = with_printed_text(request.last_year, last_year)
    result = check_return(settings, returned, last_year, paragraphs, clerk)
    return with_form(with_rollup(result, clerk), clerk) if clerk is not None else result


def with_form(result: CheckResult, clerk: ClerkBook) -> CheckResult:
    """Return the result with what is destroyed of the form, unless the office switched that off."""
    is_off = any(finding.rule == FORM_RULE and finding.outcome is Outcome.OFF for finding in result.findings)
    if is_off or not isinstance(clerk.book, FormBook):
        return result
    found = with_explanations(
        result.edition, check_form(result.edition, clerk, clerk.book), read_explanations(clerk.book)
    )
    return replace(result, findings=(*result.findings, *found))


def with_rollup(result: CheckResult, clerk: ClerkBook) -> CheckResult:
    """Return the result with what is wrong behind the figures, where the workbook holds a roll-up."""
    found = with_explanations(result.edition, check_rollup(clerk), read_explanations(clerk.book))
    return replace(result, findings=(*result.findings, *found))


def _save(clerk: ClerkBook, result: CheckResult, request: CheckRequest) -> None:
    before = own_book(request.last_year) if request.last_year is not None else None
    write_check(clerk, result, read_explanations(before.book) if before is not None else None)
    clerk.book.save(request.file)


def check_return(
    settings: AppliedSettings,
    returned: Return,
    last_year: Return | None = None,
    paragraphs: Sequence[TextParagraph] | None = None,
    clerk: ClerkBook | None = None,
) -> CheckResult:
    """Check a return and its text; without paragraphs the text is the workbook's or the return's own."""
    findings = within.check_within(settings.edition, returned, last_year)
    return _check_around(settings, returned, findings, last_year, paragraphs, clerk)


def find_failures(edition: Edition, returned: Return, clerk: ClerkBook | None = None) -> tuple[Finding, ...]:
    """Return what ``check_return`` finds wrong with a return and its own text, sooner."""
    findings = within.judge_within(edition, returned)
    return _check_around(AppliedSettings(edition), returned, findings, clerk=clerk).failed


def _check_around(
    settings: AppliedSettings,
    returned: Return,
    findings: list[Finding],
    last_year: Return | None = None,
    paragraphs: Sequence[TextParagraph] | None = None,
    clerk: ClerkBook | None = None,
) -> CheckResult:
    """Add to the findings on a form those on its labels and its text."""
    edition = settings.edition
    if clerk is not None:
        findings.extend(_moved_cells(clerk, findings))
    if paragraphs is None:
        paragraphs, broken = _own_text(returned, clerk)
        findings.extend(broken)
    told = check_narrative(edition, returned, paragraphs, last_year.narrative if last_year is not None else None)
    merged = merge_causes(edition, _without_switched_off(settings, [*findings, *told.findings], returned.unit))
    if clerk is not None:
        merged = with_explanations(edition, merged, read_explanations(clerk.book))
    return CheckResult(returned.file, returned, edition, tuple(merged), tuple(told.matches))


def is_faultless(edition: Edition, returned: Return, clerk: ClerkBook | None) -> bool:
    """Tell whether ``check_return`` finds nothing wrong with a return and its own text, sooner than that would.

    It may say no where there is nothing after all.
    """
    if not within.is_faultless(edition, returned) or (clerk is not None and _moved_cells(clerk, ())):
        return False
    paragraphs, broken = _own_text(returned, clerk)
    is_broken = any(finding.outcome is Outcome.FAILED for finding in broken)
    return not is_broken and is_narrative_faultless(edition, returned, paragraphs)


def write_check(clerk: ClerkBook, result: CheckResult, last_year: Explanations | None = None) -> None:
    """Write the findings into 审核结果, each with a link to its cell."""
    places = fact_places(clerk.edition)

    def locate(finding: Finding) -> CellPlace | None:
        stated = clerk.cell_at(finding.place)
        return stated or (places.get(finding.facts[0]) if finding.facts else None)

    write_findings(clerk.book, result.edition, result.findings, locate, last_year)


def _without_switched_off(settings: AppliedSettings, findings: list[Finding], unit: str) -> list[Finding]:
    kept = [finding for finding in findings if finding.rule not in settings.switched_off]
    for rule, reason in settings.switched_off.items():
        kept.append(Finding(rule, Outcome.OFF, settings.edition.rules[rule].severity, unit, reason=reason))
    return kept


def _moved_cells(clerk: ClerkBook, findings: Sequence[Finding]) -> list[Finding]:
    """Return the first cell of our own form that does not stand where the template has it, unless that is told."""
    if any(finding.rule == LAYOUT_RULE and finding.outcome is Outcome.FAILED for finding in findings):
        return []
    try:
        if not is_untouched(clerk):
            clerk.read_form()
    except InputError as error:
        return [_refusal(clerk, LAYOUT_RULE, {"message": error.what, "remedy": error.remedy}, error)]
    return []


def _refusal(clerk: ClerkBook, rule: str, words: Mapping[str, str], error: InputError) -> Finding:
    severity = clerk.edition.rules[rule].severity
    return Finding(rule, Outcome.FAILED, severity, clerk.unit, words=words, place=error.place)


def _own_text(returned: Return, clerk: ClerkBook | None) -> tuple[Sequence[TextParagraph], list[Finding]]:
    if clerk is None:
        return returned.narrative, []
    try:
        paragraphs = text_of(clerk, returned)
    except InputError as error:
        return (), [_refusal(clerk, TEXT_RULE, {"what": error.what, "remedy": error.remedy}, error)]
    return paragraphs, [Finding(TEXT_RULE, Outcome.PASSED, clerk.edition.rules[TEXT_RULE].severity, clerk.unit)]


def own_book(path: Path) -> ClerkBook | None:
    """Return the workbook to write findings into; None for a file that is not one of ours."""
    try:
        return open_clerk_book(path)
    except InputError:
        return None

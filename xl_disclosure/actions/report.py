"""生成报告: the narrative report of a workbook, in Word, as a web page, as PDF, with a last look at what came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from xl_disclosure.actions.check import CheckResult, check_return, write_check
from xl_disclosure.actions.clerk_book import ClerkBook, open_clerk_book
from xl_disclosure.actions.earlier_years import last_year_return
from xl_disclosure.actions.findings_sheet import read_explanations, with_explanations
from xl_disclosure.actions.reading import read_usable
from xl_disclosure.actions.report_templates import template_beside
from xl_disclosure.actions.report_text import report_of
from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.wording import message
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.office import AppliedSettings, apply_settings, read_settings
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.last_look import look_back
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.word import render_word
from xl_disclosure.returns.model import Return
from xl_disclosure.workbook.replace_file import replace_file

FORMATS = ("docx", "html", "pdf")
READ_BACK = ("docx", "html")
"""The formats a finished document is read back in; the PDF is made from the Word document."""

LONGEST_NAME = 80
"""Characters; a file name may have 255 bytes, and most Chinese characters take three."""

Documents = Mapping[str, bytes]
"""A report by the ending of each format's file."""

_NOT_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """State which workbook's report to write where; ``day`` is today, on which an office's settings depend."""

    book: Path
    directory: Path
    formats: Sequence[str]
    day: date


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Hold the files written, and what checking the workbook and the finished documents came to."""

    files: tuple[Path, ...]
    check: CheckResult

    @property
    def is_draft(self) -> bool:
        """Tell whether the report bears the mark of a draft: something still blocks submission."""
        return self.check.has_errors


def write_report(request: ReportRequest) -> ReportResult:
    """Write the report of a workbook into a folder, and what is wrong with it into the workbook's 审核结果.

    Everything is rendered and looked at before anything is written. Raises InputError for an unknown format, an
    unusable workbook, a field that cannot be filled or an office's own template with such a field, SetupError when PDF
    is asked for and LibreOffice is missing.
    """
    _known(request.formats)
    clerk = open_clerk_book(request.book)
    return report_book(clerk, read_usable(request.book, clerk.edition), request)


def report_book(clerk: ClerkBook, returned: Return, request: ReportRequest) -> ReportResult:
    """Write the report of an opened workbook, whose form says what is given; see ``write_report``."""
    formats = _known(request.formats)
    settings = apply_settings(clerk.edition, read_settings(request.book.parent), request.day)
    checked = check_return(settings, returned, last_year_return(clerk), clerk=clerk)
    report = replace(report_of(clerk, returned), edition=settings.edition, is_draft=checked.has_errors)
    alone = replace(report, units_annex=None)
    seen = _render(request, alone, READ_BACK)
    found = _look_back(clerk, settings, alone, seen, checked)
    checked = replace(checked, findings=(*checked.findings, *found))
    report = replace(report, is_draft=checked.has_errors)
    contents = _render(request, report, formats, seen if report == alone else {})
    write_check(clerk, checked)
    clerk.book.save(request.book)
    files = _write(request.directory, file_name(report.title), contents)
    return ReportResult(files, replace(checked, was_written=True))


def file_name(title: str) -> str:
    """Return a report's title as the name of a file, whatever its unit is called."""
    name = _NOT_IN_A_FILE_NAME.sub("_", title).strip(" .")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _known(formats: Sequence[str]) -> list[str]:
    wanted = [name.strip().lower() for name in formats if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            raise InputError(f"没有“{name}”这种格式", f"从 {'、'.join(FORMATS)} 中选", Place())
    return list(dict.fromkeys(wanted))


def _look_back(
    clerk: ClerkBook, settings: AppliedSettings, report: Report, documents: Documents, checked: CheckResult
) -> list[Finding]:
    """Return what reading the finished documents finds beyond what was found in the workbook.

    A document with the forms of many units is no return of one: it is looked at without them.
    """
    known = {(finding.rule, message(report.edition, finding)) for finding in checked.failed}
    found: list[Finding] = []
    for name, document in documents.items():
        for finding in look_back(report, document, f"{file_name(report.title)}.{name}"):
            key = (finding.rule, message(report.edition, finding))
            if key not in known and finding.rule not in settings.switched_off:
                known.add(key)
                found.append(finding)
    return with_explanations(report.edition, found, read_explanations(clerk.book))


def _render(
    request: ReportRequest, report: Report, formats: Sequence[str], at_hand: Documents = MappingProxyType({})
) -> Documents:
    """Return the report in each format, those at hand as they are."""
    contents = dict(at_hand)
    for name in formats:
        if name == "html" and name not in contents:
            contents[name] = render_html(report, template_beside(request.book, "html")).encode("utf-8")
        elif "docx" not in contents:
            contents["docx"] = render_word(report, template_beside(request.book, "docx"))
        if name == "pdf":
            from xl_disclosure.narrative.pdf import word_to_pdf

            contents[name] = word_to_pdf(contents["docx"])
    return {name: contents[name] for name in formats}


def _write(directory: Path, title: str, contents: Documents) -> tuple[Path, ...]:
    directory.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, content in contents.items():
        path = directory / f"{title}.{name}"
        replace_file(path, content)
        written.append(path)
    return tuple(written)

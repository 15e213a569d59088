"""A last look at a report: the finished document read back as any reader would, and held against its sources."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.narrative import check_narrative
from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.figures import printed
from xl_disclosure.narrative.report import Report
from xl_disclosure.returns.model import Entry, Return, TextParagraph
from xl_disclosure.returns.read import read_file

FIGURES_RULE = "report.figures"
"""The rule that a finished document shows the form's figures and can be read by whoever receives it."""

_BLANK = "空白"


def look_back(report: Report, document: bytes, name: str) -> list[Finding]:
    """Return what is wrong with a finished document: figures unlike the form's, and text unlike the rules.

    ``document`` is a .docx file or a page, as the ending of its name says; it must hold one form only.
    """
    try:
        returned = _read(report, document, name)
    except InputError as error:
        return [_finding(report, {"what": error.what, "remedy": error.remedy})]
    told = check_narrative(report.edition, returned, _prose(report, returned))
    failed = [finding for finding in told.findings if finding.outcome is Outcome.FAILED]
    differences = list(_differences(report, returned, name))
    return [*(differences or [_passed(report)]), *failed]


def _read(report: Report, document: bytes, name: str) -> Return:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(document)
        return read_file(path, report.edition)


def _prose(report: Report, returned: Return) -> list[TextParagraph]:
    """Return the text without the lines below pictures, which are no part of what the rules speak of."""
    titles = {f"{chart.title}（单位：{chart.unit}）" for chapter in report.chapters for chart in chapter.charts}
    return [paragraph for paragraph in returned.narrative if paragraph.text.strip() not in titles]


def _differences(report: Report, returned: Return, name: str) -> Iterator[Finding]:
    for address, fact in report.edition.facts.items():
        ours, theirs = report.entries.get(address), returned.entries.get(address)
        if _says(ours) == _says(theirs):
            continue
        shown = printed(theirs) or _BLANK
        what = f"{name}中“{fact.name}”印的是{shown}，表中是{printed(ours) or _BLANK}"
        words = {"what": what, "remedy": "换回原来的报告模板再生成；仍然不对的，不要使用这份文件"}
        yield _finding(report, words, address, theirs)


def _says(entry: Entry | None) -> object:
    return None if entry is None else entry.value


def _passed(report: Report) -> Finding:
    return Finding(FIGURES_RULE, Outcome.PASSED, report.edition.rules[FIGURES_RULE].severity, report.unit)


def _finding(
    report: Report, words: dict[str, str], address: FactAddress | None = None, entry: Entry | None = None
) -> Finding:
    return Finding(
        FIGURES_RULE,
        Outcome.FAILED,
        report.edition.rules[FIGURES_RULE].severity,
        report.unit,
        facts=() if address is None else (address,),
        words=words,
        place=None if entry is None else entry.place,
    )

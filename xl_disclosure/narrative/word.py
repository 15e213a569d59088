"""The report as a Word document, set by a template that an office can restyle in Word."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from xl_disclosure.errors import InputError, Place
from xl_disclosure.narrative.packing import repack
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.template_check import check_template
from xl_disclosure.narrative.vocabulary import REPORT_NAMES, report_names
from xl_disclosure.narrative.word_chart import ChartPress
from xl_disclosure.narrative.word_table import word_table
from xl_disclosure.narrative.word_template import TEMPLATE_NAME
from xl_disclosure.narrative.word_watermark import mark_as_draft
from xl_disclosure.resources import templates_directory

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_EMU_IN_A_TWIP = 635
_LINE_STARTS = re.compile(r"(<w:p[ >]|\{%|(?<=%\}))")
"""Where a paragraph or a statement of its own begins: a line each, so that an error can quote it."""


def render_word(report: Report, template: Path | None = None) -> bytes:
    """Return the report as a .docx file; the same report gives the same bytes.

    ``template`` is an office's own; by default the one in ``workbook_templates``.
    Raises InputError for a template that cannot be read or names an unknown field, with file and paragraph.
    """
    path = template or templates_directory() / TEMPLATE_NAME
    document = _open(path)
    environment = _environment(document)
    _check(document, environment, path)
    if report.is_draft:
        mark_as_draft(document.get_docx())
    try:
        document.render(report_names(report), environment)
    except TemplateError as error:
        raise InputError(
            "Word 模板的文件属性中有不认识的字段", "在“文件—信息—属性”中改正，或换回原来的模板", Place(file=str(path))
        ) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _open(path: Path) -> DocxTemplate:
    from docxtpl import DocxTemplate

    try:
        document = DocxTemplate(io.BytesIO(path.read_bytes()))
        document.init_docx()
    except Exception as error:
        raise InputError(
            "Word 模板不存在或不能打开", "换回原来的模板，或用 Word 另存为 .docx", Place(file=str(path))
        ) from error
    return document


def _environment(document: DocxTemplate) -> SandboxedEnvironment:
    section = document.get_docx().sections[-1]
    width = (section.page_width - section.left_margin - section.right_margin) // _EMU_IN_A_TWIP
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    draw = ChartPress(document.get_docx(), width)
    environment.filters["word_table"] = lambda table: Markup(word_table(table, width))  # noqa: S704  escaped by word_table
    environment.filters["word_chart"] = lambda chart: Markup(draw(chart))  # noqa: S704  escaped by ChartPress
    return environment


def _check(document: DocxTemplate, environment: SandboxedEnvironment, path: Path) -> None:
    uris = (document.HEADER_URI, document.FOOTER_URI)
    margins = [part for uri in uris for _, part in document.get_headers_footers(uri)]
    for markup in (document.get_xml(), *(document.get_part_xml(part) for part in margins)):
        source = _LINE_STARTS.sub(r"\n\1", document.patch_xml(markup))
        check_template(source, REPORT_NAMES, environment, str(path))

"""The report as a web page that needs nothing but itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from xl_disclosure.errors import InputError, Place
from xl_disclosure.narrative.html_chart import html_chart
from xl_disclosure.narrative.html_table import html_table
from xl_disclosure.narrative.linked_data import linked_data
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.template_check import check_template
from xl_disclosure.narrative.vocabulary import REPORT_NAMES, report_names
from xl_disclosure.resources import templates_directory

TEMPLATE_NAME = "report.html.j2"

_NAMES = {**REPORT_NAMES, "linked_data": str}


def render_html(report: Report, template: Path | None = None) -> str:
    """Return the report as one HTML page; the same report gives the same page.

    ``template`` is an office's own; by default the one in ``workbook_templates``.
    Raises InputError for a template that cannot be read or names an unknown field, with file and line.
    """
    path = template or templates_directory() / TEMPLATE_NAME
    page = _prepare(_read(path), str(path))
    facts = Markup(linked_data(report))  # noqa: S704  markup is escaped by linked_data
    return page.render(report_names(report), linked_data=facts)


@lru_cache(maxsize=4)
def _prepare(source: str, file: str) -> Template:
    """Return a template checked and compiled; many reports are set in one."""
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["html_table"] = lambda *table: Markup(html_table(*table))  # noqa: S704  escaped by html_table
    environment.filters["html_chart"] = lambda chart: Markup(html_chart(chart))  # noqa: S704  escaped by html_chart
    check_template(source, _NAMES, environment, file)
    return environment.from_string(source)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "网页模板不存在或不能打开", "换回原来的模板，用 UTF-8 编码保存", Place(file=str(path))
        ) from error

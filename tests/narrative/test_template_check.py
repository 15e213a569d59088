"""A template, whoever wrote it, prints what a report says and does nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.narrative.samples import returned_of, zeros
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.report import Report


@pytest.fixture(scope="module")
def report() -> Report:
    edition = load_edition("2021")
    return build_report(edition, returned_of(edition, zeros(edition)), ())


@pytest.mark.parametrize(
    "text",
    [
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% extends '/etc/passwd' %}",
        "{{ title.__class__ }}",
        "{{ title['__class__'] }}",
        "{{ title | attr('__class__') }}",
        "{{ chapters[0].heading.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ lipsum() }}",
        "{% for x in range(10**9) %}x{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}",
        "{{ title * 10**9 }}",
        "{{ 1 / 0 }}",
        "{{ title | safe }}",
        "{{ title | unheard_of }}",
        "{{ title is unheard_of }}",
        "{{ title | html_table }}",
    ],
)
def test_anything_beyond_printing_and_choosing_is_refused_with_its_line(
    text: str, report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "本局网页.html.j2"
    path.write_text(f"<h1>{{{{ title }}}}</h1>\n<p>{text}</p>\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        render_html(report, path)
    assert (error.value.place.file, error.value.place.cell) == (str(path), f"段落“{text}”")
    assert "不允许的写法" in error.value.what or "没有名为" in error.value.what


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ unit }}{{ year }}", "示例局2016"),
        ("{% if annex %}有附件{% else %}没有附件{% endif %}", "没有附件"),
        (
            "{% for part in title_lines %}{{ loop.index }}{{ part }}{% endfor %}",
            "1示例局2016年政府信息公开工作年度报告",
        ),
        ('{{ "甲" ~ year ~ "年度" }}', "甲2016年度"),
        ("{{ '是' if cover.head and not is_draft else '否' }}", "是"),
        ("{{ title_lines | join('、') }}", "示例局2016年政府信息公开工作年度报告"),
    ],
)
def test_printing_and_choosing_is_allowed(text: str, printed: str, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "本局网页.html.j2"
    path.write_text(text, encoding="utf-8")
    assert render_html(report, path) == printed

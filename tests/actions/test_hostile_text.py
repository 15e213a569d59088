"""A clerk's text, whatever it says, does no harm and is lost in nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions.conftest import Run
from tests.actions.report_files import text_of, write_cell
from xl_disclosure.actions.report import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("甲局2023年报告", "甲局2023年报告"),
        ('../../甲/乙\\丙:*?"<>|局', "_.._甲_乙_丙_______局"),
        ("甲" * 10_000, "甲" * 79 + "…"),
    ],
)
def test_a_unit_s_name_cannot_lead_the_file_astray(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize(
    "text",
    [
        "{{ 单位.__class__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% for x in range(9) %}a{% endfor %}",
        "{{ range(10**9) }}",
    ],
)
def test_a_text_can_neither_read_files_nor_run_code(text: str, run: Run, book: Path, tmp_path: Path) -> None:
    write_cell(book, "报告正文", 4, 1, text)
    status, _, complaint = run("report", book, "-o", tmp_path / "报告")
    assert status == 2
    assert "B5" in complaint
    assert not (tmp_path / "报告").exists()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</p></article><iframe src=x>",
        "=1+1",
        '=HYPERLINK("http://x")',
        "政务公开，" * 2000,
        "& < > \" ' ｛｛ 全角 ｝｝",
        '{{ "{{" }} 和 {{ "{%" }}',
    ],
)
def test_a_hostile_text_does_no_harm_and_is_kept_whole(text: str, run: Run, book: Path, tmp_path: Path) -> None:
    write_cell(book, "报告正文", 4, 1, text)
    assert run("report", book, "-o", tmp_path / "报告")[0] in (0, 1)
    document, page = sorted((tmp_path / "报告").iterdir())
    shown = text.replace('{{ "{{" }}', "{{").replace('{{ "{%" }}', "{%")
    assert shown in text_of(document).split("\n")
    assert page.read_text(encoding="utf-8").count("<script") == 1
    assert "<iframe" not in page.read_text(encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as archive:
        assert not [name for name in archive.namelist() if "embed" in name or name.endswith(".bin")]


def written(book: Path, cell: str, text: str, sheet: str = "报告正文") -> None:
    """Write a text into a cell of the workbook as a clerk would, never as a formula."""
    workbook = load_workbook(book, keep_vba=True)
    workbook[sheet][cell].value = text
    workbook[sheet][cell].data_type = "s"
    workbook.save(book)

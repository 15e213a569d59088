from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.narrative.samples import open_page, open_word, report_of
from tests.programs import Validate, find_program
from tests.reference import Reference
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.pdf import word_to_pdf
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.word import render_word
from xl_disclosure.narrative.word_template import build_word_template


@pytest.fixture
def draft(reference: Reference) -> Report:
    return replace(report_of(reference.report("pt_gaj_2016")), is_draft=True)


def test_a_draft_is_marked_on_odd_and_even_pages_in_word(draft: Report) -> None:
    [section] = open_word(render_word(draft)).sections
    for header in (section.header, section.even_page_header):
        assert 'string="草稿"' in header._element.xml


def test_the_mark_stands_beside_what_an_office_has_in_its_header(draft: Report, tmp_path: Path) -> None:
    template = tmp_path / "本局样式.docx"
    template.write_bytes(build_word_template())
    office = open_word(template.read_bytes())
    office.sections[0].header.paragraphs[0].text = "示例市公安局文件"
    office.save(str(template))
    header = open_word(render_word(draft, template)).sections[0].header
    assert header.paragraphs[0].text == "示例市公安局文件"
    assert 'string="草稿"' in header._element.xml


def test_a_draft_conforms_to_the_standard_and_stays_the_same(
    draft: Report, ooxml_validator: Validate, tmp_path: Path
) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(render_word(draft))
    assert ooxml_validator(path) == []
    assert render_word(draft) == path.read_bytes()


def test_a_draft_says_so_on_the_page(draft: Report) -> None:
    page = open_page(render_html(draft))
    assert page.find("body").get("class") == "draft"
    assert page.xpath("string(//*[@role='note'])") == "草稿：审核尚有没有改正的错误，改正前不得发布。"


def inked(report: Report, folder: Path) -> list[int]:
    """Return for each page of a report's PDF how many of its points are not white."""
    folder.mkdir()
    path = folder / "report.pdf"
    path.write_bytes(word_to_pdf(render_word(report)))
    command = [find_program("pdftoppm"), "-r", "20", "-gray", str(path), str(folder / "page")]
    subprocess.run(command, check=True)
    return [sum(shade < 250 for shade in page.read_bytes()) for page in sorted(folder.glob("page-*.pgm"))]


@pytest.mark.libreoffice
def test_every_page_of_a_draft_s_pdf_shows_the_mark(draft: Report, tmp_path: Path) -> None:
    marked = inked(draft, tmp_path / "draft")
    plain = inked(replace(draft, is_draft=False), tmp_path / "final")
    assert len(marked) == len(plain)
    assert all(with_mark > without + 1000 for with_mark, without in zip(marked, plain, strict=True))


def test_a_report_without_open_errors_bears_no_mark(draft: Report) -> None:
    final = replace(draft, is_draft=False)
    assert "草稿" not in open_word(render_word(final)).sections[0].header._element.xml
    page = open_page(render_html(final))
    assert page.find("body").get("class") is None
    assert page.xpath("//*[@role='note']") == []

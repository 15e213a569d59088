"""An office restyles the Word template, saves it in LibreOffice, and every fact stays right."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.narrative.samples import facts_of, open_word, report_of, word_lines
from tests.programs import Convert
from tests.reference import Reference
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.word import render_word
from xl_disclosure.narrative.word_template import build_word_template
from xl_disclosure.returns.read import read_file


def picture() -> bytes:
    """Return a PNG of one red point."""
    parts = [
        (b"IHDR", struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\0\0")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )


@pytest.fixture(scope="module")
def restyled(soffice: Convert, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the template with other fonts, a logo, and a heading of the office's own, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("restyled")
    document = open_word(build_word_template())
    for name in ("报告正文", "Heading 1", "Title"):
        style = document.styles[name]
        style.font.size = Pt(15)
        fonts = style.element.find(f".//{qn('w:rFonts')}")
        assert fonts is not None
        fonts.set(qn("w:eastAsia"), "黑体")
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(picture()), Mm(20))
    [heading] = [line for line in document.paragraphs if line.text == "{{ chapter.heading }}"]
    heading.add_run("（本局公布）")
    path = folder / "本局样式.docx"
    document.save(str(path))
    return soffice(path, "docx", folder / "saved")


@pytest.mark.parametrize("name", ["suqian_2023", "pt_region_2020", "pt_gaj_2016", "xingyi_2016"])
def test_every_fact_stays_right(name: str, restyled: Path, reference: Reference, tmp_path: Path) -> None:
    record = reference.report(name)
    facts = facts_of(record)
    known = {FactAddress(address): value for address, value in facts.items() if value is not None}
    report = report_of(record, Context(earlier={record["year"] - 1: known, record["year"] - 2: known}))
    path = tmp_path / "报告.docx"
    path.write_bytes(render_word(report, restyled))
    read = read_file(path, report.edition).facts
    assert {address: read[FactAddress(address)] for address in facts} == facts


def test_the_office_s_style_is_kept(restyled: Path, reference: Reference) -> None:
    document = open_word(render_word(report_of(reference.report("suqian_2023")), restyled))
    assert "一、总体情况（本局公布）" in word_lines(document)
    [style] = {
        line.style.style_id: line.style
        for line in document.paragraphs
        if line.text.endswith("（本局公布）") and line.style
    }.values()
    assert style.font.size == Pt(15)
    assert document.sections[0].header._element.findall(f".//{qn('wp:inline')}")
    assert len(document.element.findall(f".//{qn('wp:docPr')}")) == 2

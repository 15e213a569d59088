from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from tests.narrative.samples import open_word, report_of, returned_of, text_row, word_lines, zeros
from tests.programs import Convert, Validate
from tests.reference import Reference
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.report import Report
from xl_disclosure.narrative.word import render_word
from xl_disclosure.narrative.word_table import LAST_ROWS_TOGETHER
from xl_disclosure.narrative.word_template import build_word_template

Cells = list[list[tuple[str, int, str | None]]]


def blank_report(edition_id: str) -> Report:
    """Return a report without text and figures."""
    edition = load_edition(edition_id)
    return build_report(edition, returned_of(edition, {}), ())


def report_with(text: str) -> Report:
    """Return a 2014 report of one line of text."""
    edition = load_edition("2014")
    return build_report(edition, returned_of(edition, zeros(edition)), (text_row(text, section="一、总体工作情况"),))


def cells_of(table: Table) -> Cells:
    """Return a table's rows of cells as they stand in the file: text, columns spanned, part in a vertical merge."""
    rows: Cells = []
    for row in table._tbl.tr_lst:
        rows.append([(_text(cell), cell.grid_span, cell.vMerge) for cell in row.tc_lst])
    return rows


def _text(cell: object) -> str:
    found: Iterator[str | None] = (part.text for part in cell.iter(qn("w:t")))  # type: ignore[attr-defined]
    return re.sub(r"\s", "", "".join(text or "" for text in found))


def test_the_tables_of_2021_are_those_of_the_official_document_cell_by_cell(reference: Reference) -> None:
    official = Document(str(reference.path("official-2021-blank.docx"))).tables
    printed = open_word(render_word(blank_report("2021"))).tables
    assert [cells_of(table) for table in printed] == [cells_of(table) for table in official]


def test_figures_stand_in_their_cells(reference: Reference) -> None:
    record = reference.report("suqian_2023")
    blocks, matrix, strip = open_word(render_word(report_of(record))).tables
    assert [cell.text for cell in blocks.rows[3].cells] == ["行政规范性文件", "109", "489", "597"]
    assert [cell.text for cell in matrix.rows[3].cells[3:]] == ["3402", "99", "0", "4", "5", "1", "3511"]
    assert [cell.text for cell in strip.rows[3].cells[:5]] == ["309", "17", "88", "26", "440"]


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_document_conforms_to_the_standard(edition_id: str, ooxml_validator: Validate, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(render_word(blank_report(edition_id)))
    assert ooxml_validator(path) == []


def test_the_page_is_that_of_an_official_document() -> None:
    [section] = open_word(render_word(report_with("文字。"))).sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in margins if side] == [37, 35, 28, 26]
    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height) if side] == [210, 297]
    assert [line.text for line in section.footer.paragraphs] == ["— 1 —"]
    assert [line.text for line in section.even_page_footer.paragraphs] == ["— 1 —"]


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("报告正文", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("页码（单页）", "宋体", 14),
    ],
)
def test_type_is_that_of_an_official_document(style: str, font: str, points: int) -> None:
    found = open_word(render_word(report_with("文字。"))).styles[style]
    fonts = found.element.find(f".//{qn('w:rFonts')}")
    assert fonts is not None
    assert fonts.get(qn("w:eastAsia")) == font
    assert found.font.size is not None
    assert found.font.size.pt == points


def test_the_header_of_a_long_table_stands_on_every_page() -> None:
    [table] = open_word(render_word(report_with("文字。"))).tables
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated == [True] + [False] * (len(repeated) - 1)


def test_the_last_rows_of_a_list_stand_on_one_page_with_the_signatures() -> None:
    document = open_word(render_word(report_with("文字。")))
    [table] = document.tables
    kept = [all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in table.rows]
    assert kept == [False] * (len(kept) - LAST_ROWS_TOGETHER) + [True] * LAST_ROWS_TOGETHER
    below = table._tbl.getnext()
    assert below is not None
    assert below.find(f".//{qn('w:keepNext')}") is not None
    assert document.styles["附件签署"].paragraph_format.keep_with_next


def test_the_same_report_gives_the_same_bytes_without_a_clock() -> None:
    first, second = (render_word(report_with("文字。")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = open_word(first).core_properties
    assert (properties.title, properties.author) == ("示例局2016年政府信息公开工作年度报告", "示例局")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "A&B “引号” 'x' \"y\"", "=SUM(A1)", "100%", "政务公开，" * 2000, "a\tb"]
)
def test_a_clerks_text_is_printed_as_written(text: str) -> None:
    lines = word_lines(open_word(render_word(report_with(text))))
    assert text in lines


def restyled(folder: Path, before: str, after: str) -> Path:
    """Return the Word template with one piece of its text or style changed."""
    path = folder / "本局样式.docx"
    with zipfile.ZipFile(io.BytesIO(build_word_template())) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, content.replace(before, after))
    return path


def test_an_office_may_restyle_the_template(tmp_path: Path) -> None:
    template = restyled(
        tmp_path, '{{ title_lines | join("\\n") }}', "〔内部〕</w:t></w:r><w:r><w:t>{{ ti</w:t></w:r><w:r><w:t>tle }}"
    )
    assert (
        word_lines(open_word(render_word(report_with("文字。"), template)))[0]
        == "〔内部〕示例局2016年政府信息公开工作年度报告"
    )


@pytest.mark.parametrize(
    ("before", "after", "what", "remedy", "paragraph"),
    [
        (
            "{{ chapter.heading }}",
            "{{ chapter.heding }}",
            "没有名为 heding 的字段",
            "改为 heading",
            "{{ chapter.heding }}",
        ),
        ("{{ annex.title }}", "{{ anex.title }}", "没有名为 anex 的字段", "改为 annex", "{{ anex.title }}"),
        ("{{ cover.date }}", "{{ cover.day }}", "没有名为 day 的字段", "改为", "联系电话:{{ cover.phone }}"),
        ("in opening %}", "in openning %}", "没有名为 openning 的字段", "改为 opening", "{% for line in openning %}"),
        ("{{ annex.title }}", "{{ annex.title ", "标记写法有误", "换回原来的模板", "段落"),
    ],
)
def test_a_broken_template_is_refused_with_the_paragraph(
    tmp_path: Path, before: str, after: str, what: str, remedy: str, paragraph: str
) -> None:
    template = restyled(tmp_path, before, after)
    with pytest.raises(InputError) as error:
        render_word(report_with("文字。"), template)
    assert error.value.place.file == str(template)
    assert paragraph in error.value.place.cell
    assert what in error.value.what
    assert remedy in error.value.remedy


def test_a_template_runs_no_code(tmp_path: Path) -> None:
    template = restyled(tmp_path, "{{ unit }}", "{{ unit.__class__.__mro__ }}")
    edition = load_edition("2021")
    with pytest.raises(InputError):
        render_word(build_report(edition, returned_of(edition, {}), ()), template)


@pytest.mark.parametrize("content", [None, b"", b"not a document"])
def test_a_template_that_cannot_be_opened_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "本局样式.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="Word 模板不存在或不能打开"):
        render_word(report_with("文字。"), path)


def test_a_template_saved_anew_by_another_program_prints_the_same(soffice: Convert, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(build_word_template())
    saved = soffice(tmp_path / "report.docx", "docx", tmp_path / "saved")
    for report in (blank_report("2021"), report_with("文字。")):
        assert word_lines(open_word(render_word(report, saved))) == word_lines(open_word(render_word(report)))

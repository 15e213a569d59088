"""Word documents, web pages and text: tables and prose come out in order, as a reader sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from tests.programs import Convert
from tests.returns.reports import sample_report
from tests.returns.writers import write_docx, write_html, write_tabbed_lines
from xl_disclosure.errors import InputError, SetupError
from xl_disclosure.returns.read import read_file, read_paragraphs
from xl_disclosure.returns.sources.document import SourceDocument
from xl_disclosure.returns.sources.opening import open_source

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REPORT = sample_report("2021", 2024)


def word(tmp_path: Path, *blocks: str) -> SourceDocument:
    """Return a Word document whose body holds these blocks of XML, opened."""
    document = docx.Document()
    for block in blocks:
        document.element.body.append(parse_xml(block.replace(">", f" {WORD}>", 1)))
    path = tmp_path / "文.docx"
    document.save(str(path))
    return open_source(path.read_bytes(), path.name)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def grid(document: SourceDocument, table: int = 0) -> dict[tuple[int, int], object]:
    return dict(list(document.tables())[table].cells)


class TestWord:
    def test_cells_merged_across_and_down_stand_once(self, tmp_path: Path) -> None:
        rows = [
            cell("甲", '<w:gridSpan w:val="2"/>') + cell("乙", '<w:vMerge w:val="restart"/>'),
            cell("丙") + cell("丁") + cell("", "<w:vMerge/>"),
            cell("戊") + cell("己") + cell("庚"),
        ]
        document = word(tmp_path, f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
        (table,) = document.tables()
        assert table.cells == {
            (0, 0): "甲", (0, 2): "乙", (1, 0): "丙", (1, 1): "丁", (2, 0): "戊", (2, 1): "己", (2, 2): "庚",
        }  # fmt: skip
        assert table.spans == {(0, 0): (1, 2), (0, 2): (2, 1)}
        assert table.name_cell((1, 1)) == "第2行第2列"

    def test_a_row_may_begin_further_right(self, tmp_path: Path) -> None:
        row = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("甲")}</w:tr>'
        assert grid(word(tmp_path, f"<w:tbl>{row}</w:tbl>")) == {(0, 2): "甲"}

    def test_a_table_within_a_cell_is_a_table_of_its_own(self, tmp_path: Path) -> None:
        inner = f"<w:tbl><w:tr>{cell('内')}</w:tr></w:tbl>"
        outer = f"<w:tbl><w:tr><w:tc>{inner}{paragraph('外')}</w:tc></w:tr></w:tbl>"
        document = word(tmp_path, outer)
        assert [table.cells for table in document.tables()] == [{(0, 0): "外"}, {(0, 0): "内"}]

    def test_content_controls_and_tracked_changes_read_as_they_show(self, tmp_path: Path) -> None:
        inserted = "<w:ins><w:r><w:t>12</w:t></w:r></w:ins>"
        deleted = "<w:del><w:r><w:delText>99</w:delText></w:r></w:del>"
        controlled = f"<w:sdt><w:sdtContent>{cell('甲')}</w:sdtContent></w:sdt>"
        gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("删去的行")}</w:tr>'
        changed = f"<w:tc><w:p>{deleted}{inserted}</w:p></w:tc>"
        document = word(tmp_path, f"<w:tbl>{gone}<w:tr>{controlled}{changed}</w:tr></w:tbl>")
        assert grid(document) == {(0, 0): "甲", (0, 1): "12"}

    def test_prose_keeps_its_order_and_a_text_box_is_read_once(self, tmp_path: Path) -> None:
        compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
        choice = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        run = f"<w:r><w:t>框外</w:t><mc:AlternateContent {compatibility}>{choice}</mc:AlternateContent></w:r>"
        broken = "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>"
        path = tmp_path / "文.docx"
        word(tmp_path, paragraph("一"), f"<w:p>{run}</w:p>", broken, "<w:p></w:p>")
        assert [line.text for line in read_paragraphs(path)] == ["一", "框外", "框内", "上", "下"]


class TestHtml:
    def open(self, page: str, encoding: str = "utf-8") -> SourceDocument:
        return open_source(page.encode(encoding), "页.html")

    def test_cells_keep_their_place_under_row_and_column_spans(self) -> None:
        document = self.open(
            "<table><thead><tr><th rowspan=2>甲<th colspan='2'>乙</tr></thead>"
            "<tr><td>丙<td>丁</tr><tr><td>戊</td><td><p>己</p><p>庚</p></td></table>"
        )
        (table,) = document.tables()
        assert table.cells == {
            (0, 0): "甲", (0, 1): "乙", (1, 1): "丙", (1, 2): "丁", (2, 0): "戊", (2, 1): "己 庚",
        }  # fmt: skip
        assert table.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}

    def test_a_table_that_lays_out_the_page_is_prose(self) -> None:
        document = self.open(
            "<title>站名</title><script>var 脚本</script><table><tr><td>导航</td><td><div>首段<br>次段"
            "<table><tr><td>甲</td><td>1</td></tr></table>尾段</div></td></tr></table><!-- 注释 -->"
        )
        assert [line.text for line in document.paragraphs] == ["导航", "首段", "次段", "尾段"]
        assert grid(document) == {(0, 0): "甲", (0, 1): "1"}

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
    @pytest.mark.parametrize("declared", ["utf-8", "gb2312", "GBK", "", "x-unknown"])
    def test_the_encoding_is_found_whatever_the_page_declares(self, encoding: str, declared: str) -> None:
        page = f'<html><meta charset="{declared}"><p>政府信息公开情况统计表及其说明</p></html>'
        assert [line.text for line in self.open(page, encoding).paragraphs] == ["政府信息公开情况统计表及其说明"]

    def test_a_page_saved_as_a_workbook_is_read_as_the_page_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "某局.xls"
        write_html(REPORT, path)
        assert read_file(path).facts == REPORT.facts


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_every_usual_encoding_reads(self, encoding: str, tmp_path: Path) -> None:
        path = tmp_path / "某局.txt"
        write_tabbed_lines(REPORT, path)
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        assert read_file(path).facts == REPORT.facts

    def test_lines_of_prose_and_of_tables_are_told_apart(self) -> None:
        text = "\t首段\n甲 |\n|\n||\n乙 |\n尾段\n丙\t1\n\t2\n"
        document = open_source(text.encode(), "文.txt")
        assert [(line.text, line.place.cell) for line in document.paragraphs] == [
            ("首段", "第1行"),
            ("尾段", "第6行"),
            ("2", "第8行"),
        ]
        assert [table.cells for table in document.tables()] == [
            {(0, 0): "甲", (1, 0): "", (2, 0): "", (2, 1): "", (3, 0): "乙"},
            {(0, 0): "丙", (0, 1): "1"},
        ]

    def test_comma_separated_values_are_a_table(self, tmp_path: Path) -> None:
        path = tmp_path / "某局.csv"
        report = sample_report("2014", 2018)
        write_tabbed_lines(report, path)
        lines = path.read_text(encoding="utf-8").replace("\t", ",").splitlines()
        path.write_text("\n".join(lines), encoding="gb18030")
        assert read_file(path).facts == report.facts


class TestOldDocuments:
    def test_a_doc_is_read_through_libreoffice(self, soffice: Convert, tmp_path: Path) -> None:
        path = tmp_path / "某局.docx"
        write_docx(REPORT, path)
        old = soffice(path, "doc", tmp_path / "old")
        wps = shutil.copy(old, tmp_path / "某局.wps")
        returned = read_file(Path(wps))
        assert returned.facts == REPORT.facts
        assert (returned.edition, returned.year, returned.unit) == ("2021", 2024, REPORT.unit)
        assert returned.problems == ()

    def test_without_libreoffice_it_says_what_to_do(
        self, soffice: Convert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "某局.docx"
        write_docx(REPORT, path)
        old = soffice(path, "doc", tmp_path / "old")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(SetupError, match=r"某局\.doc.*LibreOffice.*另存为 \.docx"):
            read_file(old)

    def test_an_encrypted_one_is_refused_before_anything_is_started(
        self, soffice: Convert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "某局.docx"
        write_docx(REPORT, path)
        old = soffice(path, "doc", tmp_path / "old")
        content = bytearray(old.read_bytes())
        at = content.find(b"\xec\xa5")
        content[at + 11] |= 1
        old.write_bytes(content)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(InputError, match="已加密"):
            read_file(old)

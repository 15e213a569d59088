"""An office's own templates beside its workbook."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.actions.conftest import Run


def restyle(template: Path) -> None:
    """Put the office's name above everything, as one would in Word."""
    document = Document(str(template))
    document.paragraphs[0].insert_paragraph_before("示例市人民政府办公室")
    document.save(str(template))


def test_a_template_beside_the_workbook_is_used(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("report-templates", "-o", book.parent)[0] == 0
    restyle(book.with_name("报告模板.docx"))
    page = book.with_name("报告模板.html.j2")
    page.write_text(
        page.read_text(encoding="utf-8").replace("<main", "<p>示例市人民政府办公室</p><main", 1), encoding="utf-8"
    )
    assert run("report", book, "-o", tmp_path / "报告")[0] == 0
    [word] = (tmp_path / "报告").glob("*.docx")
    [web] = (tmp_path / "报告").glob("*.html")
    assert Document(str(word)).paragraphs[0].text == "示例市人民政府办公室"
    assert "<p>示例市人民政府办公室</p>" in web.read_text(encoding="utf-8")


def test_a_field_broken_in_restyling_is_told_and_nothing_is_written(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("report-templates", "-o", book.parent)[0] == 0
    template = book.with_name("报告模板.docx")
    document = Document(str(template))
    document.paragraphs[0].text = "{{ 标题 }}"
    document.save(str(template))
    before = book.read_bytes()
    status, _, complaint = run("report", book, "-o", tmp_path / "报告")
    assert (status, book.read_bytes(), (tmp_path / "报告").exists()) == (2, before, False)
    assert "报告模板.docx" in complaint
    assert "标题" in complaint


def test_templates_never_replace_those_of_the_office(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "报告模板.docx"
    own.write_bytes(b"")
    status, _, complaint = run("report-templates", "-o", tmp_path)
    assert (status, list(tmp_path.iterdir()), own.read_bytes()) == (2, [own], b"")
    assert "已有同名文件" in complaint

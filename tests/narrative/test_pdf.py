from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.narrative.samples import returned_of
from tests.programs import find_program
from xl_disclosure.errors import SetupError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.narrative import pdf
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.pdf import word_to_pdf, words_to_pdf
from xl_disclosure.narrative.word import render_word


def document(unit: str) -> bytes:
    """Return a blank report of a unit."""
    edition = load_edition("2014")
    return render_word(build_report(edition, returned_of(edition, {}, unit=unit), ()))


def pages_of(content: bytes, folder: Path) -> list[str]:
    """Return the text of each page of a PDF without white space."""
    path = folder / "report.pdf"
    path.write_bytes(content)
    command = [find_program("pdftotext"), "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return ["".join(page.split()) for page in text.removesuffix("\f").split("\f")]


def text_of(content: bytes, folder: Path) -> str:
    """Return the text of a PDF without white space."""
    return "".join(pages_of(content, folder))


@pytest.mark.libreoffice
def test_documents_are_converted_in_their_order(tmp_path: Path) -> None:
    first, second = words_to_pdf([document("示例甲局"), document("示例乙局")])
    assert "示例甲局" in text_of(first, tmp_path)
    assert "示例乙局" in text_of(second, tmp_path)
    assert "—1—" in text_of(first, tmp_path)


@pytest.mark.libreoffice
def test_the_longest_list_takes_two_pages_with_its_signatures(tmp_path: Path) -> None:
    pages = pages_of(word_to_pdf(document("示例局")), tmp_path)
    annex = next(number for number, page in enumerate(pages) if page.startswith("附件1"))
    assert len(pages) == annex + 2
    assert "填报日期" in pages[-1]


@pytest.mark.libreoffice
def test_the_same_document_gives_the_same_bytes() -> None:
    assert word_to_pdf(document("示例局")) == word_to_pdf(document("示例局"))


def test_a_machine_without_libreoffice_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "USUAL_PLACES", ())
    with pytest.raises(SetupError, match="没有找到 LibreOffice") as error:
        word_to_pdf(b"")
    assert error.value.exit_status == 3


def test_a_libreoffice_that_does_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    with pytest.raises(SetupError, match="LibreOffice 没有生成 PDF"):
        word_to_pdf(document("示例局"))

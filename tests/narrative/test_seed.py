"""The seed's workbook gives back the seed's report: chapter by chapter, cell by cell, every figure from a fact."""

from __future__ import annotations

import re
from typing import Any

import pytest
from docx.table import Table

from tests.narrative.samples import open_page, open_word, word_lines
from tests.narrative.seed import Seed, column_counts, read_seed, report_of_seed, rows_of, squeezed, squeezed_lines
from tests.reference import Reference
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.word import render_word


@pytest.fixture(scope="session")
def seed(reference: Reference) -> Seed:
    return read_seed(reference)


@pytest.fixture(scope="session")
def document(seed: Seed) -> bytes:
    return render_word(report_of_seed(seed))


@pytest.fixture(scope="session")
def page(seed: Seed) -> Any:
    return open_page(render_html(report_of_seed(seed)))


def test_no_figure_is_left_in_the_text_of_the_workbook(seed: Seed) -> None:
    left = [row.text for row in rows_of(seed) if re.search(r"\d", re.sub(r"\{\{.*?\}\}", "", row.text))]
    assert left == []
    assert sum(column_counts(seed).values()) == 133


def test_the_document_says_what_the_seed_says_chapter_by_chapter(seed: Seed, document: bytes) -> None:
    title, *lines = word_lines(open_word(document))
    assert squeezed(title) == f"{seed.unit}{seed.year}年政府信息公开工作年度报告"
    assert squeezed_lines(lines)[: len(seed.narrative)] == squeezed_lines(list(seed.narrative))


def test_the_document_prints_the_seeds_table_cell_by_cell(seed: Seed, document: bytes) -> None:
    [table] = open_word(document).tables
    printed = [[squeezed(cell.text) for cell in row.cells] for row in table.rows]
    assert printed == [[squeezed(cell) for cell in row] for row in seed.table]


def test_the_annex_is_headed_and_signed_as_the_seeds(seed: Seed, document: bytes) -> None:
    blocks = list(open_word(document).iter_inner_content())
    position = next(number for number, block in enumerate(blocks) if isinstance(block, Table))
    above = [block.text for block in blocks[:position] if not isinstance(block, Table)]
    below = [block.text for block in blocks[position + 1 :] if not isinstance(block, Table)]
    assert squeezed_lines(above)[-len(seed.annex_head) :] == squeezed_lines(seed.annex_head)
    assert "".join(squeezed_lines(below)) == squeezed(seed.signatures)


def test_the_page_reads_as_the_seed_from_top_to_bottom(seed: Seed, page: Any) -> None:
    [article] = page.xpath("//article")
    title = article.find("h1").text_content()
    annex = "".join(seed.annex).replace("|", "")
    assert squeezed(article.text_content()) == squeezed(title + "".join(seed.narrative) + annex)


def test_the_page_prints_the_seeds_table_cell_by_cell(seed: Seed, page: Any) -> None:
    printed = [[squeezed(cell.text_content()) for cell in row] for row in page.xpath("//table//tr")]
    assert printed == [[squeezed(cell) for cell in row] for row in seed.table]


def test_chapters_are_real_headings(seed: Seed, document: bytes, page: Any) -> None:
    chapters = [squeezed(line) for line in seed.narrative if re.match("[一二三四五]、", line)]
    parts = [squeezed(line) for line in seed.narrative if re.match(r"\([一二三]\)", line)]
    paragraphs = open_word(document).paragraphs
    for style, lines in (("Heading 1", chapters), ("Heading 2", parts)):
        assert [squeezed(line.text) for line in paragraphs if line.style and line.style.name == style] == lines
    assert [squeezed(line.text_content()) for line in page.iter("h2")] == [*chapters, "附件1:"]
    assert [squeezed(line.text_content()) for line in page.iter("h3")] == parts


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        ("staff_part_time", {"有2名兼职": "有5名兼职", "2.兼职人数人2": "2.兼职人数人5"}),
        ("people_trained", {"接受培训人员数人次194": "接受培训人员数人次5"}),
    ],
)
def test_a_changed_fact_changes_every_figure_that_comes_from_it(
    seed: Seed, document: bytes, row: str, changes: dict[str, str]
) -> None:
    expected = squeezed("".join(word_lines(open_word(document))))
    for before, after in changes.items():
        assert expected.count(before) == 1
        expected = expected.replace(before, after)
    changed = render_word(report_of_seed(seed, **{row: 5}))
    assert squeezed("".join(word_lines(open_word(changed)))) == expected

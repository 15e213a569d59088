"""The seed's report once more, this time from its workbook: text with fields, registers, cover, and the command."""

from __future__ import annotations

from pathlib import Path

from tests.actions.conftest import Run
from tests.narrative.samples import open_word, word_lines
from tests.narrative.seed import column_counts, read_seed, rows_of, squeezed, squeezed_lines
from tests.reference import Reference
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import BODY_FIRST_ROW

A_DAY_OF_2016 = 42500
"""As the spreadsheet counts days: in May 2016."""


def keep_as_a_clerk(book: Path, reference: Reference) -> None:
    """Write the seed's text with fields into 报告正文, and a line for each website column into the register."""
    seed = read_seed(reference)
    workbook = FileBook.open(book)
    text = [[CellContent(row.section), CellContent(row.text), CellContent("")] for row in rows_of(seed)]
    workbook.write_list("报告正文", BODY_FIRST_ROW, text)
    headings = [cell.text for cell in workbook.read_used("主动公开台账")[BODY_FIRST_ROW - 1]]
    lines = []
    for column, count in column_counts(seed).items():
        cells: dict[str, str | int] = {
            "公开日期": A_DAY_OF_2016,
            "信息标题": "示例",
            "公开渠道": "网站",
            "栏目": column,
            "条数": count,
        }
        lines.append([CellContent(cells.get(heading, "")) for heading in headings])
    workbook.write_list("主动公开台账", BODY_FIRST_ROW, lines)
    workbook.save(book)


def test_the_report_of_the_seeds_workbook_reads_as_the_seed(
    run: Run, book: Path, reference: Reference, tmp_path: Path
) -> None:
    keep_as_a_clerk(book, reference)
    status, _, complaint = run("report", book, "-o", tmp_path / "报告", "--format", "docx,html")
    assert (status, complaint) == (0, "")
    seed = read_seed(reference)
    document = open_word(next((tmp_path / "报告").glob("*.docx")).read_bytes())
    _, *lines = word_lines(document)
    assert squeezed_lines(lines)[: len(seed.narrative)] == squeezed_lines(list(seed.narrative))
    [table] = document.tables
    printed = [[squeezed(cell.text) for cell in row.cells] for row in table.rows]
    assert printed == [[squeezed(cell) for cell in row] for row in seed.table]
    assert squeezed(seed.signatures) in squeezed("".join(paragraph.text for paragraph in document.paragraphs))


def test_checking_that_workbook_finds_the_133_and_nothing_else(run: Run, book: Path, reference: Reference) -> None:
    keep_as_a_clerk(book, reference)
    status, output, _ = run("check", book)
    assert status == 0
    assert "错误 0 项，提示 1 项，参考 0 项" in output
    assert "＝133条" in output

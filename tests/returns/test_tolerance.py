"""A form is found by its labels wherever it has moved; what is not certain is named and never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.reports import sample_report
from tests.returns.writers import (
    Report,
    Write,
    add_word_table,
    write_cell_lines,
    write_grid_cell,
    write_html,
    write_tabbed_lines,
    write_xlsx,
)
from xl_disclosure.errors import InputError
from xl_disclosure.forms.grid import Grid, build_grid
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Problem, ProblemKind, Return
from xl_disclosure.returns.read import read_file

LIST = sample_report("2014", 2018)
FORM = sample_report("2021", 2024)
FUJIAN = sample_report("2014-fujian", 2017)

Change = Callable[[Worksheet], None]


def read_changed(report: Report, tmp_path: Path, change: Change, sheet: str = "") -> Return:
    """Write a report as a plain workbook, change one of its sheets, and read it."""
    path = tmp_path / "报表.xlsx"
    write_xlsx(report, path)
    book = openpyxl.load_workbook(path)
    change(book[sheet] if sheet else book.worksheets[0])
    book.save(path)
    return read_file(path)


def put(cell: str, value: str | int) -> Change:
    """Return a change that types a value into a cell."""

    def type_value(page: Worksheet) -> None:
        page[cell] = value

    return type_value


def row_of(page: Worksheet, label: str, occurrence: int = 1) -> int:
    """Return the row in which a label stands for the first, second ... time."""
    rows = [cell.row for column in page.columns for cell in column if cell.value == label]
    return sorted(rows)[occurrence - 1]


def without(report: Report, *left_out: str) -> dict[FactAddress, object]:
    """Return a report's facts without those whose address ends so."""
    return {address: value for address, value in report.facts.items() if not address.endswith(left_out)}


def kinds(problems: Sequence[Problem]) -> list[ProblemKind]:
    """Return the kinds of problems in order."""
    return [problem.kind for problem in problems]


# What changes nothing.


def move_down_and_right(page: Worksheet) -> None:
    page.insert_rows(1, 9)
    page.insert_cols(1, 4)
    page["A1"] = "关于报送统计表的函"


def number_the_rows(page: Worksheet) -> None:
    page.insert_cols(1)
    page["A3"] = "序号"
    for row in range(4, page.max_row + 1):
        page.cell(row, 1).value = row - 3


def part_label_from_figures(page: Worksheet) -> None:
    page.insert_cols(2, 2)


def add_remarks(page: Worksheet) -> None:
    column = page.max_column + 2
    page.cell(3, column).value = "备注"
    page.cell(5, column).value = "见台账"


def type_with_other_marks(page: Worksheet) -> None:
    for row in page.iter_rows(min_row=3, max_col=1):
        text = str(row[0].value or "")
        row[0].value = (
            text.replace("(", " （").replace(")", "） ").replace("、", "，").replace(".", "．").replace(":", "：")
        )


def leave_out_numbers(page: Worksheet) -> None:
    for row in page.iter_rows(min_row=3, max_col=1):
        text = str(row[0].value or "")
        row[0].value = text.removeprefix("其中:").lstrip("12345678.")


def number_otherwise(page: Worksheet) -> None:
    for row in page.iter_rows(min_row=3, max_col=1):
        text = str(row[0].value or "")
        row[0].value = text.replace("1.", "（1）").replace("2.", "2、")


def hide_rows(page: Worksheet) -> None:
    page.row_dimensions[6].hidden = True
    page.column_dimensions["C"].hidden = True


def spread_labels_by_level(page: Worksheet) -> None:
    page.insert_cols(1, 2)
    for row in page.iter_rows(min_row=4):
        label = row[2]
        if str(label.value).startswith("一、"):
            row[0].value, label.value = label.value, None
        elif str(label.value).startswith("(一)"):
            row[1].value, label.value = label.value, None


def swap_two_rows(page: Worksheet) -> None:
    first, second = row_of(page, "1.当面申请数"), row_of(page, "4.信函申请数")
    for column in (1, 3):
        one, other = page.cell(first, column), page.cell(second, column)
        one.value, other.value = other.value, one.value


def part_rows(page: Worksheet) -> None:
    page.insert_rows(20)
    page.insert_rows(40, 3)


def set_in_two_halves(page: Worksheet) -> None:
    start = row_of(page, "三、依申请公开情况")
    for column in range(1, 4):
        page.cell(3, column + 3).value = page.cell(3, column).value
        for row in range(start, page.max_row + 1):
            cell = page.cell(row, column)
            page.cell(row - start + 4, column + 3).value, cell.value = cell.value, None


UNCHANGING: dict[str, Change] = {
    change.__name__: change
    for change in (
        move_down_and_right,
        number_the_rows,
        part_label_from_figures,
        add_remarks,
        type_with_other_marks,
        leave_out_numbers,
        number_otherwise,
        hide_rows,
        spread_labels_by_level,
        swap_two_rows,
        part_rows,
        set_in_two_halves,
    )
}


@pytest.mark.parametrize("change", UNCHANGING)
def test_a_list_reads_the_same_after(change: str, tmp_path: Path) -> None:
    returned = read_changed(LIST, tmp_path, UNCHANGING[change])
    assert returned.facts == LIST.facts
    assert returned.problems == ()


def unmerge(page: Worksheet) -> None:
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))


@pytest.mark.parametrize("sheet", ["表二", "表三", "表四"])
@pytest.mark.parametrize("change", [unmerge, move_down_and_right, add_remarks], ids=lambda change: change.__name__)
def test_every_layout_reads_the_same_after(sheet: str, change: Change, tmp_path: Path) -> None:
    def after_unmerging(page: Worksheet) -> None:
        unmerge(page)
        change(page)

    returned = read_changed(FORM, tmp_path, after_unmerging, sheet)
    assert returned.facts == FORM.facts
    assert returned.problems == ()


def test_columns_are_found_by_their_labels(tmp_path: Path) -> None:
    def put_total_first(page: Worksheet) -> None:
        unmerge(page)
        for row in page.iter_rows(min_row=3):
            figures = [cell.value for cell in row[3:10]]
            for cell, value in zip(row[3:10], [figures[6], *figures[:6]], strict=True):
                cell.value = value
        page["D3"], page["E3"] = "申请人情况", None
        page["E4"], page["F4"], page["G4"] = "自然人", "法人或其他组织", None

    returned = read_changed(FORM, tmp_path, put_total_first, "表三")
    assert returned.facts == FORM.facts


def test_the_blocks_of_a_strip_are_told_apart_by_what_stands_over_them(tmp_path: Path) -> None:
    def put_litigation_first(page: Worksheet) -> None:
        merged = [str(area) for area in page.merged_cells.ranges]
        for area in merged:
            page.unmerge_cells(area)
        for row in page.iter_rows(min_row=3, max_row=6):
            values = [cell.value for cell in row]
            for cell, value in zip(row, [*values[5:15], *values[:5]], strict=True):
                cell.value = value
        page.merge_cells("A3:J3")
        page.merge_cells("K3:O3")
        page.merge_cells("A4:E4")
        page.merge_cells("F4:J4")
        for column in "KLMNO":
            page.merge_cells(f"{column}4:{column}5")

    returned = read_changed(FORM, tmp_path, put_litigation_first, "表四")
    assert returned.facts == FORM.facts
    assert returned.problems == ()


def test_all_sheets_may_stand_on_one(tmp_path: Path) -> None:
    book, page = one_sheet()
    row = 5
    for sheet in FORM.edition.sheets:
        grid = build_grid(FORM.edition, sheet)
        page.cell(row - 1, 1).value = sheet.heading
        for cell in grid.cells:
            write_grid_cell(page, FORM, cell, row, 2)
        row += grid.row_count + 2
    path = tmp_path / "报表.xlsx"
    book.save(path)
    assert read_file(path).facts == FORM.facts


def one_sheet() -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["A1"] = FORM.title
    return book, page


@pytest.mark.parametrize("cut", [1, 4, 12, 27])
@pytest.mark.parametrize("repeats_header", [True, False])
def test_a_table_cut_in_two_by_a_page_break_is_one(cut: int, repeats_header: bool, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(FORM.title)
    for sheet in FORM.edition.sheets:
        grid = build_grid(FORM.edition, sheet)
        if sheet.name != "表三" or cut < 3:
            add_word_table(document, FORM, grid)
            continue
        for part in halves(grid, cut, repeats_header):
            add_word_table(document, FORM, part)
            document.add_paragraph("续表")
    path = tmp_path / "报表.docx"
    document.save(str(path))
    returned = read_file(path)
    assert returned.facts == FORM.facts
    assert returned.problems == ()


def halves(grid: Grid, cut: int, repeats_header: bool) -> list[Grid]:
    """Return a grid cut at a row; a label that reaches over the cut stays above it."""
    from dataclasses import replace

    header = [cell for cell in grid.cells if cell.row < 3] if repeats_header else []
    shift = 3 if repeats_header else 0
    above = [replace(cell, row_span=min(cell.row_span, cut - cell.row)) for cell in grid.cells if cell.row < cut]
    below = [replace(cell, row=cell.row - cut + shift) for cell in grid.cells if cell.row >= cut]
    return [Grid(tuple(above), grid.widths), Grid((*header, *below), grid.widths)]


def test_the_blocks_may_be_tables_of_their_own_in_any_order(tmp_path: Path) -> None:
    from dataclasses import replace

    document = docx.Document()
    document.add_paragraph(FORM.title)
    first, *others = FORM.edition.sheets
    for code in reversed(first.tables):
        add_word_table(document, FORM, build_grid(FORM.edition, replace(first, tables=(code,))))
        document.add_paragraph("以下为另一表")
    for sheet in others:
        add_word_table(document, FORM, build_grid(FORM.edition, sheet))
    path = tmp_path / "报表.docx"
    document.save(str(path))
    assert read_file(path).facts == FORM.facts


# What is named.


def test_a_row_of_the_clerks_own_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    def insert(page: Worksheet) -> None:
        page.insert_rows(8)
        page["A8"], page["B8"], page["C8"] = "其中:主动公开其他文件数", "件", 77

    returned = read_changed(LIST, tmp_path, insert)
    assert returned.facts == LIST.facts
    (problem,) = returned.problems
    assert problem.kind is ProblemKind.UNKNOWN_ROW
    assert (problem.place.sheet, problem.place.cell) == ("统计表", "A8")
    assert "其中:主动公开其他文件数" in problem.message
    assert problem.blocks_use


def test_a_row_added_below_the_form_is_named(tmp_path: Path) -> None:
    def append(page: Worksheet) -> None:
        row = page.max_row + 1
        page.cell(row, 1).value = "十、其他"
        page.cell(row, 3).value = 5

    returned = read_changed(LIST, tmp_path, append)
    assert returned.facts == LIST.facts
    assert [(problem.kind, problem.text) for problem in returned.problems] == [(ProblemKind.UNKNOWN_ROW, "十、其他")]


def test_what_stands_below_the_form_without_figures_is_none_of_it(tmp_path: Path) -> None:
    def sign(page: Worksheet) -> None:
        row = page.max_row + 1
        page.cell(row, 1).value = "单位负责人：张三  审核人：李四"
        page.cell(row + 1, 1).value = "填报人：王五"
        page.cell(row + 1, 3).value = "联系电话：0859-1234567"
        page.cell(row + 3, 1).value = "注：本表按年填报。"

    returned = read_changed(LIST, tmp_path, sign)
    assert returned.facts == LIST.facts
    assert returned.problems == ()
    assert returned.cover == {"head": "张三", "reviewer": "李四", "preparer": "王五", "phone": "0859-1234567"}


def test_a_figure_without_a_label_is_named(tmp_path: Path) -> None:
    def insert(page: Worksheet) -> None:
        page.insert_rows(8)
        page["C8"] = 77

    returned = read_changed(LIST, tmp_path, insert)
    assert returned.facts == LIST.facts
    assert [(problem.kind, problem.place.cell) for problem in returned.problems] == [(ProblemKind.UNKNOWN_ROW, "C8")]


@pytest.mark.parametrize(
    ("label", "occurrence", "address"),
    [
        ("(一)收到申请数", 1, "received.count"),
        ("(二)被依法纠错数", 1, "reconsiderations_corrected.count"),
        ("(二)被依法纠错数", 2, "litigations_corrected.count"),
        ("四、行政复议数量", 1, "reconsiderations.count"),
        ("(三)接受培训人员数", 1, "people_trained.count"),
    ],
)
class TestOneRow:
    def test_missing_is_named_and_the_others_are_read(
        self, label: str, occurrence: int, address: str, tmp_path: Path
    ) -> None:
        returned = read_changed(LIST, tmp_path, lambda page: page.delete_rows(row_of(page, label, occurrence)))
        assert returned.facts == without(LIST, address)
        (problem,) = returned.problems
        assert problem.kind is ProblemKind.MISSING_ROW
        assert label in problem.message
        assert problem.address is not None
        assert problem.address.endswith(address)

    def test_renamed_is_named_and_the_others_are_read(
        self, label: str, occurrence: int, address: str, tmp_path: Path
    ) -> None:
        where = []

        def rename(page: Worksheet) -> None:
            row = row_of(page, label, occurrence)
            where.append(f"A{row}")
            page.cell(row, 1).value = "别的指标"

        returned = read_changed(LIST, tmp_path, rename)
        assert returned.facts == without(LIST, address)
        (problem,) = returned.problems
        assert problem.kind is ProblemKind.CHANGED_LABEL
        assert [problem.place.cell] == where
        assert "别的指标" in problem.message
        assert label in problem.remedy

    def test_twice_is_named_and_none_is_taken(self, label: str, occurrence: int, address: str, tmp_path: Path) -> None:
        def repeat(page: Worksheet) -> None:
            row = row_of(page, label, occurrence)
            page.insert_rows(row)
            page.cell(row, 1).value, page.cell(row, 3).value = label, 5

        returned = read_changed(LIST, tmp_path, repeat)
        assert returned.facts == without(LIST, address)
        assert set(kinds(returned.problems)) == {ProblemKind.UNKNOWN_ROW}


def test_an_amount_in_another_unit_is_not_taken(tmp_path: Path) -> None:
    def change_unit(page: Worksheet) -> None:
        page.cell(row_of(page, "七、依申请公开信息收取的费用"), 2).value = "元"

    returned = read_changed(LIST, tmp_path, change_unit)
    assert returned.facts == without(LIST, "request_fees.count")
    assert kinds(returned.problems) == [ProblemKind.CHANGED_LABEL]
    assert "万元" in returned.problems[0].message


def test_the_unit_of_a_count_is_the_clerks_own_affair(tmp_path: Path) -> None:
    def change_units(page: Worksheet) -> None:
        for row in range(4, 20):
            page.cell(row, 2).value = "份"

    assert read_changed(LIST, tmp_path, change_units).problems == ()


def test_a_figure_where_the_form_has_none_is_told_and_does_no_harm(tmp_path: Path) -> None:
    returned = read_changed(LIST, tmp_path, put("C4", 99))
    assert returned.facts == LIST.facts
    (problem,) = returned.problems
    assert (problem.kind, problem.place.cell, problem.text) == (ProblemKind.STRAY_FIGURE, "C4", "99")
    assert not problem.blocks_use


def test_a_renamed_column_is_named_and_not_read(tmp_path: Path) -> None:
    returned = read_changed(FUJIAN, tmp_path, put("D3", "累计"))
    assert returned.facts == without(FUJIAN, ".cumulative")
    (problem,) = returned.problems
    assert (problem.kind, problem.place.cell) == (ProblemKind.CHANGED_LABEL, "D3")
    assert "历年累计" in problem.remedy


def test_a_column_of_the_clerks_own_is_named(tmp_path: Path) -> None:
    def add(page: Worksheet) -> None:
        page.insert_cols(4)
        page["D3"] = "去年数"
        page["D4"] = 5

    returned = read_changed(FUJIAN, tmp_path, add)
    assert returned.facts == FUJIAN.facts
    assert [(problem.kind, problem.text) for problem in returned.problems] == [(ProblemKind.UNKNOWN_ROW, "去年数")]


def test_figures_between_the_columns_of_the_form_but_under_none_are_named(tmp_path: Path) -> None:
    def part(page: Worksheet) -> None:
        page.insert_cols(4)
        page["D4"] = 5

    returned = read_changed(FUJIAN, tmp_path, part)
    assert returned.facts == FUJIAN.facts
    assert [(problem.kind, problem.place.cell) for problem in returned.problems] == [(ProblemKind.UNKNOWN_ROW, "D4")]
    assert "上面却没有栏名" in returned.problems[0].message


@pytest.mark.parametrize(
    ("sheet", "cell", "changed", "left_out"),
    [
        ("表二", "A6", "行政文件", ("documents.normative_documents.issued", "documents.normative_documents.repealed")),
        ("表二", "A9", "行政审批", ("licensing.licences.decisions",)),
        ("表三", "C10", "1.国家机密", ("requests.state_secret.total",)),
        ("表三", "F5", "研究机构", ("requests.received.research_institute",)),
        ("表四", "B4", "结果变更", ("disputes.reconsideration.corrected",)),
    ],
)
def test_a_changed_label_of_any_layout_is_named(
    sheet: str, cell: str, changed: str, left_out: tuple[str, ...], tmp_path: Path
) -> None:
    found = {}

    def change(page: Worksheet) -> None:
        found["label"] = page[cell].value
        page[cell] = changed

    returned = read_changed(FORM, tmp_path, change, sheet)
    assert returned.facts.items() <= FORM.facts.items()
    assert not set(left_out) & set(returned.facts)
    problem = next(problem for problem in returned.problems if problem.place.cell == cell)
    assert problem.kind is ProblemKind.CHANGED_LABEL
    assert problem.place.sheet == sheet
    assert str(found["label"]) in problem.message


def test_a_changed_group_label_costs_no_figure(tmp_path: Path) -> None:
    returned = read_changed(FORM, tmp_path, put("B10", "（三）不公开"), "表三")
    assert returned.facts == FORM.facts
    assert kinds(returned.problems) == [ProblemKind.CHANGED_LABEL]


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    write_xlsx(FORM, path)
    book = openpyxl.load_workbook(path)
    del book["表四"]
    book.save(path)
    returned = read_file(path)
    assert returned.facts == {a: value for a, value in FORM.facts.items() if not a.startswith("disputes.")}
    assert kinds(returned.problems) == [ProblemKind.MISSING_ROW]
    assert "行政复议" in returned.problems[0].message


# Rows written cell after cell.


@pytest.mark.parametrize("write", [write_html, write_cell_lines], ids=["html", "cell_lines"])
@pytest.mark.parametrize("figure", [1017, 1020, 1023])
@pytest.mark.parametrize("times", [0, 2])
def test_a_row_with_a_cell_lost_or_doubled_is_not_read(write: Write, figure: int, times: int, tmp_path: Path) -> None:
    path = tmp_path / ("某局.html" if write is write_html else "某局.txt")
    write(FORM, path)
    content = path.read_bytes()
    cell = next(found[0] for found in re.finditer(CELL, content) if str(figure).encode() in found[0])
    path.write_bytes(content.replace(cell, cell * times))
    returned = read_file(path)
    row = {address for address in FORM.facts if address.startswith("requests.brought_forward.")}
    assert FORM.facts[FactAddress("requests.brought_forward.business")] == 1018
    assert returned.facts == {address: value for address, value in FORM.facts.items() if address not in row}
    assert ProblemKind.ASKEW_ROW in kinds(returned.problems)
    assert any("二、上年结转政府信息公开申请数量" in problem.message for problem in returned.problems)


CELL = rb"<td[^>]*>(?:(?!</td>).)*</td>|[^\n]*\|\n"


def test_a_strip_with_a_cell_lost_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "某局.html"
    write_html(FORM, path)
    page = path.read_bytes()
    last = page.rfind(b"<td")
    path.write_bytes(page[:last] + page[page.find(b"</tr>", last) :])
    returned = read_file(path)
    assert returned.facts == {a: value for a, value in FORM.facts.items() if not a.startswith("disputes.")}
    assert kinds(returned.problems) == [ProblemKind.ASKEW_ROW]


def test_blank_cells_cut_off_at_the_end_of_a_tabbed_line_are_blank(tmp_path: Path) -> None:
    path = tmp_path / "某局.txt"
    last = tuple(f".{code}" for code in ("other_organisation", "total"))
    blank = {a: None if a.startswith("requests.") and a.endswith(last) else 5 for a in FORM.facts}
    write_tabbed_lines(Report(FORM.edition, FORM.unit, FORM.year, blank), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip("\t") for line in lines), encoding="utf-8")
    assert read_file(path).facts == blank


@pytest.mark.parametrize(("old", "new"), [("1034\t1035\t", "1034\t"), ("1034\t", "1034\t0\t")], ids=["lost", "added"])
def test_a_tabbed_line_with_a_cell_lost_or_added_is_not_read(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "某局.txt"
    write_tabbed_lines(FORM, path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    returned = read_file(path)
    assert returned.facts == {
        a: value for a, value in FORM.facts.items() if not a.startswith("requests.granted_in_part")
    }
    assert kinds(returned.problems) == [ProblemKind.ASKEW_ROW]


def test_lines_lost_are_seen_though_one_line_has_two_cells(tmp_path: Path) -> None:
    path = tmp_path / "某局.txt"
    write_cell_lines(FORM, path)
    text = path.read_text(encoding="utf-8").replace("2.重复申请 |\n1122 |\n1123 |\n", "2.重复申请 | |\n", 1)
    path.write_text(text, encoding="utf-8")
    returned = read_file(path)
    assert returned.facts == {a: value for a, value in FORM.facts.items() if not a.startswith("requests.repeat.")}
    assert kinds(returned.problems) == [ProblemKind.ASKEW_ROW]


# The form more than once.


def copy_with(path: Path, figure: int | None, everywhere: bool = False) -> None:
    """Add a copy of the form's sheet, with another figure in one of its cells or in all."""
    book = openpyxl.load_workbook(path)
    page = book.copy_worksheet(book.worksheets[0])
    for row in range(4, page.max_row + 1):
        if everywhere or row == 5:
            page.cell(row, 3).value = figure
    book.save(path)


def test_a_blank_copy_of_the_form_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    write_xlsx(LIST, path)
    copy_with(path, None, everywhere=True)
    book = openpyxl.load_workbook(path)
    book.move_sheet(book.worksheets[1], -1)
    book.save(path)
    assert read_file(path).facts == LIST.facts


def test_two_forms_with_different_figures_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    write_xlsx(LIST, path)
    copy_with(path, 99)
    with pytest.raises(InputError, match=r"报表\.xlsx.*不止一张.*只留"):
        read_file(path)


def test_two_changed_forms_with_different_figures_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    write_xlsx(LIST, path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].insert_rows(20)
    book.save(path)
    copy_with(path, 99)
    with pytest.raises(InputError, match=r"报表\.xlsx.*不止一张.*只留"):
        read_file(path)

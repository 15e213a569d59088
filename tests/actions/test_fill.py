"""填表 from the registers, and what last year's return carries over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.actions.conftest import Run
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import BODY_FIRST_ROW, HEADER_ROW, fact_places

Line = dict[str, str | int]
PLACES = {str(address): place for address, place in fact_places(load_edition("2021")).items()}


def new_book(run: Run, path: Path, edition: str = "2021", year: int = 2025) -> Path:
    assert run("new", edition, "-o", path, "--unit", "示例单位甲", "--year", year)[0] == 0
    return path


def register(book: Path, sheet: str, lines: list[Line]) -> None:
    """Write lines into a register by the headings of its columns."""
    workbook = FileBook.open(book)
    headings = [cell.text for cell in workbook.read_used(sheet)[HEADER_ROW]]
    assert {heading for line in lines for heading in line} <= set(headings)
    contents = [[CellContent(line.get(heading, "")) for heading in headings] for line in lines]
    workbook.write_list(sheet, BODY_FIRST_ROW, contents)
    workbook.save(book)


def facts_of(run: Run, book: Path) -> dict[str, Any]:
    found = json.loads(run("read", book, "--json")[1])["facts"]
    assert isinstance(found, dict)
    return found


def write_source(path: Path, edition: str, year: int, figures: dict[str, int]) -> Path:
    facts = dict.fromkeys(map(str, load_edition(edition).facts), 0) | figures
    path.write_text(json.dumps({"edition": edition, "unit": "甲", "year": year, "facts": facts}), encoding="utf-8")
    return path


REQUESTS: list[Line] = [
    {"收到日期": "2025-03-01", "申请人类别": "自然人", "办理结果": "予以公开", "办结日期": "2025-03-10"},
    {"收到日期": "2025-04-01", "申请人类别": "商业企业", "办理结果": "部分公开", "办结日期": "2025-04-20"},
    {"收到日期": "2025-12-20", "申请人类别": "自然人"},
    {"收到日期": "2024-12-25", "申请人类别": "自然人", "办理结果": "予以公开", "办结日期": "2025-01-08"},
]


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    """Give a 2021 workbook whose register of requests has four lines."""
    path = new_book(run, tmp_path / "我局.xlsm")
    register(path, "依申请公开台账", REQUESTS)
    return path


def test_the_register_of_requests_fills_the_matrix(run: Run, book: Path) -> None:
    status, output, _ = run("fill", book)
    facts = facts_of(run, book)
    assert status == 0
    assert "空白" in output
    assert facts["requests.received.natural_person"] == 2
    assert facts["requests.received.business"] == 1
    assert facts["requests.brought_forward.natural_person"] == 1
    assert facts["requests.granted.total"] == 2
    assert facts["requests.outcomes_total.total"] == 3
    assert facts["requests.carried_forward.natural_person"] == 1
    assert facts["requests.received.total"] + facts["requests.brought_forward.total"] == 4


def test_a_new_line_changes_what_was_counted_and_nothing_typed(run: Run, book: Path) -> None:
    run("fill", book)
    workbook = FileBook.open(book)
    typed = PLACES["requests.received.legal_services"]
    workbook.write_cells(typed.sheet, {(typed.row, typed.column): CellContent(9)})
    workbook.save(book)
    more: Line = {"收到日期": "2025-05-01", "申请人类别": "自然人"}
    register(book, "依申请公开台账", [*REQUESTS, more])
    status, output, complaint = run("fill", book)
    assert status == 0
    received = PLACES["requests.received.natural_person"]
    changed = next(line for line in output.splitlines() if f"{received.sheet} {received.a1} " in line)
    assert [part.strip() for part in changed.split("│")][-3:-1] == ["2", "3"]
    assert f"{typed.a1} " in complaint
    assert facts_of(run, book)["requests.received.legal_services"] == 9


def test_a_line_that_cannot_be_counted_stops_the_filling(run: Run, book: Path) -> None:
    register(book, "依申请公开台账", [{"收到日期": "去年底", "申请人类别": "自然人"}])
    before = book.read_bytes()
    status, output, complaint = run("fill", book)
    assert (status, output) == (2, "")
    assert "我局.xlsm" in complaint
    assert "依申请公开台账" in complaint
    assert "A4" in complaint
    assert book.read_bytes() == before


def test_last_years_carry_over_is_taken_and_never_typed(run: Run, tmp_path: Path) -> None:
    last = write_source(
        tmp_path / "last.json",
        "2021",
        2024,
        {"requests.carried_forward.business": 4, "requests.carried_forward.total": 4},
    )
    path = new_book(run, tmp_path / "今年.xlsm")
    assert run("fill", path, "--last-year", last)[0] == 0
    facts = facts_of(run, path)
    assert facts["requests.brought_forward.business"] == 4
    assert facts["requests.brought_forward.natural_person"] == 0
    assert facts["requests.brought_forward.total"] == 4


def test_carry_over_goes_through_the_mapping_of_editions(run: Run, tmp_path: Path) -> None:
    last = write_source(tmp_path / "2020.json", "2019", 2020, {"requests.carried_forward.natural_person": 3})
    path = new_book(run, tmp_path / "今年.xlsm", year=2021)
    assert run("fill", path, "--last-year", last)[0] == 0
    assert facts_of(run, path)["requests.brought_forward.natural_person"] == 3


def test_a_source_of_another_edition_is_refused(run: Run, book: Path, tmp_path: Path) -> None:
    source = write_source(tmp_path / "old.json", "2019", 2020, {})
    before = book.read_bytes()
    status, _, complaint = run("fill", book, "--from", source)
    assert status == 2
    assert "2019年版" in complaint
    assert book.read_bytes() == before


def test_pictures_comments_and_charts_added_by_hand_are_still_there(run: Run, book: Path, tmp_path: Path) -> None:
    furnished = tmp_path / "furnished.xlsx"
    with xlsxwriter.Workbook(furnished) as workbook:
        for name in FileBook.open(book).sheet_names():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(FileBook.open(book).read_used(name)):
                for column, cell in enumerate(cells):
                    if cell.formula:
                        sheet.write_formula(row, column, f"={cell.formula}", None, cell.text)
                    elif not cell.is_blank:
                        sheet.write(row, column, cell.value)
        form = workbook.get_worksheet_by_name("表三")
        form.insert_textbox("M3", "手写的说明")
        form.write_comment("D7", "与档案核对过")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=表三!$D$7:$I$7"})
        form.insert_chart("M10", chart)
        form.insert_image("M30", str(Path(__file__).parents[2] / ".pictures" / "findings.png"))
    parts = parts_of(furnished)
    status, output, complaint = run("fill", furnished)
    assert (status, complaint) == (0, "")
    assert "已填" in output
    filled = parts_of(furnished)
    sheets = {name for name in parts if name.startswith("xl/worksheets/sheet")}
    assert set(filled) == set(parts)
    assert {name for name in parts if filled[name] != parts[name]} <= sheets
    again = load_workbook(furnished)["表三"]
    assert again["D7"].comment.text == "与档案核对过"
    assert b"<drawing " in next(filled[name] for name in sheets if b"legacyDrawing" in filled[name])


def parts_of(path: Path) -> dict[str, bytes]:
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

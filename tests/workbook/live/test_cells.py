from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.workbook.book import CellContent, CellValue, ErrorValue, Value
from xl_disclosure.workbook.live.cells import Written, group_cells, read_cell, to_serial, write_cell


@pytest.mark.parametrize(
    ("value", "formula", "cell"),
    [
        (None, "", CellValue()),
        (3.0, "3", CellValue(3)),
        (0.1, "0.1", CellValue(Decimal("0.1"))),
        (Decimal("12.5"), "12.5", CellValue(Decimal("12.5"))),
        ("某局", "某局", CellValue("某局")),
        ("=1+1", "=1+1", CellValue("=1+1")),
        (True, "TRUE", CellValue(True)),
        (True, "=TRUE()", CellValue(True)),
        (True, "=A1>0", CellValue(True, "A1>0")),
        (2.0, "=1+1", CellValue(2, "1+1")),
        (None, '=IF(1,"","")', CellValue("", 'IF(1,"","")')),
        ("#DIV/0!", "=1/0", CellValue(ErrorValue("#DIV/0!"), "1/0")),
        ("#N/A", "=#N/A", CellValue(ErrorValue("#N/A"))),
        ("#N/A", "#N/A", CellValue(ErrorValue("#N/A"))),
        ("表二!C12", '=HYPERLINK("#\'表二\'!C12","表二!C12")', CellValue("表二!C12", link="'表二'!C12")),
        ("表二!C12", '=HYPERLINK("#表二!$C$12","表二!C12")', CellValue("表二!C12", link="'表二'!C12")),
        (
            "依据",
            '=HYPERLINK("https://www.gov.cn/","依据")',
            CellValue("依据", 'HYPERLINK("https://www.gov.cn/","依据")'),
        ),
    ],
)
def test_a_cell_is_read_from_its_value_and_formula(value: object, formula: str, cell: CellValue) -> None:
    assert read_cell(value, formula) == cell
    assert type(read_cell(value, formula).value) is type(cell.value)


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (CellContent(), None),
        (CellContent(""), None),
        (CellContent(7), 7.0),
        (CellContent(Decimal("0.1")), 0.1),
        (CellContent(False), False),
        (CellContent(ErrorValue("#N/A")), "=#N/A"),
        (CellContent(3, formula="=A1+1"), "=A1+1"),
        (CellContent(3, formula="A1+1"), "=A1+1"),
        (CellContent("公开"), "公开"),
        (CellContent("《条例》"), "《条例》"),
        (CellContent("表二!C12", link="'表二'!C12"), '=HYPERLINK("#\'表二\'!C12","表二!C12")'),
        (CellContent('"引号"', link="'表二'!C12"), '=HYPERLINK("#\'表二\'!C12","""引号""")'),
        (CellContent("", link="'表二'!C12"), '=HYPERLINK("#\'表二\'!C12","")'),
    ],
)
def test_a_content_is_written_as_xlwings_takes_it(content: CellContent, written: Written) -> None:
    assert write_cell(content) == written
    assert type(write_cell(content)) is type(written)


@pytest.mark.parametrize(
    "text", ["=1", "+86", "-3", "@某局", "007", "１２", "1月2日", "一月二日", "TRUE", "'甲", "（", "May 5"]
)
def test_what_excel_would_take_for_something_else_is_marked_as_text(text: str) -> None:
    assert write_cell(CellContent(text)) == f"'{text}"


def test_the_text_of_a_link_is_parted_where_excel_allows_no_longer_one() -> None:
    written = write_cell(CellContent("长" * 300, link="'表二'!C12"))
    assert written == f'=HYPERLINK("#\'表二\'!C12","{"长" * 255}"&"{"长" * 45}")'
    assert read_cell("长" * 300, written) == CellValue("长" * 300, link="'表二'!C12")


@given(st.one_of(st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.text(min_size=1)))
def test_what_is_written_is_read_back(value: Value) -> None:
    written = write_cell(CellContent(value))
    # The spreadsheet takes the mark of a text off.
    shown = written[1:] if isinstance(written, str) and written.startswith("'") else written
    assert read_cell(shown, str(shown)) == CellValue(value)


def test_a_date_is_days_since_the_end_of_1899() -> None:
    moment = dt.datetime(2024, 2, 29, 18, 0)  # noqa: DTZ001
    parts = {
        name: getattr(moment, name) for name in ("year", "month", "day", "hour", "minute", "second", "microsecond")
    }
    assert to_serial(**parts, tzinfo=None) == 45351.75


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_groups_hold_just_the_cells_and_none_twice(cells: set[tuple[int, int]]) -> None:
    held = [
        (row, column)
        for area in group_cells(cells)
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
    assert len(held) == len(set(held))
    assert set(held) == cells


def test_a_table_is_one_group() -> None:
    table = [(row, column) for row in range(3, 9) for column in range(2, 6)]
    assert [str(area) for area in group_cells([*table, (0, 0)])] == ["A1", "C4:F9"]

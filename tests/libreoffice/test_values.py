from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlwings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xl_disclosure.libreoffice import LibreOfficeError, NotSupportedError

pytestmark = pytest.mark.libreoffice

# ruff: noqa: DTZ001 - a cell knows no time zone

NOON = dt.datetime(2024, 2, 29, 12, 30, 15)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (5, 5.0),
        (-0.125, -0.125),
        (1e300, 1e300),
        (2**53, float(2**53)),
        (Decimal("12.50"), 12.5),
        (True, True),
        (False, False),
        ("文字 and 𠮷", "文字 and 𠮷"),
        ("两行\n文字", "两行\n文字"),
        ("007", "007"),
        ("2024-01-02", "2024-01-02"),
        ("=", "="),
        ("'=1+1", "=1+1"),
        ("'", None),
        ("", None),
        (None, None),
        (float("nan"), None),
        (NOON, NOON),
        (dt.date(1999, 12, 31), dt.datetime(1999, 12, 31)),
        (dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC), dt.datetime(2024, 1, 2, 3, 4, 5)),
        (np.int64(7), 7.0),
        (np.bool_(True), True),
        (np.datetime64("2024-02-29T12:30:15.000000000"), NOON),
        (pd.Timestamp(NOON), NOON),
        (pd.NaT, None),
    ],
)
def test_a_value_is_read_as_it_was_written(sheet: xlwings.Sheet, written: object, read: object) -> None:
    sheet["B2"].value = written
    assert sheet["B2"].value == read
    assert type(sheet["B2"].value) is type(read)


def test_a_text_that_opens_with_an_equals_sign_is_a_formula(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[20, "=A1*2", "=SUM(A1,B1)"]]
    assert sheet["A1:C1"].value == [20.0, 40.0, 60.0]
    assert sheet["C1"].formula == "=SUM(A1,B1)"


def test_what_no_cell_can_hold_is_refused(sheet: xlwings.Sheet) -> None:
    with pytest.raises(NotSupportedError, match="a cell cannot hold"):
        sheet["A1"].value = [[1, {2}]]
    assert sheet["A1"].value is None


def test_a_block_comes_back_as_rows(sheet: xlwings.Sheet) -> None:
    rows = [["项目", 1.0, True, None], [NOON, "甲", False, 2.5]]
    sheet["C3"].value = rows
    assert sheet["C3:F4"].value == rows
    assert sheet["C3:C4"].value == ["项目", NOON]
    assert sheet["C3:C4"].options(ndim=2).value == [["项目"], [NOON]]


def test_one_value_fills_a_range(sheet: xlwings.Sheet) -> None:
    sheet["A1:C2"].value = "无"
    assert sheet["A1:D3"].value == [["无", "无", "无", None], ["无", "无", "无", None], [None] * 4]


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_a_large_block_makes_the_journey_whole(sheet: xlwings.Sheet, rows: int) -> None:
    block: list[list[Any]] = [
        [float(row * column) for column in range(18)] + [f"第{row}行", None] for row in range(rows)
    ]
    sheet["A1"].value = block
    assert sheet.range((1, 1), (rows, 20)).value == block


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("=1/0", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=不存在的函数(1)", "#NAME?"),
        ("=10^400", "#NUM!"),
        ('="甲"+1', "#VALUE!"),
        ("=#REF!+1", "#REF!"),
    ],
)
def test_an_error_is_none_unless_its_text_is_asked_for(sheet: xlwings.Sheet, formula: str, error: str) -> None:
    sheet["A1"].value = [[1, formula, "甲"]]
    assert sheet["A1:C1"].value == [1.0, None, "甲"]
    assert sheet["A1:C1"].options(err_to_str=True).value == [1.0, error, "甲"]


def test_options_of_xlwings_are_heeded(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[1.6, None, NOON]]
    assert sheet["A1:C1"].options(numbers=int, empty="-", dates=dt.date).value == [2, "-", NOON.date()]


def test_a_table_of_pandas_is_written_and_read(sheet: xlwings.Sheet) -> None:
    table = pd.DataFrame({"单位": ["甲局", "乙局"], "件数": [3.0, 4.0]})
    sheet["A1"].options(index=False).value = table
    pd.testing.assert_frame_equal(sheet["A1"].options(pd.DataFrame, index=False, expand="table").value, table)


def test_dates_and_truth_values_of_formulas_are_known_by_their_formats(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [["=DATE(2024,2,29)", "=1>0", "=1+0", 0, 1, True]]
    assert sheet["A1:F1"].value == [dt.datetime(2024, 2, 29), True, 1.0, 0.0, 1.0, True]
    assert [type(value) for value in sheet["A1:F1"].value] == [dt.datetime, bool, float, float, float, bool]


def test_dates_in_many_formats_stand_among_numbers(sheet: xlwings.Sheet) -> None:
    rows = [[dt.datetime(2024, 1, 1 + row), float(row)] for row in range(20)]
    sheet["A1"].value = rows
    for row in range(0, 20, 2):
        sheet[row, 0].number_format = 'yyyy"年"m"月"d"日"'
        sheet[row, 1].number_format = "0.00"
    assert sheet["A1:B20"].value == rows


def test_a_number_over_a_truth_value_is_a_number_again(sheet: xlwings.Sheet) -> None:
    sheet["A1:B1"].value = True
    sheet["A1"].value = 1
    assert sheet["A1:B1"].value == [1.0, True]
    assert type(sheet["A1"].value) is float


def test_a_number_format_is_kept_by_numbers_and_dates_that_fit_it(sheet: xlwings.Sheet) -> None:
    sheet["A1"].number_format = "0.00"
    sheet["A2"].number_format = 'yyyy"年"m"月"'
    sheet["A1"].value = [[3], [NOON]]
    assert [sheet["A1"].number_format, sheet["A2"].number_format] == ["0.00", 'yyyy"年"m"月"']


def test_what_is_changed_here_is_seen_by_formulas_there(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[2, "=A1*A1"]]
    sheet["A1"].value = 9
    assert sheet["B1"].value == 81.0


def test_values_may_not_be_ragged(sheet: xlwings.Sheet) -> None:
    with pytest.raises(ValueError, match="every row must have 2 values"):
        sheet["A1:B2"].raw_value = [[1, 2], [3]]


@pytest.fixture
def protected(sheet: xlwings.Sheet) -> Iterator[xlwings.Sheet]:
    """Give a sheet protected but for B1:B2; A1 holds 旧."""
    sheet["A1"].value = "旧"
    protection = sheet["B1:B2"].api.CellProtection
    protection.IsLocked = False
    sheet["B1:B2"].api.CellProtection = protection
    sheet.api.protect("")
    yield sheet
    sheet.api.unprotect("")


CHANGES: dict[str, Callable[[xlwings.Range], object]] = {
    "value": lambda cells: setattr(cells, "value", "新"),
    "formula": lambda cells: setattr(cells, "formula", "=1"),
    "color": lambda cells: setattr(cells, "color", (255, 0, 0)),
    "bold": lambda cells: setattr(cells.font, "bold", True),
    "clear_contents": lambda cells: cells.clear_contents(),
    "clear": lambda cells: cells.clear(),
    "merge": lambda cells: cells.merge(),
    "hyperlink": lambda cells: cells.add_hyperlink("https://example.com/"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_locked_cell_is_not_left_unchanged_without_a_word(
    protected: xlwings.Sheet, change: Callable[[xlwings.Range], object]
) -> None:
    with pytest.raises(LibreOfficeError, match="is protected: unprotect it first"):
        change(protected["A1:B1"])
    assert protected["A1:B1"].value == ["旧", None]


def test_an_unlocked_cell_of_a_protected_sheet_takes_values(protected: xlwings.Sheet) -> None:
    protected["B1"].value = [[5], ["=B1+1"]]
    assert protected["B1:B2"].value == [5.0, 6.0]
    protected["B1:B2"].clear_contents()
    assert protected["B1:B2"].value == [None, None]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number == 0 or abs(number) > 1e-300),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text[0] not in "='"),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9000, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=6))
def test_any_block_comes_back_as_it_was(sheet: xlwings.Sheet, rows: list[tuple[object, ...]]) -> None:
    sheet.clear()
    sheet["A1"].value = rows
    assert sheet.range((1, 1), (len(rows), 3)).value == [list(row) for row in rows]

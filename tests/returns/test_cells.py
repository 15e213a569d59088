"""The policy of what a cell says, row by row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.forms.model import Measure
from xl_disclosure.returns.cells import ZERO_MARKS, ZERO_WORDS, Reading, read_cell
from xl_disclosure.returns.model import CellState, Number, ProblemKind
from xl_disclosure.returns.sources.document import OddCell, OddKind, RawCell

COUNT, CHANGE, MONEY = Measure.COUNT, Measure.CHANGE, Measure.MONEY
NUMBER, TEXT = CellState.NUMBER, CellState.TEXT
NOTED, NOT_A_NUMBER = ProblemKind.NOTED, ProblemKind.NOT_A_NUMBER

CASES: list[tuple[RawCell | None, Measure, Number | None, CellState, ProblemKind | None]] = [
    (None, COUNT, None, CellState.BLANK, None),
    ("", COUNT, None, CellState.BLANK, None),
    (" \u3000\u00a0\n", COUNT, None, CellState.BLANK, None),
    ("\u200b\ufeff", COUNT, None, CellState.BLANK, None),
    (0, COUNT, 0, NUMBER, None),
    (215, COUNT, 215, NUMBER, None),
    ("215", COUNT, 215, NUMBER, None),
    (" 215 ", COUNT, 215, NUMBER, None),
    ("12.0", COUNT, 12, NUMBER, None),
    (Decimal("12.0"), COUNT, 12, NUMBER, None),
    ("/", COUNT, 0, CellState.MARK, NOTED),
    ("-", COUNT, 0, CellState.MARK, NOTED),
    ("—", COUNT, 0, CellState.MARK, NOTED),
    ("－", COUNT, 0, CellState.MARK, NOTED),
    ("无", COUNT, 0, CellState.WORD, NOTED),
    (" 不涉及 ", COUNT, 0, CellState.WORD, NOTED),
    ("/", MONEY, Decimal(0), CellState.MARK, NOTED),
    ("12件", COUNT, 12, NUMBER, NOTED),
    ("12 件", COUNT, 12, NUMBER, NOTED),
    ("12（件）", COUNT, 12, NUMBER, NOTED),
    ("194人次", COUNT, 194, NUMBER, NOTED),
    ("１２", COUNT, 12, NUMBER, NOTED),
    ("1,234", COUNT, 1234, NUMBER, NOTED),
    ("１，２３４", COUNT, 1234, NUMBER, NOTED),
    ("1,23", COUNT, None, TEXT, NOT_A_NUMBER),
    ("12万", COUNT, None, TEXT, NOT_A_NUMBER),
    ("3千", COUNT, None, TEXT, NOT_A_NUMBER),
    ("12元", COUNT, None, TEXT, NOT_A_NUMBER),
    ("约12", COUNT, None, TEXT, NOT_A_NUMBER),
    ("12余件", COUNT, None, TEXT, NOT_A_NUMBER),
    ("12②", COUNT, None, TEXT, NOT_A_NUMBER),
    ("12²", COUNT, None, TEXT, NOT_A_NUMBER),
    ("१२", COUNT, None, TEXT, NOT_A_NUMBER),
    ("12-15", COUNT, None, TEXT, NOT_A_NUMBER),
    ("1 2", COUNT, None, TEXT, NOT_A_NUMBER),
    ("十二", COUNT, None, TEXT, NOT_A_NUMBER),
    ("1e3", COUNT, None, TEXT, NOT_A_NUMBER),
    ("5%", COUNT, None, TEXT, NOT_A_NUMBER),
    ("TRUE", COUNT, None, TEXT, NOT_A_NUMBER),
    ("=1+1", COUNT, None, TEXT, NOT_A_NUMBER),
    ("<script>", COUNT, None, TEXT, NOT_A_NUMBER),
    ("-3", COUNT, -3, NUMBER, ProblemKind.NEGATIVE),
    (-3, COUNT, -3, NUMBER, ProblemKind.NEGATIVE),
    ("1.5", COUNT, Decimal("1.5"), NUMBER, ProblemKind.NOT_WHOLE),
    (Decimal("1.5"), COUNT, Decimal("1.5"), NUMBER, ProblemKind.NOT_WHOLE),
    ("-18", CHANGE, -18, NUMBER, None),
    ("−18", CHANGE, -18, NUMBER, NOTED),
    ("+18", CHANGE, 18, NUMBER, None),
    ("减少18", CHANGE, None, TEXT, NOT_A_NUMBER),
    ("25.1", MONEY, Decimal("25.1"), NUMBER, None),
    (2, MONEY, Decimal(2), NUMBER, None),
    ("25.10", MONEY, Decimal("25.1"), NUMBER, None),
    ("251000元", MONEY, Decimal("25.1"), NUMBER, NOTED),
    ("251,000元", MONEY, Decimal("25.1"), NUMBER, NOTED),
    ("1690.9913万元", MONEY, Decimal("1690.9913"), NUMBER, NOTED),
    ("3.25亿元", MONEY, Decimal(32500), NUMBER, NOTED),
    ("12.5万", MONEY, Decimal("12.5"), NUMBER, NOTED),
    ("12件", MONEY, None, TEXT, NOT_A_NUMBER),
    (-1, MONEY, Decimal(-1), NUMBER, ProblemKind.NEGATIVE),
    ("2021-01-02", COUNT, None, TEXT, NOT_A_NUMBER),
    ("2021年1月2日", COUNT, None, TEXT, NOT_A_NUMBER),
    (OddCell(OddKind.DATE, "2021-01-02"), COUNT, None, TEXT, NOT_A_NUMBER),
    (OddCell(OddKind.ERROR, "#REF!"), COUNT, None, CellState.ERROR, ProblemKind.ERROR_VALUE),
    ("#DIV/0!", COUNT, None, CellState.ERROR, ProblemKind.ERROR_VALUE),
    (OddCell(OddKind.UNCALCULATED, ""), COUNT, None, CellState.UNCALCULATED, ProblemKind.UNCALCULATED),
    (10**300, COUNT, None, TEXT, NOT_A_NUMBER),
    (Decimal("1E+300"), COUNT, None, TEXT, NOT_A_NUMBER),
    (Decimal("NaN"), COUNT, None, TEXT, NOT_A_NUMBER),
    ("9" * 100, COUNT, None, TEXT, NOT_A_NUMBER),
]


@pytest.mark.parametrize(
    ("raw", "measure", "value", "state", "kind"), CASES, ids=[f"{case[0]!r:.40} {case[1]}" for case in CASES]
)
def test_a_cell_says(
    raw: RawCell | None, measure: Measure, value: Number | None, state: CellState, kind: ProblemKind | None
) -> None:
    reading = read_cell(raw, measure)
    assert (reading.value, reading.state) == (value, state)
    assert type(reading.value) is type(value)
    assert (reading.slip.kind if reading.slip else None) is kind


WORDINGS: list[tuple[RawCell, Measure, str, str]] = [
    ("/", COUNT, "填的是“/”，已按 0 读取", "没有的请填 0"),
    ("-", COUNT, "填的是“-”，已按 0 读取", "没有的请填 0"),
    ("无", COUNT, "填的是“无”，已按 0 读取", "没有的请填 0"),
    ("不涉及", COUNT, "填的是“不涉及”，已按 0 读取", "没有的请填 0"),
    ("12件", COUNT, "填的是“12件”，已按 12 读取", "改为只写数字"),
    ("１２", COUNT, "填的是“１２”，已按 12 读取", "改为只写数字"),
    ("1,234", COUNT, "填的是“1,234”，已按 1234 读取", "改为只写数字"),
    ("251000元", MONEY, "填的是“251000元”，已按 25.1万元 读取", "改为只写数字"),
    ("1.5", COUNT, "填的是“1.5”，应当是整数", "核实后改填整数"),
    ("-3", COUNT, "填的是“-3”，不能是负数", "核实后改填 0 或正数"),
    ("2021-01-02", COUNT, "像日期，不是数", "核实后改填数字"),
    (OddCell(OddKind.DATE, "2021-01-02"), COUNT, "是日期（2021-01-02），不是数", "单元格格式改为“常规”"),
    (OddCell(OddKind.ERROR, "#REF!"), COUNT, "是错误值“#REF!”，不是数", "检查公式引用的单元格"),
    (OddCell(OddKind.UNCALCULATED, ""), COUNT, "是公式，文件里没有存它的计算结果", "重新计算（F9）后保存"),
    ("<script>", COUNT, "<script>", "核实后改填数字"),
]


@pytest.mark.parametrize(
    ("raw", "measure", "message", "remedy"), WORDINGS, ids=[f"{case[0]!r:.40}" for case in WORDINGS]
)
def test_what_is_told_of_a_cell_says_what_stands_there_and_what_to_do(
    raw: RawCell, measure: Measure, message: str, remedy: str
) -> None:
    slip = read_cell(raw, measure).slip
    assert slip is not None
    assert message in slip.message
    assert remedy in slip.remedy


@pytest.mark.parametrize("raw", ["", 0, "12.0", "215", Decimal("12.0")])
def test_nothing_is_told_of_a_plain_cell(raw: RawCell) -> None:
    assert read_cell(raw, COUNT).slip is None


def test_an_amount_is_read_in_the_unit_of_its_form() -> None:
    assert read_cell("251000元", MONEY, "元").value == Decimal(251000)
    assert read_cell("25.1万元", MONEY, "元").value == Decimal(251000)
    assert read_cell("251000元", MONEY, "万元").value == Decimal("25.1")


def test_a_doubtful_count_is_told_with_both_its_readings() -> None:
    slip = read_cell("12万", COUNT).slip
    assert slip is not None
    assert "12 还是 12万" in slip.message
    assert "120000" in slip.remedy


def test_a_conversion_is_told_with_its_result() -> None:
    slip = read_cell("251000元", MONEY, "万元").slip
    assert slip is not None
    assert "25.1万元" in slip.message


@pytest.mark.parametrize("typed", sorted(ZERO_MARKS | ZERO_WORDS))
def test_what_stands_for_zero_is_never_silent(typed: str) -> None:
    reading = read_cell(typed, COUNT)
    assert reading.value == 0
    assert reading.state in (CellState.MARK, CellState.WORD)
    assert reading.slip is not None


@given(st.integers(0, 10**15 - 1))
def test_a_count_is_read_as_it_is_written(number: int) -> None:
    assert read_cell(str(number), COUNT) == read_cell(number, COUNT) == Reading(number, NUMBER)


@given(st.decimals(0, 10**9, places=4))
def test_an_amount_is_exact_to_the_last_digit(amount: Decimal) -> None:
    assert read_cell(str(amount), MONEY).value == amount
    assert read_cell(f"{amount}万元", MONEY).value == amount
    assert read_cell(f"{amount * 10_000}元", MONEY).value == amount


@given(st.text(max_size=80), st.sampled_from(Measure), st.sampled_from(["件", "万元", "元"]))
def test_no_text_is_read_as_a_figure_without_its_digits(text: str, measure: Measure, unit: str) -> None:
    reading = read_cell(text, measure, unit)
    if reading.value:
        assert any(character.isdecimal() for character in text)
    if reading.value is None:
        assert reading.state is CellState.BLANK or reading.slip is not None

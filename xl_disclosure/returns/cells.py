"""What a cell says: the one policy by which raw content becomes a figure, or does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeGuard

from xl_disclosure.forms.model import Measure
from xl_disclosure.returns.model import CellState, Number, ProblemKind
from xl_disclosure.returns.sources.document import SHEET_DIGITS, OddCell, OddKind, RawCell

ZERO_MARKS = frozenset({"/", "//", "\\", "-", "--", "―", "—", "——", "–", "─", "──", "*", "×"})
"""Marks with which clerks cross out a cell: read as 0, and told."""

ZERO_WORDS = frozenset({"无", "没有", "暂无", "零", "未发生", "无此项", "不涉及", "未涉及", "不适用"})
"""Words with which clerks say that there is none: read as 0, and told."""

COUNT_WORDS = ("人次", "件次", "件", "条", "项", "个", "人", "次", "篇", "份", "起", "宗", "例", "家", "处", "期", "批")
"""Units that may follow a count."""

MONEY_FACTORS: Mapping[str, Decimal] = {
    "元": Decimal("0.0001"),
    "元整": Decimal("0.0001"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "亿元": Decimal(10_000),
    "亿": Decimal(10_000),
}
"""Units that may follow an amount, in 万元. Behind a count 万 may be a slip or may mean tens of thousands: refused."""

UNIT_OF_AMOUNT = "万元"

MULTIPLIERS = ("万", "亿", "千", "百")

FIRST_TOO_LARGE = 10**SHEET_DIGITS

LONGEST_FIGURE = 60
"""Characters. What is longer is no figure, whatever it opens with."""

SHOWN_LENGTH = 30
"""Characters of a cell that a message repeats, enough to find it by."""


@dataclass(frozen=True, slots=True)
class Slip:
    """State what is wrong or worth telling about a cell, in words that follow the name of its fact."""

    kind: ProblemKind
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what a cell says: its figure if it has one, what it held, and what is to be told about it."""

    value: Number | None
    state: CellState
    slip: Slip | None = None


BLANK = Reading(None, CellState.BLANK)

_BLANKS = re.compile(r"[\s\u200b\ufeff\u2060]+")
_HALF_WIDTH = str.maketrans({chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)})
"""Full-width signs alone: ² and ① behind a figure mark a footnote and must not join it."""

_MINUS = str.maketrans({"−": "-", "﹣": "-", "–": "-"})
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_WITH_UNIT = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)\(?([^\d().,]+)\)?")
_DATE = re.compile(r"\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{4}年(?:\d{1,2}月)?|\d{1,2}月\d{1,2}日")
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!)|Err:\d+|#+")

_TYPE_ONLY_NUMBER = "改为只写数字"
_ASK_FOR_NUMBER = "核实后改填数字；没有的填 0"


def read_cell(raw: RawCell | None, measure: Measure, unit: str = "") -> Reading:
    """Return what a cell says of a fact of that measure and unit of measure.

    Money is in 万元 unless the unit is 元. A figure that a count cannot have (negative, broken) is kept as it stands,
    with a slip that blocks its use; what is no figure has no value.
    """
    if raw is None:
        return BLANK
    if _is_plain_count(raw, measure):
        return Reading(raw, CellState.NUMBER)
    if isinstance(raw, str):
        typed = raw.strip()
        return _read_text(typed, measure, unit) if len(typed) <= LONGEST_FIGURE else _no_number(typed, _ASK_FOR_NUMBER)
    if isinstance(raw, OddCell):
        return _read_odd(raw)
    return _judge(Decimal(raw), measure, str(raw))


def _is_plain_count(raw: RawCell | None, measure: Measure) -> TypeGuard[int]:
    """Tell whether a cell says a count and nothing more, as nearly every one does."""
    return isinstance(raw, int) and 0 <= raw < FIRST_TOO_LARGE and measure is not Measure.MONEY


@lru_cache(maxsize=4096)
def _read_text(typed: str, measure: Measure, unit: str) -> Reading:
    text = _BLANKS.sub(" ", typed.translate(_HALF_WIDTH).translate(_MINUS)).strip()
    if not text:
        return BLANK
    if text in ZERO_MARKS or text in ZERO_WORDS:
        slip = Slip(ProblemKind.NOTED, f"填的是“{typed}”，已按 0 读取", "没有的请填 0")
        state = CellState.MARK if text in ZERO_MARKS else CellState.WORD
        return Reading(Decimal(0) if measure is Measure.MONEY else 0, state, slip)
    number = _written_number(text, measure, unit)
    if number is None:
        return _explain_text(typed, text, measure)
    reading = _judge(number, measure, typed)
    is_plain = _NUMBER.fullmatch(typed) is not None and typed.isascii()
    if is_plain or reading.slip is not None:
        return reading
    shown = f"{reading.value}{UNIT_OF_AMOUNT if measure is Measure.MONEY and unit != '元' else ''}"
    slip = Slip(ProblemKind.NOTED, f"填的是“{typed}”，已按 {shown} 读取", _TYPE_ONLY_NUMBER)
    return Reading(reading.value, reading.state, slip)


def _written_number(text: str, measure: Measure, unit: str) -> Decimal | None:
    """Return the number a text states, in the unit of the form; None when it states none for certain."""
    if _NUMBER.fullmatch(text) or _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    found = _WITH_UNIT.fullmatch(text)
    if found is None or not (_NUMBER.fullmatch(found[1]) or _GROUPED.fullmatch(found[1])):
        return None
    number, word = Decimal(found[1].replace(",", "")), found[2].strip()
    if measure is not Measure.MONEY:
        return number if word in COUNT_WORDS else None
    factor = MONEY_FACTORS.get(word)
    if factor is None:
        return None
    return number * factor * (10_000 if unit == "元" else 1)


def _judge(number: Decimal, measure: Measure, typed: str) -> Reading:
    """Return a number with what its measure forbids."""
    if not number.is_finite() or number.adjusted() >= SHEET_DIGITS:
        return _no_number(typed, _ASK_FOR_NUMBER, "大得不像一个统计数")
    if measure is Measure.MONEY:
        return Reading(_plain(number), CellState.NUMBER, _not_negative(number, typed))
    if number != number.to_integral_value():
        slip = Slip(ProblemKind.NOT_WHOLE, f"填的是“{_short(typed)}”，应当是整数", "核实后改填整数")
        return Reading(_plain(number), CellState.NUMBER, slip)
    slip_or_none = None if measure is Measure.CHANGE else _not_negative(number, typed)
    return Reading(int(number), CellState.NUMBER, slip_or_none)


def _plain(number: Decimal) -> Decimal:
    """Return a number without trailing zeros, its exponent never above zero."""
    shortest = number.normalize()
    return shortest.quantize(Decimal(1)) if shortest == shortest.to_integral_value() else shortest


def _not_negative(number: Decimal, typed: str) -> Slip | None:
    if number >= 0:
        return None
    return Slip(ProblemKind.NEGATIVE, f"填的是“{_short(typed)}”，不能是负数", "核实后改填 0 或正数")


def _read_odd(cell: OddCell) -> Reading:
    return _READ_ODD[cell.kind](cell.text)


def _read_error(text: str) -> Reading:
    remedy = "检查公式引用的单元格，或直接填写数字"
    return Reading(None, CellState.ERROR, Slip(ProblemKind.ERROR_VALUE, f"是错误值“{text}”，不是数", remedy))


def _read_date(text: str) -> Reading:
    remedy = "把单元格格式改为“常规”，重新填写数字"
    return Reading(None, CellState.TEXT, Slip(ProblemKind.NOT_A_NUMBER, f"是日期（{text}），不是数", remedy))


def _read_uncalculated(_: str) -> Reading:
    remedy = "用 Excel、WPS 打开文件，重新计算（F9）后保存"
    slip = Slip(ProblemKind.UNCALCULATED, "是公式，文件里没有存它的计算结果", remedy)
    return Reading(None, CellState.UNCALCULATED, slip)


_READ_ODD: Mapping[OddKind, Callable[[str], Reading]] = {
    OddKind.ERROR: _read_error,
    OddKind.DATE: _read_date,
    OddKind.UNCALCULATED: _read_uncalculated,
}


def _explain_text(typed: str, text: str, measure: Measure) -> Reading:
    """Return a text that is no figure with the likeliest reason why it is none."""
    if _ERROR.fullmatch(text):
        return _read_error(text)
    if _DATE.fullmatch(text):
        return _no_number(typed, _ASK_FOR_NUMBER, "像日期，不是数")
    found = _WITH_UNIT.fullmatch(text)
    if found and found[2].startswith(MULTIPLIERS) and measure is not Measure.MONEY:
        doubt = f"不能确定是 {found[1]} 还是 {found[1]}{found[2]}"
        return _no_number(typed, "写成完整的整数，如 120000", doubt)
    return _no_number(typed, _ASK_FOR_NUMBER)


def _no_number(typed: str, remedy: str, why: str = "不是数") -> Reading:
    return Reading(None, CellState.TEXT, Slip(ProblemKind.NOT_A_NUMBER, f"填的是“{_short(typed)}”，{why}", remedy))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"

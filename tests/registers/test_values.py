from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registers.sheets import register_of
from xl_disclosure.forms.registers import RegisterField
from xl_disclosure.registers.problems import RegisterProblemKind
from xl_disclosure.registers.values import CellValue, Unreadable, is_blank, read_codes, read_day, read_items, read_text

WORKING_DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))
EXCEL_DAY_ZERO = date(1899, 12, 30)


def field_of(edition: str, register: str, code: str) -> RegisterField:
    return next(field for field in register_of(edition, register).fields if field.code == code)


@given(
    WORKING_DAYS,
    st.sampled_from(["{0}-{1}-{2}", "{0}/{1:02}/{2:02}", "{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}{1:02}{2:02}"]),
)
def test_a_day_is_read_in_every_usual_spelling(day: date, spelling: str) -> None:
    assert read_day(spelling.format(day.year, day.month, day.day)) == day


@given(WORKING_DAYS)
def test_a_day_is_read_from_what_a_sheet_stores(day: date) -> None:
    serial = (day - EXCEL_DAY_ZERO).days
    assert read_day(day) == day
    assert read_day(datetime.combine(day, time(15, 30))) == day
    assert read_day(serial) == day
    assert read_day(float(serial) + 0.5) == day
    assert read_day(Decimal(serial) + Decimal("0.5")) == day


@pytest.mark.parametrize("cell", ["２０１６年３月１日", "2016-3-1 00:00:00", 20160301, 20160301.0, "　2016-03-01 "])
def test_a_day_is_read_through_full_width_signs_times_and_eight_digits(cell: CellValue) -> None:
    assert read_day(cell) == date(2016, 3, 1)


@pytest.mark.parametrize("cell", ["3月1日", "2016-02-30", "2016", 7, -1, 3.5, True, "#REF!", "1016-03-01", 99999999])
def test_what_is_no_day_is_refused(cell: CellValue) -> None:
    found = read_day(cell)
    assert isinstance(found, Unreadable)
    assert found.kind is RegisterProblemKind.BAD_DATE


@pytest.mark.parametrize(("cell", "items"), [(1, 1), (30.0, 30), ("12", 12), ("１２", 12), ("3条", 3), ("2 件", 2)])
def test_items_are_whole_numbers(cell: CellValue, items: int) -> None:
    assert read_items(cell) == items


@pytest.mark.parametrize("cell", [0, -1, 1.5, "2.5", "三", "1万", True, date(2016, 3, 1), "00"])
def test_items_are_nothing_else(cell: CellValue) -> None:
    found = read_items(cell)
    assert isinstance(found, Unreadable)
    assert found.kind is RegisterProblemKind.BAD_COUNT


@pytest.mark.parametrize(
    "cell",
    [
        "网站、其他方式",
        "网站，其他方式",
        "网站;其他方式",
        " 网站 / 其他方式 ",
        "网站\n其他方式",
        "网站、其他方式、网站",
    ],
)
def test_several_channels_are_split(cell: str) -> None:
    field = field_of("2014-xingyi", "disclosures", "channels")
    assert read_codes(field, cell) == ("via_website", "via_other")


def test_a_wording_that_holds_a_separator_is_one_choice() -> None:
    assert read_codes(field_of("2014-fujian", "requests", "method"), "信函、传真") == ("received_by_letter_or_fax",)


def test_a_wording_is_known_by_any_width_of_its_marks() -> None:
    field = field_of("2021", "requests", "outcome")
    assert read_codes(field, '不予公开:危及"三安全一稳定"') == ("safety_and_stability",)


@pytest.mark.parametrize(("cell", "codes"), [("是", ("yes",)), ("否", ("no",)), ("√", ("yes",)), ("×", ("no",))])
def test_yes_and_no_are_read(cell: str, codes: tuple[str, ...]) -> None:
    assert read_codes(field_of("2014", "disclosures", "normative"), cell) == codes


def test_an_unknown_wording_is_answered_with_the_nearest() -> None:
    found = read_codes(field_of("2021", "requests", "applicant"), "自然人士")
    assert found == Unreadable(
        RegisterProblemKind.UNKNOWN_CHOICE,
        "“自然人士”不在“申请人类别”的选项之中",
        "改为“自然人”，或从下拉列表中另选",
    )


def test_an_unknown_wording_like_no_other_is_answered_with_all() -> None:
    found = read_codes(field_of("2014-xingyi", "disclosures", "channels"), "广播")
    assert isinstance(found, Unreadable)
    assert found.remedy == "改为下列之一：网站；其他方式"


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "\n"])
def test_space_is_blank(cell: CellValue) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, "00", "无", False])
def test_nought_and_words_are_not_blank(cell: CellValue) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(("cell", "text"), [(2016.0, "2016"), (Decimal("1E+2"), "100"), (1.5, "1.5"), (True, "True")])
def test_a_whole_number_reads_without_a_decimal_point(cell: CellValue, text: str) -> None:
    assert read_text(cell) == text

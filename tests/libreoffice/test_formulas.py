from __future__ import annotations

import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.libreoffice import NotSupportedError
from xl_disclosure.libreoffice.formulas import move_formula, to_calc, to_excel


@pytest.mark.parametrize(
    ("excel", "calc"),
    [
        ("=SUM(A1:B3,1)", "=SUM(A1:B3;1)"),
        ("=SUM(统计表!C12:C14,'表 二'!$A$1)", "=SUM($'统计表'.C12:C14;$'表 二'.$A$1)"),
        ('=IF(A1<>"a,b;c!",{1,2;3,4},#REF!)', '=IF(A1<>"a,b;c!";{1;2|3;4};#REF!)'),
        ("='S1'!1:3", "=$'S1'.1:3"),
        ("='it''s'!A:A", "=$'it''s'.A:A"),
        ("=SUM((A1,B2))", "=SUM((A1~B2))"),
        ("=SUM(A1:B2 B2:C3)", "=SUM(A1:B2!B2:C3)"),
        ("=A1 + B1", "=A1 + B1"),
        ("=ERROR.TYPE(A1)", "=ERROR.TYPE(A1)"),
        ("=合计+LOG10(A1)", "=合计+LOG10(A1)"),
        ("=#N/A", "=#N/A"),
        ("=INDEX(表[[#This Row],[甲]],1)", "=INDEX(表[[#This Row],[甲]];1)"),
    ],
)
def test_a_formula_is_turned_from_excels_to_libreoffices_and_back(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc
    assert to_excel(calc) == excel


def test_a_prefix_for_newer_functions_is_left_out() -> None:
    assert to_calc("=_xlfn.IFNA(A1,1)") == "=IFNA(A1;1)"


def test_a_sheet_that_a_person_named_without_quotes_is_understood() -> None:
    assert to_excel("=SUM(Sheet2.A1:Sheet2.B2;$统计表.C1)") == "=SUM(Sheet2!A1:Sheet2!B2,统计表!C1)"


def test_a_lost_reference_stays_lost() -> None:
    assert to_calc("=SUM(统计表!#REF!,1)") == "=SUM(#REF!;1)"


@pytest.mark.parametrize("formula", ["=[1]Sheet1!A1", "='[甲.xlsx]表'!A1", "=SUM(S1:S3!A1)", "=@A1", "=A1#"])
def test_what_libreoffice_cannot_take_is_named(formula: str) -> None:
    with pytest.raises(NotSupportedError, match="is not supported on LibreOffice because of"):
        to_calc(formula)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=A1+$A$1+A$1+$A1", "=C2+$A$1+C$1+$A2"),
        ("=SUM(A:B,1:2,$A:B,$1:2,统计表!Z9)", "=SUM(C:D,2:3,$A:D,$1:3,统计表!AB10)"),
        ('=LOG10(A1)&"A1"&名A1', '=LOG10(C2)&"A1"&名A1'),
    ],
)
def test_references_move_with_a_formula(formula: str, moved: str) -> None:
    assert move_formula(formula, rows=1, columns=2) == moved


REFERENCES = st.sampled_from(["A1", "$B$2:C3", "统计表!A1", "'表 二'!$A1:B2", "D:D", "'2024'!1:2", "合计", "#N/A"])
CONSTANTS = st.one_of(
    st.integers(0, 999).map(str),
    st.text(max_size=5).map(lambda text: '"' + text.replace('"', '""') + '"'),
    st.just("{1,2;3,4}"),
)


def grow(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    calls = st.tuples(st.sampled_from(["SUM", "IF", "ERROR.TYPE", "自定义"]), st.lists(parts, max_size=3))
    return st.one_of(
        st.tuples(parts, st.sampled_from(["+", "&", "<>", " * ", ":"]), parts).map("".join),
        calls.map(lambda call: f"{call[0]}({','.join(call[1])})"),
        parts.map(lambda part: f"({part})"),
        st.tuples(parts, parts).map(lambda pair: f"({pair[0]},{pair[1]})"),
    )


@given(st.recursive(REFERENCES | CONSTANTS, grow, max_leaves=8).map(lambda formula: f"={formula}"))
def test_any_formula_comes_back_as_it_was(formula: str) -> None:
    assert to_excel(to_calc(formula)) == formula
    assert move_formula(formula, rows=0, columns=0) == formula


@pytest.fixture
def figures(book: xlwings.Book) -> xlwings.Sheet:
    """Give a sheet before 统计表, which holds 1 to 6 in A1:B3, and 表 二, which holds 10 in A1."""
    book.sheets.add("统计表", after=book.sheets[-1])["A1"].value = [[1, 2], [3, 4], [5, 6]]
    book.sheets.add("表 二", after=book.sheets[-1])["A1"].value = 10
    return book.sheets[0]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(统计表!A1:B3,'表 二'!A1)", 31.0),
        ('=SUMIFS(统计表!B:B,统计表!A:A,">1",统计表!A:A,"<>5")', 4.0),
        ("=SUM({1,2;3,4})", 10.0),
        ("=SUM((统计表!A1,统计表!B3))", 7.0),
        ("=SUM(统计表!A1:B2 统计表!B2:B3)", 4.0),
        ('=IFERROR(1/0,"空，;!")', "空，;!"),
        ("=SUMPRODUCT((统计表!A1:A3>1)*统计表!B1:B3)", 10.0),
        ("=OFFSET(统计表!A1,,1)", 2.0),
    ],
)
def test_a_formula_in_excels_words_is_calculated(figures: xlwings.Sheet, formula: str, value: object) -> None:
    figures["A1"].formula = formula
    assert figures["A1"].value == value
    assert figures["A1"].formula == formula


@pytest.mark.libreoffice
def test_a_block_of_formulas_and_typed_text_is_written_at_once(figures: xlwings.Sheet) -> None:
    figures["A1"].formula = [["=统计表!A1+1", "甲", "12"], ["=A1*2", "", "'007"]]
    assert figures["A1:C2"].value == [[2.0, "甲", 12.0], [4.0, None, "007"]]
    assert figures["A1:C2"].formula == [["=统计表!A1+1", "甲", "12"], ["=A1*2", "", "007"]]


@pytest.mark.libreoffice
def test_one_formula_fills_a_range_and_its_references_move_along(figures: xlwings.Sheet) -> None:
    figures["A1:B3"].formula = "=统计表!A1*'表 二'!$A$1"
    assert figures["A1:B3"].value == [[10.0, 20.0], [30.0, 40.0], [50.0, 60.0]]
    assert figures["B3"].formula == "=统计表!B3*'表 二'!$A$1"


@pytest.mark.libreoffice
def test_the_formula_of_a_constant_is_its_text(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[5, 0.1, 1e20, "'=1+1", "007", None, "=NA()"]]
    assert sheet["A1:G1"].formula == [["5", "0.1", "1e+20", "=1+1", "007", "", "=NA()"]]


@pytest.mark.libreoffice
def test_an_array_formula_fills_its_range(figures: xlwings.Sheet) -> None:
    figures["A1:A3"].formula_array = "=统计表!A1:A3*2"
    assert figures["A1:A3"].value == [2.0, 6.0, 10.0]
    assert figures["A1:A3"].formula_array == "=统计表!A1:A3*2"
    assert figures["A1:A3"].has_array
    assert not figures["B1"].has_array
    assert figures["B1"].formula_array is None

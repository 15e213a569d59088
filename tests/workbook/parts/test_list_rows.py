"""Lines of a list written as rows say what was to be written, cell by cell, and take no more cells than they need."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.cell_names import cell_name
from xl_disclosure.workbook.book import CellContent, ErrorValue, ListLine, list_cells
from xl_disclosure.workbook.parts.cell_xml import encode_cell, tags_with
from xl_disclosure.workbook.parts.list_rows import ListRows, LongTextError

STYLES = ("3", "", "7", "7")
BARE_STYLES = ("3", "", "", "7")
TAGS = tags_with("x:")

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(alphabet=st.characters(exclude_categories=())),
    st.sampled_from(["", "=1+1", "100%", "%s", "_x000A_", "<a>&amp;"]),
    st.sampled_from([ErrorValue("#DIV/0!")]),
)
cells = st.one_of(values, st.builds(CellContent, values, st.sampled_from(["", "SUM(A1)"])))


def list_rows() -> ListRows:
    return ListRows(TAGS, {"s": "5", "customFormat": "1"}, STYLES, BARE_STYLES)


@given(st.lists(st.lists(cells, max_size=len(STYLES)), min_size=1, max_size=4))
def test_a_line_has_the_cells_that_its_contents_have_one_by_one(lines: list[ListLine]) -> None:
    rows = list_rows()
    contents = list_cells(9, lines)
    for number, line in enumerate(lines, start=9):
        expected = ""
        for column, (style, bare) in enumerate(zip(STYLES, BARE_STYLES, strict=True)):
            content = contents.get((number, column), CellContent())
            if content.value not in (None, "") or content.formula or style != bare:
                shown_style = f' s="{style}"' if style else ""
                expected += encode_cell(TAGS, f' r="{cell_name(number, column)}"{shown_style}', content)
        assert rows.to_text(number, line, 20.25, "<x:c/>") == (
            f'<x:row r="{number + 1}" s="5" customFormat="1" ht="20.25" customHeight="1">{expected}<x:c/></x:row>'
        )
    assert rows.formulas == {cell_name(*place) for place, content in contents.items() if content.formula}


def test_a_blank_line_of_a_plain_list_takes_no_row() -> None:
    rows = ListRows(TAGS, {}, ("", "7"), ("", "7"))
    assert rows.to_text(0, [None, ""], None, "") == ""
    assert rows.to_text(0, [None, ""], 18.0, "") == '<x:row r="1" ht="18" customHeight="1"/>'


def test_links_are_noted_by_their_cells() -> None:
    rows = list_rows()
    rows.to_text(4, [1, CellContent("位置", link="'统计表'!C12")], None, "")
    assert rows.links == {(4, 1): "'统计表'!C12"}


@pytest.mark.parametrize("cell", ["长" * 32_768, CellContent("长" * 32_768)])
def test_a_text_too_long_for_a_cell_is_refused_with_its_cell(cell: CellContent | str) -> None:
    with pytest.raises(LongTextError, match=r"^B5$"):
        list_rows().to_text(4, [1, cell], None, "")


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match=number):
        list_rows().to_text(4, [Decimal(number)], None, "")

"""A line of a list is as high as the highest of its texts, each wrapped in its own column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.actions.list_lines import FONT_SIZE, LEAST_HEIGHT, fitting_heights
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import ListColumn
from xl_disclosure.workbook.text_fit import fitting_height

COLUMNS = (ListColumn("short", "短", 6), ListColumn("long", "长", 40))

some_text = st.text(alphabet=st.sampled_from("字Ａa1 \n"), max_size=90)
cells = st.one_of(st.none(), st.integers(min_value=0, max_value=10**12), some_text, st.builds(CellContent, some_text))


@given(st.lists(st.tuples(cells, cells)))
def test_a_line_is_as_high_as_its_highest_text(lines: list[tuple[CellContent | int | str | None, ...]]) -> None:
    for line, height in zip(lines, fitting_heights(lines, COLUMNS), strict=True):
        values = [cell.value if isinstance(cell, CellContent) else cell for cell in line]
        texts = [value if isinstance(value, str) else "" for value in values]
        own = [fitting_height(text, column.width, FONT_SIZE) for text, column in zip(texts, COLUMNS, strict=True)]
        assert height == max(LEAST_HEIGHT, *own)


def test_a_chinese_character_takes_the_room_of_two_digits() -> None:
    assert fitting_heights([["1" * 5], ["字" * 2]], COLUMNS) == [fitting_height("", 6, FONT_SIZE)] * 2
    assert fitting_heights([["1" * 6], ["字" * 3]], COLUMNS) == [fitting_height("一\n二", 6, FONT_SIZE)] * 2

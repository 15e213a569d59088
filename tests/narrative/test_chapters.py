from __future__ import annotations

import pytest

from tests.narrative.samples import text_row
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.narrative import Outline
from xl_disclosure.narrative.chapters import TextRow, arrange

FREE = load_edition("2014").outline
FIXED = load_edition("2021").outline


def arranged(*rows: TextRow) -> list[tuple[str, list[str]]]:
    """Return the chapters of free outlines that have text, with their lines."""
    _, chapters = arrange(FREE, rows)
    return [(chapter.heading, [row.text for row in chapter.rows]) for chapter in chapters if chapter.rows]


def test_lines_go_to_the_chapter_of_their_numeral_whatever_its_wording() -> None:
    assert arranged(text_row("甲", section="三、我局办理申请的情况")) == [("三、我局办理申请的情况", ["甲"])]


def test_a_line_without_a_chapter_belongs_to_the_one_above() -> None:
    assert arranged(text_row("甲", section="二、主动公开政府信息情况"), text_row("乙"))[0][1] == ["甲", "乙"]


def test_chapters_stand_in_the_order_of_their_numerals() -> None:
    rows = [text_row(numeral, section=f"{numeral}、标题") for numeral in ("十二", "二", "十", "六", "二十一")]
    assert [lines for _, lines in arranged(*rows)] == [["二"], ["六"], ["十"], ["十二"], ["二十一"]]


def test_a_heading_changed_on_one_line_is_the_chapters_heading() -> None:
    rows = [text_row("甲", section="二、主动公开政府信息情况"), text_row("乙", section="二、信息公开情况")]
    assert arranged(*rows) == [("二、信息公开情况", ["甲", "乙"])]


@pytest.mark.parametrize("section", ["", "开头", "引言"])
def test_lines_before_the_first_chapter_are_the_opening(section: str) -> None:
    opening, chapters = arrange(FREE, (text_row("甲", section=section), text_row("乙", section="一、总体工作情况")))
    assert [row.text for row in opening] == ["甲"]
    assert [row.text for row in chapters[0].rows] == ["乙"]


def test_every_chapter_of_the_outline_is_there_even_without_text() -> None:
    _, chapters = arrange(FIXED, ())
    assert [chapter.heading for chapter in chapters] == [section.heading for section in FIXED.sections]


def test_a_prescribed_heading_is_printed_as_prescribed() -> None:
    _, chapters = arrange(FIXED, (text_row("甲", section="五、问题"),))
    assert chapters[4].heading == "五、存在的主要问题及改进情况"


@pytest.mark.parametrize(
    ("outline", "section", "remedy"),
    [
        (FIXED, "七、其他", "改为下列之一：一、总体情况"),
        (FIXED, "存在的主要问题及改进情况", "改为“五、存在的主要问题及改进情况”"),
        (FREE, "主动公开政府信息情况", "改为“二、主动公开政府信息情况”；另加一章的，以序号开头"),
    ],
)
def test_a_chapter_that_is_not_recognised_is_refused_with_its_cell(outline: Outline, section: str, remedy: str) -> None:
    rows = (text_row("甲", section="一、总体情况"), text_row("乙", section=section, line=9))
    with pytest.raises(InputError) as error:
        arrange(outline, rows)
    assert error.value.place.cell == "A9"
    assert f"没有认出章节“{section}”" in error.value.what
    assert remedy in error.value.remedy

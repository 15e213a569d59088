"""Texts of cells, read many at once: the same as one by one, whatever stands beside them and whatever came before."""

from __future__ import annotations

import html
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.returns.sources.kept_texts import LONGEST_KEPT, MOST_KEPT, MOST_NEW, KeptTexts
from xl_disclosure.returns.sources.plain_sheet import LARGEST
from xl_disclosure.returns.sources.shared_strings import read_strings
from xl_disclosure.returns.sources.sheet import parse_sheet, read_sheet
from xl_disclosure.returns.sources.written_text import read_written

REFERENCES = [
    ("&#20844;&#x5F00;", "公开"),
    ("&lt;b&gt;&amp;amp;", "<b>&amp;"),
    ("&nbsp;空", "\xa0空"),
    ("甲 & 乙", "甲 & 乙"),
    ("&#0;&#xD800;", html.unescape("&#0;&#xD800;")),
    ("行&#10;行\r\n末", "行\n行\r\n末"),
    ("_x000D_&#65;", "\rA"),
    ("", ""),
]

texts_in_xml = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
rich = st.lists(texts_in_xml, min_size=1, max_size=3)


@pytest.mark.parametrize(("written", "read"), REFERENCES)
def test_what_stands_for_characters_is_read_as_they_are(written: str, read: str) -> None:
    assert read_written([written]) == [read]


def test_a_text_reads_the_same_whatever_stands_beside_it() -> None:
    for _ in range(2):
        assert read_written([written for written, _ in REFERENCES]) == [read for _, read in REFERENCES]


@given(st.lists(texts_in_xml))
def test_texts_with_marks_are_read_back(texts: list[str]) -> None:
    plain = [text for text in texts if "_x" not in text]
    assert read_written([text.encode("ascii", "xmlcharrefreplace").decode() for text in map(escape, plain)]) == plain


@given(st.lists(rich, min_size=1))
def test_shared_strings_in_several_fonts_with_guides_are_read_back(strings: list[list[str]]) -> None:
    def runs(pieces: Sequence[str]) -> str:
        return "".join(
            f'<r><rPr><b val="1"/></rPr><t xml:space="preserve">{escape(piece)}</t></r><rPh sb="0"><t>gu</t></rPh>'
            for piece in pieces
        )

    content = f"<sst>{''.join(f'<si>{runs(pieces)}</si>' for pieces in strings)}</sst>"
    wanted = ["".join(pieces) for pieces in strings]
    if not any("_x" in text for text in wanted):
        assert read_strings(content.encode()).read(range(len(strings))) == wanted


def test_a_string_written_in_an_unusual_way_does_not_change_the_others() -> None:
    odd = "<si><t>甲<![CDATA[&]]></t></si>"
    read = read_strings(f"<sst><si><t>乙</t></si>{odd}<si><t/></si><si><r><t>丙</t></r></si></sst>".encode())
    assert read.read([3, 0, 1, 2, 0]) == ["丙", "乙", "甲&", "", "乙"]


def test_texts_are_read_once_as_long_as_they_are_kept() -> None:
    asked: list[str] = []

    def read(written: Sequence[str]) -> list[str]:
        asked.extend(written)
        return [text.upper() for text in written]

    kept = KeptTexts[str](read)
    a_list = [f"line {number}" for number in range(MOST_NEW + 1)]
    long = "x" * (LONGEST_KEPT + 1)
    assert kept(["a", "b", "a", long]) == ["A", "B", "A", long.upper()]
    assert kept(["b", *a_list, "a"]) == ["B", *(line.upper() for line in a_list), "A"]
    assert kept(["a", "b"]) == ["A", "B"]
    assert sorted(asked) == sorted(["a", "b", long, *a_list])
    kept([long, a_list[0]])
    assert len(asked) == MOST_NEW + 6


def test_what_is_kept_does_not_grow_without_end() -> None:
    kept = KeptTexts[str](lambda written: [*written])
    for number in range(2 * MOST_KEPT):
        assert kept([f"{number}", "always"]) == [f"{number}", "always"]
    assert len(kept) <= MOST_KEPT


@pytest.mark.parametrize("odd", ["", '<c r="H300" t="b"><v>1</v></c>', '<c r="H300"><v>1.5</v></c>'])
def test_a_long_list_reads_as_it_is_parsed(odd: str) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="s"><v>{row % 3}</v></c>'
        f'<c r="C{row}" t="inlineStr"><is><t>第{row}&#25209;</t></is></c>{odd if row == 300 else ""}</row>'
        for row in range(1, 301)
    )
    content = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    strings = read_strings("<sst><si><t>甲</t></si><si><t>乙</t></si><si><t>表二</t></si></sst>".encode())
    assert len(content) < LARGEST
    parsed = parse_sheet((content,), strings, frozenset())
    read = read_sheet(iter((content,)), strings, frozenset())
    assert read.keys == parsed.keys
    assert len(read.cells) == len(parsed.cells)
    assert read.cells == parsed.cells
    assert read.by_key == parsed.by_key
    assert read.cells[299, 2] == "第300批"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xl_disclosure.workbook.parts.xml_text import (
    Element,
    UnusableXmlError,
    decode_cell_text,
    decode_xml,
    encode_cell_text,
    parse_xml,
    read_attributes,
    top_elements,
    write_attributes,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


@given(TEXT)
def test_any_text_of_a_cell_comes_back(text: str) -> None:
    assert decode_cell_text(encode_cell_text(text)) == text


@given(TEXT)
def test_any_text_of_a_cell_makes_well_formed_xml(text: str) -> None:
    etree.fromstring(f"<t>{encode_cell_text(text)}</t>")


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("a\r\nb", "a_x000D_\nb"),
        ("\x01", "_x0001_"),
        ("_x000D_", "_x005F_x000D_"),
        ("_x0D_", "_x0D_"),
        ("<甲&乙>", "&lt;甲&amp;乙&gt;"),
    ],
)
def test_what_xml_cannot_hold_is_escaped_as_excel_does(text: str, xml: str) -> None:
    assert encode_cell_text(text) == xml
    assert decode_cell_text(xml) == text


def test_half_a_character_is_shown_as_unreadable() -> None:
    assert encode_cell_text("某\ud83d局") == "某\ufffd局"


@pytest.mark.parametrize(
    ("xml", "text"),
    [("&#x4E2D;&#25991;", "中文"), ("a\r\nb\rc", "a\nb\nc"), ("&quot;&apos;", "\"'"), ("_xD83D_", "_xD83D_")],
)
def test_references_and_line_ends_are_resolved(xml: str, text: str) -> None:
    assert decode_cell_text(xml) == text


@given(st.dictionaries(st.from_regex("[a-z]{1,5}(:[a-z]{1,3})?", fullmatch=True), XML_TEXT, max_size=5))
def test_attributes_written_are_read_back(attributes: dict[str, str]) -> None:
    assert read_attributes(f"<tag{write_attributes(attributes)}/>") == attributes


def test_attributes_may_stand_in_single_quotes() -> None:
    assert read_attributes("""<tag a = 'it"s' b="it's"/>""") == {"a": 'it"s', "b": "it's"}


def test_only_the_outermost_elements_are_given() -> None:
    text = "<a/><b><a/><c>x</c></b> <d e='/'></d></root><after/>"
    assert list(top_elements(text)) == [Element("a", 0, 4), Element("b", 4, 23), Element("d", 24, 37)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_may_be_in_either_encoding_of_the_standard(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><表>统计</表>'
    assert decode_xml(xml.encode(encoding)).endswith("<表>统计</表>")


def test_a_plain_document_is_given_as_it_is() -> None:
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<a  b=\'1\'>&#10;</a>\n'
    assert decode_xml(b"\xef\xbb\xbf" + xml.encode()) == xml


UNUSABLE = ("", "<a>", "<a></b>", "<a/><b/>", "<!DOCTYPE a><a/>", "<a>\x01</a>")


@pytest.mark.parametrize("xml", [*UNUSABLE, '<?xml version="1.0" encoding="gb18030"?><a/>'])
def test_what_is_malformed_or_brings_a_document_type_is_unusable(xml: str) -> None:
    with pytest.raises(UnusableXmlError):
        decode_xml(xml.encode())


@pytest.mark.parametrize("xml", UNUSABLE)
def test_a_tree_is_made_of_nothing_that_is_malformed_or_brings_a_document_type(xml: str) -> None:
    with pytest.raises(UnusableXmlError):
        parse_xml(xml.encode())

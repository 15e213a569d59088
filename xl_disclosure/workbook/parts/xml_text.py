"""XML as text: checked as a whole, then read and changed in place, so that what is not touched stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

# In well-formed XML without a document type, patterns for single tags are exact but for these: comments and CDATA
# sections, processing instructions, and a ">" inside an attribute.
_HIDDEN_TAGS = re.compile(r"""<!|<\?(?!xml\s)|=\s*"[^"<>]*>|=\s*'[^'<>]*>""")
_TAG = re.compile(r"<(/?)([^\s/>]+)([^>]*?)(/?)>")
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
# ST_Xstring (ECMA-376 part 1, 22.9.2.19): characters that XML cannot hold, and a text that looks like such an escape.
_ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NEEDS_CARE = re.compile(f"[&<>]|{_UNWRITABLE.pattern}|{_LONE_SURROGATE.pattern}")


class UnusableXmlError(ValueError):
    """Report XML that is malformed, or that brings a document type (none of Office's parts has one)."""


@dataclass(frozen=True, slots=True)
class Element:
    """Name an element of a text by its tag and by where it starts and ends."""

    name: str
    start: int
    end: int


def decode_xml(content: bytes) -> str:
    """Return the text of an XML document in which a pattern finds nothing but real tags.

    Raises:
        UnusableXmlError: the content is malformed or has a document type.
    """
    encoding = _check(content)
    if encoding.lower() == "utf-8":
        text = content.decode("utf-8-sig")
        if _is_nothing_but_tags(text) or not _HIDDEN_TAGS.search(text):
            return text
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True, strip_cdata=True)
    root = etree.fromstring(content, parser)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True).decode("utf-8")


def parse_xml(content: bytes) -> Any:
    """Return the root of an XML document as lxml has it.

    Raises:
        UnusableXmlError: the content is malformed or has a document type.
    """
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise UnusableXmlError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnusableXmlError("a document type")
    return root


def _is_nothing_but_tags(text: str) -> bool:
    """Tell whether every < and > of a well-formed text is a tag's; a large sheet is looked through in a moment."""
    return text.count("<") == text.count(">") and "<!" not in text and text.find("<?", 1) < 0


def _check(content: bytes) -> str:
    """Return the document's declared encoding."""
    encodings = ["utf-8"]

    def note_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
        encodings.append(encoding or encodings[0])

    def refuse_document_type(*_: object) -> None:
        raise UnusableXmlError("a document type")

    parser = expat.ParserCreate()
    parser.XmlDeclHandler = note_encoding
    parser.StartDoctypeDeclHandler = refuse_document_type
    is_final = True
    try:
        parser.Parse(content, is_final)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnusableXmlError(str(error)) from error
    return encodings[-1]


def elements(text: str, name: str, start: int = 0) -> Iterator[Element]:
    """Give the elements of a name from a place on; none may hold one of its own kind."""
    opening = re.compile(rf"<{name}(?=[\s/>])[^>]*>")
    while tag := opening.search(text, start):
        start = tag.end()
        if not tag[0].endswith("/>"):
            start = text.index(">", text.index(f"</{name}", start)) + 1
        yield Element(name, tag.start(), start)


def top_elements(text: str, start: int = 0) -> Iterator[Element]:
    """Give the outermost elements from a place on, up to the end tag that closes what surrounds them."""
    depth = 0
    opened = start
    for tag in _TAG.finditer(text, start):
        is_closing, name, is_empty = bool(tag[1]), tag[2], bool(tag[4])
        if depth == 0 and is_closing:
            return
        if depth == 0:
            opened = tag.start()
        if is_closing:
            depth -= 1
        elif not is_empty:
            depth += 1
        if depth == 0:
            yield Element(name, opened, tag.end())


def root_elements(text: str) -> Iterator[Element]:
    """Give the elements directly below a document's root."""
    for tag in _TAG.finditer(text):
        if not tag[2].startswith("?"):
            return top_elements(text, tag.end()) if not tag[4] else iter(())
    return iter(())


def read_attributes(tag: str) -> dict[str, str]:
    """Return the attributes written in a tag."""
    found = _ATTRIBUTE.findall(tag)
    return {name: resolve_references(double or single) for name, double, single in found}


def write_attributes(attributes: dict[str, str]) -> str:
    """Return the attributes as they stand in a tag, each after a blank."""
    return "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())


def resolve_references(text: str) -> str:
    """Return the text that XML character data stands for."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    return _REFERENCE.sub(_resolve, text)


def _resolve(reference: re.Match[str]) -> str:
    name = reference[1]
    if not name.startswith("#"):
        return _NAMED[name]
    is_hexadecimal = name.startswith("#x")
    return chr(int(name.lstrip("#x"), 16 if is_hexadecimal else 10))


def escape_text(text: str) -> str:
    """Return text as XML character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Return text as it stands between an attribute's double quotes."""
    return escape_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def needs_encoding(text: str) -> bool:
    """Tell whether a cell's text, or one of several joined, does not stand in XML as it is."""
    return _NEEDS_CARE.search(text) is not None


def encode_cell_text(text: str) -> str:
    """Return a cell's text as XML, what XML cannot hold escaped as spreadsheets do."""
    if not needs_encoding(text):
        return text
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape_text(_LONE_SURROGATE.sub("\ufffd", text))


def decode_cell_text(xml: str) -> str:
    """Return the text that a cell's XML stands for."""
    text = resolve_references(xml)
    if "_x" not in text:
        return text
    return _ESCAPED_CHARACTER.sub(_unescape, text)


def _unescape(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return escape[0] if _LONE_SURROGATE.match(character) else character

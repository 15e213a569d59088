"""XML from strangers: parsed without entities, within bounds, never beyond the file itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from xml.parsers import expat

from xl_disclosure.errors import InputError
from xl_disclosure.returns.sources.archive import damaged, too_large

if TYPE_CHECKING:
    from lxml import etree

MOST_DIGITS = 9

MAX_TREE = 24 * 1024 * 1024
"""Bytes of a part that is parsed as a whole: in memory it takes ten times that."""

Attributes = Mapping[str, str]
OnStart = Callable[[str, Attributes], None]
OnText = Callable[[str], None]


class Enough(Exception):  # noqa: N818 - not an error: the reader has all it wants
    """End the parsing of a part whose remainder is not wanted."""


def parse_events(chunks: Iterable[bytes], on_start: OnStart, on_text: OnText | None = None) -> None:
    """Call ``on_start`` with every element's name, without its prefix, and ``on_text`` with the text that follows.

    The text may come in pieces. Raises InputError for damaged XML or one that defines entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_entities()
    parser.StartElementHandler = _on_first_start(parser, on_start)
    if on_text is not None:
        parser.CharacterDataHandler = on_text
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - the parameter of a C function
    except Enough:
        return
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise damaged() from error


def _on_first_start(parser: expat.XMLParserType, on_start: OnStart) -> OnStart:
    """Return a handler that drops prefixes only where the root has one: most files have none, and speed counts."""

    def start_without_prefix(name: str, attributes: Attributes) -> None:
        on_start(name.rpartition(":")[2], attributes)

    def start_root(name: str, attributes: Attributes) -> None:
        handler = start_without_prefix if ":" in name else on_start
        parser.StartElementHandler = handler
        handler(name, attributes)

    return start_root


def elements(content: bytes, names: frozenset[str]) -> list[tuple[str, Attributes]]:
    """Return the elements of those names, without their prefixes, in order."""
    found: list[tuple[str, Attributes]] = []

    def on_start(name: str, attributes: Attributes) -> None:
        if name in names:
            found.append((name, attributes))

    parse_events((content,), on_start)
    return found


def whole_number(text: str) -> int | None:
    """Return the number an attribute states; None for what is none or beyond any part of a file."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else None


def parse_tree(content: bytes) -> etree._Element:
    """Return the root of an XML part; InputError for damaged XML or one that defines entities."""
    from lxml import etree

    if len(content) > MAX_TREE:
        raise too_large()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse_entities()
    return root


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; blank for a comment or instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local_attribute(element: etree._Element, name: str) -> str:
    """Return the attribute of that name in whatever namespace, or a blank."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Give the child elements of those names in whatever namespace."""
    for child in element:
        if local_name(child) in names:
            yield child


def _refuse_entities() -> None:
    what = "文件中有正常文件不会有的实体定义（可能是恶意文件），没有读取"
    raise InputError(what, "请报送单位用 Excel、WPS 重新保存后再报")

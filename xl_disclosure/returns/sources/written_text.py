"""Texts as XML writes them, read with their character references resolved; many at once, for lists have thousands."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from xl_disclosure.returns.sources.kept_texts import KeptTexts

_SEPARATOR = "<s/>"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_written(written: Sequence[str]) -> list[str]:
    """Return the texts of cells, none of which holds markup, as they read.

    What is no reference in XML is taken for one in HTML or, if it is none there either, for itself.
    """
    marked = [text for text in written if "&" in text]
    resolved = dict(zip(marked, _resolve_all(marked), strict=True)) if marked else {}
    texts = [resolved[text] if "&" in text else text for text in written] if marked else written
    return [unescape(text) if "_x" in text else text for text in texts]


def unescape(text: str) -> str:
    """Return the text with the characters that Excel writes as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _resolve(texts: Sequence[str]) -> list[str]:
    together = _SEPARATOR.join(texts)
    try:
        # Without markup of its own it defines no entities. A parser would change the ends of lines.
        read = None if "\r" in together else ET.fromstring(f"<t>{together}</t>")  # noqa: S314
    except ET.ParseError:
        read = None
    if read is not None:
        return [read.text or "", *(part.tail or "" for part in read)]
    if len(texts) > 1:
        return [resolved for text in texts for resolved in _resolve([text])]
    return [*map(html.unescape, texts)]


_resolve_all: KeptTexts[str] = KeptTexts(_resolve)

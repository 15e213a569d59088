"""Texts as XML writes them, read with their character references resolved; many at once, for lists have thousands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from xl_disclosure.errors import InputError
from xl_disclosure.returns.sources.kept_texts import KeptTexts
from xl_disclosure.returns.sources.markup import parse_events

APART = "\0"
"""Stands between texts; XML holds it in none."""

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
    with suppress(InputError):
        if "\r" not in together:  # A parser would change the ends of lines.
            return _texts_in(f"<t>{together}</t>")
    if len(texts) > 1:
        return [resolved for text in texts for resolved in _resolve([text])]
    import html  # takes a millisecond, and hardly ever is anything left to it

    return [*map(html.unescape, texts)]


def _texts_in(markup: str) -> list[str]:
    """Return the text behind the opening of each element."""
    texts: list[str] = []

    def on_text(piece: str) -> None:
        texts[-1] += piece

    parse_events((markup.encode(),), lambda *_: texts.append(""), on_text)
    return texts


_resolve_all: KeptTexts[str] = KeptTexts(_resolve)

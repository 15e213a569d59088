"""What of a text can be printed: XML and HTML allow no control characters, and they say nothing to a reader."""

from __future__ import annotations

import re
from functools import lru_cache

_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@lru_cache(maxsize=2048)
def split_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a cell, one a paragraph, without unprintable characters and blank lines."""
    lines = (_UNPRINTABLE.sub("", line).strip() for line in _LINE_END.split(text))
    return tuple(line for line in lines if line)


def one_line(text: str) -> str:
    """Return the text on one line, without unprintable characters."""
    return " ".join(split_lines(text))

"""Chinese labels and figures as people type them, brought to one form for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETS_AND_MARKS = str.maketrans(
    {"，": ",", "、": ",", "；": ";", "：": ":", "（": "(", "）": ")", "【": "[", "】": "]", "“": '"', "”": '"'}
)
_SPACE = r"\s\u00a0\u200b\u3000\ufeff"
_SPACES = re.compile(f"[{_SPACE}]+")
_TO_CHANGE = re.compile(f"[{_SPACE}{''.join(map(chr, _BRACKETS_AND_MARKS))}]")


def fold_width(text: str) -> str:
    """Return the text with full-width digits, letters and marks made half-width."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """Return what two labels must share to count as the same: no spaces, half-width, one kind of comma and bracket."""
    folded = fold_width(text)
    if not _TO_CHANGE.search(folded):
        return folded
    return _SPACES.sub("", folded).translate(_BRACKETS_AND_MARKS)

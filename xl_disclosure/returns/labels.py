"""Labels as forms print them and as files repeat them: what counts as the same, and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xl_disclosure.forms.text import label_key

LONGEST_LABEL = 120
"""Characters. The longest printed label has 48; what is longer is prose."""

EXACT = 3
LOOSE = 2
"""How well a text fits a label: word for word, or but for 其中 and the numbering."""

YEAR_FIELD = "{year}"

_ORDINAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_NUMBERED = re.compile(rf"(?:其中[:,]?)?(?:(?:\(({_ORDINAL})\)|({_ORDINAL})[.,:])[.,:]?)?(.+)")


def key_of(text: str) -> str:
    """Return what two labels must share to be the same; a blank for what is too long for one."""
    return _short_key(text) if len(text) <= LONGEST_LABEL else ""


@lru_cache(maxsize=8192)
def _short_key(text: str) -> str:
    return label_key(text)


@lru_cache(maxsize=8192)
def split_number(key: str) -> tuple[str, str]:
    """Return a label's number, blank when it has none, and its words without number and 其中."""
    found = _NUMBERED.fullmatch(key)
    return (found[1] or found[2] or "", found[3]) if found else ("", key)


@dataclass(frozen=True)
class Wording:
    """Hold one printed label with the other wordings seen in print."""

    label: str
    accept: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the keys of all its wordings."""
        return frozenset(label_key(wording) for wording in (self.label, *self.accept))

    def strength(self, key: str) -> int:
        """Return how well a key fits: EXACT, LOOSE, or 0."""
        if self.fits(key):
            return EXACT
        number, words = split_number(key)
        for own_number, own_words in self._parts:
            if words == own_words and (not number or not own_number or number == own_number):
                return LOOSE
        return 0

    def fits(self, key: str) -> bool:
        """Tell whether a key is one of its wordings, word for word."""
        return key in self.keys or (self.is_pattern and self._pattern.fullmatch(key) is not None)

    @cached_property
    def _parts(self) -> tuple[tuple[str, str], ...]:
        return tuple(split_number(key) for key in self.keys)

    @cached_property
    def is_pattern(self) -> bool:
        """Tell whether the label holds a year, which differs from file to file and is left out while it is not set."""
        return YEAR_FIELD in self.label

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        before, _, after = label_key(self.label).partition(YEAR_FIELD)
        return re.compile(rf"{re.escape(before)}(?:\d{{4}})?{re.escape(after)}")

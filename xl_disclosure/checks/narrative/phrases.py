"""The phrases of an edition's claims, compiled when first needed."""

from __future__ import annotations

import re
from functools import cache

from xl_disclosure.errors import Place, RuleError

FIRST_MARK = 0xE000
LAST_MARK = 0xF8FF
"""In marked text each figure is one character of the private use area: the first figure ``FIRST_MARK``, and so on."""

MARK = f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]"

_MARKS = re.compile(MARK)
_GAP = f"[^{chr(FIRST_MARK)}-{chr(LAST_MARK)}]{{0,24}}?"
_LINK = (
    "(?:的|之)?(?:申请|答复|案件|事项|决定|件数|条数|次数|人数|数量|总数|总量|数)*"
    "(?:共计|总计|合计|累计|共有|[为是有共计达约:：])*"
)
_SHORTHAND = {"#": f"(?P<figure>{MARK})", "…": _GAP, "~": _LINK}


@cache
def compile_phrase(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase over marked text; the group ``figure`` is the mark of its figure, if it has one.

    Raises RuleError for a phrase that is no regular expression or has several figures.
    """
    written = "".join(_SHORTHAND.get(character, character) for character in phrase)
    try:
        return re.compile(written)
    except re.error as error:
        remedy = "按正则表达式的写法改正；一个短语里只写一个 #"
        raise RuleError(f"短语“{phrase}”读不出（{error.msg}）", remedy, Place(file="claims.toml")) from error


def has_figure(text: str) -> bool:
    """Tell whether marked text has a figure in it."""
    return _MARKS.search(text) is not None


def is_found(pattern: str, text: str) -> bool:
    """Tell whether a pattern of an edition is found in marked text; a blank pattern never is."""
    return bool(pattern) and compile_phrase(pattern).search(text) is not None


def is_met(pattern: str, text: str) -> bool:
    """Tell whether a demand of an edition is met by marked text; a blank one always is."""
    return not pattern or is_found(pattern, text)

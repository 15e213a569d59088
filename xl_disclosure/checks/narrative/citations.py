"""The notice a text cites as its basis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.record import Failure, Record, Terms
from xl_disclosure.forms.text import fold_width, label_key

BASIS_RULE = "text.basis"

_BRACKETS = str.maketrans("〔〕[]【】（）", "()()()()")


def check_citations(record: Record, passages: Sequence[Passage]) -> None:
    """Report a notice cited that another has replaced."""
    citation = record.claims.citation
    if not record.asks_for(BASIS_RULE) or not citation.outdated:
        return
    for passage in passages:
        is_current, cited = _cited(record.terms, passage.text)
        if is_current:
            record.used.add(BASIS_RULE)
        if cited is not None:
            words = {"cited": cited, "current": citation.current}
            record.fail(Failure(BASIS_RULE, passage.place, cited, citation.current, words))


@lru_cache(maxsize=2048)
def _cited(terms: Terms, paragraph: str) -> tuple[bool, str | None]:
    """Tell whether a paragraph cites the notice in force, and which outdated one."""
    text, citation = _plain(paragraph), terms.claims.citation
    outdated = next((outdated for outdated in citation.outdated if _plain(outdated) in text), None)
    return _plain(citation.current) in text, outdated


def _plain(text: str) -> str:
    return label_key(fold_width(text).translate(_BRACKETS))

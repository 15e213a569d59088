"""Percentages behind a figure, held against the wholes of which it may be the share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from xl_disclosure.checks.narrative.figures import PERCENT, Figure
from xl_disclosure.checks.narrative.holdings import Form, Holding
from xl_disclosure.checks.narrative.phrases import compile_phrase
from xl_disclosure.checks.narrative.record import Failure, Record
from xl_disclosure.checks.narrative.statements import Statement
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.phrases import format_number

_SHARE = "^…占…#"
_TOLERANCE = Decimal("0.05")


def check_share(record: Record, form: Form, statement: Statement) -> None:
    """Report a percentage behind a figure that is its share of none of the wholes the edition names."""
    share = _share_behind(statement)
    if share is None or share.counter != PERCENT or share.vague:
        return
    texts = record.claims.shares_of.get(statement.claim.rule, ())
    wholes = [holding for text in texts if (holding := form.holding(text)) is not None and holding.value]
    if wholes and not _is_share(share, statement.figure.value, wholes):
        record.fail(_failure(form, statement, share, wholes[0]))


def _share_behind(statement: Statement) -> Figure | None:
    """Return the percentage that follows a figure: in its clause, in brackets, or at the clause's end in the next."""
    found = compile_phrase(_SHARE).search(_text_behind(statement))
    return statement.passage.read.figure(found["figure"]) if found is not None else None


def _text_behind(statement: Statement) -> str:
    clause, sentence = statement.clause, statement.sentence
    for aside in sentence.asides:
        if aside.after and aside.after in statement.marked.text and aside.clauses:
            return aside.clauses[0].text
    rest = clause.text[clause.text.index(statement.marked.text) + len(statement.marked.text) :]
    clauses = sentence.all_clauses
    following = clauses[clauses.index(clause) + 1 :]
    return following[0].text if following and not rest else rest


def _is_share(share: Figure, part: Number, wholes: Sequence[Holding]) -> bool:
    tolerance = max(_TOLERANCE, Decimal(5).scaleb(-_decimals(share) - 1))
    return any(abs(_per_cent(part, whole) - share.value) <= tolerance for whole in wholes)


def _failure(form: Form, statement: Statement, share: Figure, whole: Holding) -> Failure:
    part = statement.figure.value
    expected = _per_cent(part, whole).quantize(Decimal(1).scaleb(-_decimals(share)), ROUND_HALF_UP)
    division = f"{format_number(part)}÷{format_number(whole.value)}＝{expected}%"
    words = {
        "excerpt": statement.excerpt,
        "said": f"占{share.value}%",
        "form": f"{form.describe(whole)}，{division}",
        "hint": "",
    }
    return Failure(statement.claim.rule, statement.passage.place, share.value, expected, words, whole.values)


def _per_cent(part: Number, whole: Holding) -> Decimal:
    return Decimal(part) * 100 / Decimal(whole.value)


def _decimals(figure: Figure) -> int:
    exponent = Decimal(figure.value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

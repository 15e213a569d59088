"""Figures that the text states of the form, held against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xl_disclosure.checks.narrative.holdings import Form, Holding
from xl_disclosure.checks.narrative.passages import Passage, with_figures
from xl_disclosure.checks.narrative.record import Failure, Record, TextMatch
from xl_disclosure.checks.narrative.shares import check_share
from xl_disclosure.checks.narrative.statements import Statement, find_statements
from xl_disclosure.rules.phrases import format_number


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold a statement with what the form says: the holding that has its value, if any, otherwise the first."""

    statement: Statement
    holding: Holding
    agrees: bool

    @property
    def may_be_part(self) -> bool:
        """Tell whether the figure is small enough to be a part of what the form says."""
        return self.statement.claim.whole and self.statement.figure.value < self.holding.value


def check_stated_figures(record: Record, form: Form, passages: Sequence[Passage]) -> None:
    """Hold every figure that a claim of the edition fits against the form, and its percentage against the whole."""
    verdicts = list(_judge(record, form, passages))
    agreed = {verdict.statement.claim.code for verdict in verdicts if verdict.agrees}
    told: set[tuple[str, object]] = set()
    for verdict in verdicts:
        claim, value = verdict.statement.claim, verdict.statement.figure.value
        if verdict.may_be_part and not verdict.agrees and claim.code in agreed:
            continue
        record.used.add(claim.rule)
        record.matches.append(_match(verdict.statement, verdict))
        if verdict.agrees:
            check_share(record, form, verdict.statement)
        elif (claim.code, value) not in told:
            told.add((claim.code, value))
            record.fail(_contradiction(record, form, verdict))


def _judge(record: Record, form: Form, passages: Sequence[Passage]) -> Iterator[Verdict]:
    """Give a verdict on every statement of which the form says anything; the others are only noted as matched."""
    for passage in with_figures(passages):
        for statement in find_statements(record, passage):
            allowed = statement.allowed_holdings
            agreeing = form.equal(allowed, statement.figure.value)
            holding = agreeing or form.first(allowed)
            if holding is None:
                record.matches.append(_match(statement, None))
            else:
                yield Verdict(statement, holding, agreeing is not None)


def _match(statement: Statement, verdict: Verdict | None) -> TextMatch:
    return TextMatch(
        rule=statement.claim.rule,
        words=statement.words,
        value=statement.figure.value,
        facts=verdict.holding.facts if verdict is not None else (),
        expected=verdict.holding.value if verdict is not None else None,
        agrees=verdict.agrees if verdict is not None else None,
        place=statement.passage.place,
        excerpt=statement.excerpt,
    )


def _contradiction(record: Record, form: Form, verdict: Verdict) -> Failure:
    statement, holding = verdict.statement, verdict.holding
    claim = statement.claim
    says_zero = bool(claim.zero_rule) and holding.value == 0 and record.asks_for(claim.zero_rule)
    return Failure(
        rule=claim.zero_rule if says_zero else claim.rule,
        place=statement.passage.place,
        found=statement.figure.value,
        expected=holding.value,
        words={
            "excerpt": statement.excerpt,
            "said": statement.words,
            "form": form.describe(holding),
            "hint": _hint(form, statement),
        },
        values=holding.values,
    )


def _hint(form: Form, statement: Statement) -> str:
    """Return what else the figure may mean, where a wider holding that the text does not name has its value."""
    wider = form.equal(statement.claim.wider, statement.figure.value)
    if wider is None:
        return ""
    names = "与".join(form.name(address) for address in wider.shown)
    return f"；{names}之和正是 {format_number(wider.value)}，如是此意，请在文中写明"

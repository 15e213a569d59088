"""Figures that the text states of the form, held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xl_disclosure.checks.narrative.figures import PERCENT, Figure
from xl_disclosure.checks.narrative.holdings import Form, Holding
from xl_disclosure.checks.narrative.passages import Passage
from xl_disclosure.checks.narrative.phrases import MARK, compile_phrase, has_figure, is_found, is_met
from xl_disclosure.checks.narrative.record import Failure, Record, TextMatch
from xl_disclosure.checks.narrative.sentences import Clause, Marked, Sentence
from xl_disclosure.forms.claims import FigureClaim
from xl_disclosure.rules.phrases import format_number

_JOINED_TO_ANOTHER = re.compile(f"(?<!{MARK})(?:[、和与或]|(?<!涉)及)$")
_SHARE = compile_phrase("^…占…#")
_SHARE_TOLERANCE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold one figure of the text with the claim that fits it, and where it stands."""

    claim: FigureClaim
    figure: Figure
    marked: Marked
    clause: Clause
    sentence: Sentence
    passage: Passage

    @property
    def words(self) -> str:
        """Return the phrase as written."""
        return self.passage.read.words(self.marked)

    @property
    def excerpt(self) -> str:
        """Return the clause as written, cut short."""
        return self.passage.read.excerpt(self.clause.marked)


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
    verdicts: list[Verdict] = []
    for passage in passages:
        for statement in find_statements(record, passage):
            allowed = _allowed_holdings(statement)
            agreeing = form.equal(allowed, statement.figure.value)
            holding = agreeing or form.first(allowed)
            if holding is None:
                record.matches.append(_match(statement, None))
            else:
                verdicts.append(Verdict(statement, holding, agreeing is not None))
    agreed = {verdict.statement.claim.code for verdict in verdicts if verdict.agrees}
    told: set[tuple[str, object]] = set()
    for verdict in verdicts:
        claim, value = verdict.statement.claim, verdict.statement.figure.value
        if not verdict.agrees and verdict.may_be_part and claim.code in agreed:
            continue
        record.used.add(claim.rule)
        record.matches.append(_match(verdict.statement, verdict))
        if verdict.agrees:
            _check_share(record, verdict.statement, form)
        elif (claim.code, value) not in told:
            told.add((claim.code, value))
            record.fail(_contradiction(record, verdict, form))


def find_statements(record: Record, passage: Passage) -> Iterator[Statement]:
    """Give the figures of a paragraph that claims fit; each goes to the first claim that does."""
    paragraph = passage.heading + "".join(sentence.text for sentence in passage.read.sentences)
    for sentence in passage.read.sentences:
        for clause in sentence.all_clauses:
            if not has_figure(clause.text) or is_elsewhere(record, clause):
                continue
            taken: set[str] = set()
            for claim in record.claims.figures:
                if not record.asks_for(claim.rule) or not _may_speak(claim, clause, sentence, passage, paragraph):
                    continue
                for found in _phrase_matches(claim, clause, passage, record.claims.counters):
                    if found["figure"] in taken:
                        continue
                    taken.add(found["figure"])
                    marked = clause.marked.part(found.start(), found.end())
                    figure = passage.read.figure(found["figure"])
                    yield Statement(claim, figure, marked, clause, sentence, passage)


def is_elsewhere(record: Record, clause: Clause) -> bool:
    """Tell whether a clause speaks of another year, another unit or a change."""
    of_another_year = clause.year is not None and record.year is not None and clause.year != record.year
    return of_another_year or is_found(record.claims.elsewhere, clause.text)


def _may_speak(claim: FigureClaim, clause: Clause, sentence: Sentence, passage: Passage, paragraph: str) -> bool:
    if claim.whole and clause.behind:
        return False
    if is_found(claim.unless, clause.text):
        return False
    return is_met(claim.when, passage.heading + sentence.text) and is_met(claim.about, paragraph)


def _phrase_matches(
    claim: FigureClaim, clause: Clause, passage: Passage, usual_counters: tuple[str, ...]
) -> Iterator[re.Match[str]]:
    counters = claim.counters or usual_counters
    for phrase in claim.phrases:
        for found in compile_phrase(phrase).finditer(clause.text):
            figure = passage.read.figure(found["figure"])
            is_joined = _JOINED_TO_ANOTHER.search(clause.text[: found.start()]) is not None
            if figure.counter in counters and not figure.vague and not is_joined:
                yield found


def _allowed_holdings(statement: Statement) -> tuple[str, ...]:
    claim = statement.claim
    return claim.facts + claim.wider if is_found(claim.wider_when, statement.sentence.text) else claim.facts


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


def _contradiction(record: Record, verdict: Verdict, form: Form) -> Failure:
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
            "hint": _hint(statement, form),
        },
        values=holding.values,
    )


def _hint(statement: Statement, form: Form) -> str:
    """Return what else the figure may mean, where a wider holding that the text does not name has its value."""
    wider = form.equal(statement.claim.wider, statement.figure.value)
    if wider is None:
        return ""
    names = "与".join(form.name(address) for address in wider.shown)
    return f"；{names}之和正是 {format_number(wider.value)}，如是此意，请在文中写明"


def _check_share(record: Record, statement: Statement, form: Form) -> None:
    holdings = record.claims.shares_of.get(statement.claim.rule, ())
    mark = _share_mark(statement)
    if not mark or not holdings:
        return
    share = statement.passage.read.figure(mark)
    wholes = [holding for text in holdings if (holding := form.holding(text)) and holding.value]
    if share.counter != PERCENT or share.vague or not wholes:
        return
    places = _decimals(share)
    tolerance = max(_SHARE_TOLERANCE, Decimal(5).scaleb(-places - 1))
    shares = [Decimal(statement.figure.value) * 100 / Decimal(whole.value) for whole in wholes]
    if any(abs(one - share.value) <= tolerance for one in shares):
        return
    written = format_number(statement.figure.value)
    expected = shares[0].quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    record.fail(
        Failure(
            rule=statement.claim.rule,
            place=statement.passage.place,
            found=share.value,
            expected=expected,
            words={
                "excerpt": statement.excerpt,
                "said": f"占{share.value}%",
                "form": f"{form.describe(wholes[0])}，{written}÷{format_number(wholes[0].value)}＝{expected}%",
                "hint": "",
            },
            values=wholes[0].values,
        )
    )


def _share_mark(statement: Statement) -> str:
    """Return the mark of the percentage that follows a figure in its clause or, at its end, in the next one."""
    clause = statement.clause
    rest = clause.text[clause.text.index(statement.marked.text) + len(statement.marked.text) :]
    if not rest:
        clauses = statement.sentence.all_clauses
        following = clauses[clauses.index(clause) + 1 :]
        rest = following[0].text if following else ""
    found = _SHARE.search(rest)
    return found["figure"] if found else ""


def _decimals(figure: Figure) -> int:
    exponent = Decimal(figure.value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

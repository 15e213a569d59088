"""Every rule of every edition passes, fails, lacks a figure and stands at its edge as its case file says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.rules.case_carriers import carry_out
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.checks.wording import message
from xl_disclosure.forms.catalog import COMMON, edition_ids, load_edition
from xl_disclosure.forms.model import Edition, FactAddress, fact_address
from xl_disclosure.forms.rules import Span
from xl_disclosure.rules.binding import BoundRule, bind_rules
from xl_disclosure.rules.evaluate import Cause, Facts, Verdict, evaluate
from xl_disclosure.rules.expressions import Number
from xl_disclosure.rules.wording import describe_failure

CASES = Path(__file__).parent / "cases"
Case = Mapping[str, Any]


@cache
def case_file(name: str) -> Mapping[str, Case]:
    path = CASES / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def find_case(edition: Edition, rule: str) -> Case | None:
    """Return the case of a rule in the file of the edition, of what it extends, or of all editions."""
    for name in (edition.id, *reversed(edition.ancestors), COMMON):
        if rule in case_file(name):
            return case_file(name)[rule]
    return None


@dataclass(frozen=True, slots=True)
class Situation:
    """Bind one situation of a case file to a rule: the figures it gives and how the rule should come out."""

    rule: BoundRule
    stated: Case

    def address(self, name: str) -> FactAddress:
        table = self.rule.figures[0].address.split(".")[0]
        match self.rule.source.over:
            case Span.COLUMNS:
                return fact_address(table, name, self.rule.scope)
            case Span.ROWS:
                return fact_address(table, self.rule.scope, name)
            case _:
                return FactAddress(self.rule.scope)

    def facts(self, year: str, blank: str) -> Facts:
        stated = {self.address(name): number(value) for name, value in self.stated.get(year, {}).items()}
        blanks = {self.address(name) for name in self.stated.get(blank, [])}
        looked_at = {figure.address for figure in self.rule.figures}
        assert stated.keys() | blanks <= looked_at, "a case names figures the rule does not look at"
        return {address: None if address in blanks else stated.get(address, 0) for address in looked_at}

    @property
    def this(self) -> Facts:
        return self.facts("this", "blank")

    @property
    def last(self) -> Facts:
        return self.facts("last", "last_blank")


def number(value: object) -> Number:
    return value if isinstance(value, int) else Decimal(str(value))


SOURCES = [(edition_id, source) for edition_id in edition_ids() for source in load_edition(edition_id).rules.values()]
RULES = [(edition_id, source.id) for edition_id, source in SOURCES if source.check]
RULES_BY_CHECKERS = [(edition_id, source.id) for edition_id, source in SOURCES if not source.check]
KINDS = ("passes", "fails", "missing", "edge")
NONE_BECAUSE = "none_because"


def the_case(edition_id: str, rule_id: str) -> Case:
    case = find_case(load_edition(edition_id), rule_id)
    assert case is not None, f"rule {rule_id} of edition {edition_id} has no case under {CASES}"
    return case


def stated_situations(edition_id: str, rule_id: str, kind: str) -> list[Case]:
    stated = the_case(edition_id, rule_id)[kind]
    listed = stated if isinstance(stated, list) else [stated]
    return [one for one in listed if NONE_BECAUSE not in one]


def situations(edition_id: str, rule_id: str, kind: str) -> Iterator[Situation]:
    scope = the_case(edition_id, rule_id).get("scope")
    instances = [rule for rule in bind_rules(load_edition(edition_id)) if rule.id == rule_id]
    rule = next(rule for rule in instances if scope in (None, rule.scope))
    for stated in stated_situations(edition_id, rule_id, kind):
        yield Situation(rule, stated)


@pytest.mark.parametrize(("edition_id", "rule_id"), RULES + RULES_BY_CHECKERS)
def test_it_has_a_case_of_every_kind_or_says_why_not(edition_id: str, rule_id: str) -> None:
    case = the_case(edition_id, rule_id)
    for kind in KINDS:
        assert kind in case, f"the case of {rule_id} has no {kind}"
        if not stated_situations(edition_id, rule_id, kind):
            assert case[kind][NONE_BECAUSE]
    assert case.keys() <= {*KINDS, "scope"}


@pytest.mark.parametrize(("edition_id", "rule_id"), RULES)
def test_it_passes(edition_id: str, rule_id: str) -> None:
    for situation in situations(edition_id, rule_id, "passes"):
        assert evaluate(situation.rule, situation.this, situation.last).verdict is Verdict.PASSES


@pytest.mark.parametrize(("edition_id", "rule_id"), RULES)
def test_it_fails_and_says_so(edition_id: str, rule_id: str) -> None:
    for situation in situations(edition_id, rule_id, "fails"):
        result = evaluate(situation.rule, situation.this, situation.last)
        assert result.verdict is Verdict.FAILS
        for side in ("found", "expected"):
            if side in situation.stated:
                assert getattr(result, side) == number(situation.stated[side])
        years = {False: situation.this, True: situation.last}
        values = {figure.key: years[figure.of_last_year][figure.address] or 0 for figure in situation.rule.figures}
        assert situation.stated["says"] in describe_failure(situation.rule, values)


@pytest.mark.parametrize(("edition_id", "rule_id"), RULES)
def test_it_is_skipped_when_a_figure_is_missing(edition_id: str, rule_id: str) -> None:
    for situation in situations(edition_id, rule_id, "missing"):
        result = evaluate(situation.rule, situation.this, situation.last)
        assert (result.verdict, result.cause) == (Verdict.SKIPPED, Cause.MISSING)
        named = {*situation.stated.get("blank", []), *situation.stated.get("last_blank", [])}
        assert {figure.address for figure in result.missing} == {situation.address(name) for name in named}


@pytest.mark.parametrize(("edition_id", "rule_id"), RULES)
def test_it_is_right_at_the_edge(edition_id: str, rule_id: str) -> None:
    for situation in situations(edition_id, rule_id, "edge"):
        assert evaluate(situation.rule, situation.this, situation.last).verdict == situation.stated["comes_out"]


def carried_out(edition_id: str, rule_id: str, stated: Case, folder: Path) -> tuple[Outcome, str]:
    """Return how a rule without an expression comes out, and what its findings say."""
    edition = load_edition(edition_id)
    findings = carry_out(edition, rule_id, stated, folder)
    outcomes = [finding.outcome for finding in findings]
    graver = [outcome for outcome in (Outcome.FAILED, Outcome.SKIPPED, Outcome.PASSED) if outcome in outcomes]
    assert graver, f"nothing is told of {rule_id}"
    return graver[0], "\n".join(message(edition, finding) for finding in findings)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("edition_id", "rule_id"), RULES_BY_CHECKERS)
def test_a_checker_comes_out_as_stated(edition_id: str, rule_id: str, kind: str, tmp_path: Path) -> None:
    expected = {"passes": "passed", "fails": "failed"}
    for stated in stated_situations(edition_id, rule_id, kind):
        outcome, told = carried_out(edition_id, rule_id, stated, tmp_path)
        assert outcome == expected.get(kind) or outcome == stated.get("comes_out"), told
        assert stated.get("says", "") in told
        assert stated.get("reason", "") in told
        assert kind != "fails" or "says" in stated, "a case that fails says what the message says"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_case_file_speaks_of_rules_there_are(path: Path) -> None:
    editions = [load_edition(edition_id) for edition_id in edition_ids()]
    related = [edition for edition in editions if path.stem in (edition.id, *edition.ancestors, COMMON)]
    known = {rule for edition in related for rule in edition.rules}
    assert case_file(path.stem).keys() <= known

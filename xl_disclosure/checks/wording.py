"""Findings put into Chinese at the edge: what is wrong, what mends it, and on what the rule rests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place, RuleError
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import Basis, RuleSource, Severity
from xl_disclosure.rules.binding import BoundRule, bind_rules
from xl_disclosure.rules.phrases import format_number
from xl_disclosure.rules.wording import describe_failure

SEVERITY_WORDING: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARN: "提示", Severity.INFO: "参考"}

BASIS_WORDING: Mapping[Basis, str] = {
    Basis.OFFICIAL: "官方文件或表格载明",
    Basis.PUBLIC_CHECKER: "公开核查工具采用",
    Basis.HIERARCHY: "由表内层级推得",
    Basis.OFFICE: "本机关自定",
}

SLIP, SLIP_CELLS = "slip", "slip_cells"
"""Words of a finding behind which a likely slip was found: what it seems to be, and the addresses it is about."""

CAUSE, ALSO, RULES = "cause", "also", "rules"
"""Words of a merged finding: the names of the cells at fault, what the other parts say, the ids of the rules."""

SUMMED = "summed"
"""Word of a finding on a sum: the names of the facts in it. Its ``expected`` is what last year's come to together."""


def message(edition: Edition, finding: Finding) -> str:
    """Return what a finding says, as Chinese without a full stop; of a rule that was not run, why.

    Raises RuleError when the rule's message in the edition asks for a word the checker does not give.
    """
    if finding.outcome is not Outcome.FAILED:
        return finding.reason or edition.rules[finding.rule].name
    own = _own_message(edition, finding)
    if CAUSE not in finding.words:
        return own
    return f"{finding.words[CAUSE]}牵连几条规则：{own}；{finding.words[ALSO]}"


def fix(edition: Edition, finding: Finding) -> str:
    """Return what mends a finding, the likely slip first where one was found."""
    source = edition.rules[finding.rule]
    remedy = _fill(source, source.remedy, finding)
    return f"{finding.words[SLIP]}；{remedy}" if SLIP in finding.words else remedy


def basis(edition: Edition, finding: Finding) -> str:
    """Return on what the rule of a finding rests."""
    source = edition.rules[finding.rule]
    stated = BASIS_WORDING[source.basis]
    return f"{stated}（{source.source}）" if source.source else stated


def _own_message(edition: Edition, finding: Finding) -> str:
    source = edition.rules[finding.rule]
    if SUMMED in finding.words:
        found, before = _shown(finding.found), _shown(finding.expected)
        return f"{finding.words[SUMMED]}合计{found}，上年口径相同的各项合计{before}：{source.name}"
    if source.message:
        return _fill(source, source.message, finding)
    rule = _bound_rule(edition, finding)
    return describe_failure(rule, finding.values) if rule is not None else source.name


def _bound_rule(edition: Edition, finding: Finding) -> BoundRule | None:
    candidates = _rules_by_scope(edition).get((finding.rule, finding.scope), ())
    return next((rule for rule in candidates if set(rule.facts) <= set(finding.facts)), None)


@lru_cache(maxsize=64)
def _rules_by_scope(edition: Edition) -> Mapping[tuple[str, str], tuple[BoundRule, ...]]:
    found: dict[tuple[str, str], tuple[BoundRule, ...]] = {}
    for rule in bind_rules(edition):
        key = (rule.id, rule.scope)
        found[key] = (*found.get(key, ()), rule)
    return found


class _Words(dict[str, str]):
    """Give the words of one message, and refuse one that asks for a word there is not."""

    def __init__(self, source: RuleSource, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self.source = source

    def __missing__(self, word: str) -> str:
        place = Place(cell=f"规则 {self.source.id}")
        raise RuleError(f"话语用了没有给出的“{word}”", f"改用下列之一：{'、'.join(self)}", place)


def _fill(source: RuleSource, template: str, finding: Finding) -> str:
    words = {"found": _shown(finding.found), "expected": _shown(finding.expected), **finding.words}
    return template.format_map(_Words(source, words))


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case int() | Decimal():
            return format_number(value)
        case _:
            return str(value)

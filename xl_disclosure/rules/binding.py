"""Rules bound to an edition: every name resolved to facts, one instance for each column, row or fact spanned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xl_disclosure.forms.model import Edition, FactAddress, RowKind, Table
from xl_disclosure.forms.rules import RuleSource, Span
from xl_disclosure.rules.expressions import Comparison, Expression, Figure, figures
from xl_disclosure.rules.language import parse, refuse_rule, suggest
from xl_disclosure.rules.names import Setting, bind, find_table


@dataclass(frozen=True, eq=False)
class BoundRule:
    """Hold one rule for one column, row or fact of an edition; ``scope`` is its code, a blank for a rule held once.

    Equal only to itself.
    """

    source: RuleSource
    edition: Edition
    scope: str
    check: Expression
    when: Expression | None = None

    @property
    def id(self) -> str:
        """Return the rule's id, which all its instances share."""
        return self.source.id

    @cached_property
    def figures_of_when(self) -> tuple[Figure, ...]:
        """Return the facts the rule's condition looks at."""
        return figures(self.when) if self.when is not None else ()

    @cached_property
    def figures_of_check(self) -> tuple[Figure, ...]:
        """Return the facts the rule's check looks at."""
        return figures(self.check)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Return the facts the rule looks at, those of its condition first."""
        return tuple(dict.fromkeys((*self.figures_of_when, *self.figures_of_check)))

    @cached_property
    def facts(self) -> tuple[FactAddress, ...]:
        """Return the addresses of this year's facts the rule looks at."""
        return tuple(figure.address for figure in self.figures if not figure.of_last_year)

    @cached_property
    def needs_last_year(self) -> bool:
        """Tell whether the rule looks at last year's facts."""
        return any(figure.of_last_year for figure in self.figures)

    @property
    def computed(self) -> FactAddress | None:
        """Return the fact that is a computed total in the template by this rule; None when it computes none."""
        match self.check:
            case Comparison(operands=(Figure() as total, _)) if self.source.computes:
                return total.address
        return None


def bind_rules(edition: Edition, year: int | None = None) -> tuple[BoundRule, ...]:
    """Return the instances of all rules of an edition that have an expression, in written order.

    With a year only the rules of that year. The same edition gives the same instances each time. Raises RuleError for a
    rule that does not fit the edition.
    """
    rules = _bind_all(edition)
    if year is None:
        return rules
    return tuple(rule for rule in rules if rule.source.first_year <= year <= rule.source.last_year)


@lru_cache(maxsize=64)
def _bind_all(edition: Edition) -> tuple[BoundRule, ...]:
    sources = [source for source in edition.rules.values() if source.check]
    return tuple(rule for source in sources for rule in bind_rule(source, edition))


def bind_rule(source: RuleSource, edition: Edition) -> tuple[BoundRule, ...]:
    """Return one instance of a rule for each column, row or fact it spans.

    Raises RuleError naming the rule, its text, what does not fit and the remedy.
    """
    check = parse(source.check, source.id)
    when = parse(source.when, source.id) if source.when else None
    bound: list[BoundRule] = []
    for setting in _settings(source, edition):
        bound_check = bind(check, source.check, setting)
        bound_when = bind(when, source.when, setting) if when is not None else None
        rule = BoundRule(source, edition, setting.scope, bound_check, bound_when)
        _require_computable(rule)
        bound.append(rule)
    return tuple(bound)


@lru_cache(maxsize=64)
def computed_facts(edition: Edition) -> Mapping[FactAddress, BoundRule]:
    """Return the totals that the template computes, each with the first rule that says how."""
    found: dict[FactAddress, BoundRule] = {}
    for rule in bind_rules(edition):
        if rule.computed is not None:
            found.setdefault(rule.computed, rule)
    return found


def _settings(source: RuleSource, edition: Edition) -> Iterator[Setting]:
    tables = [find_table(code, source, edition) for code in source.tables]
    match source.over:
        case Span.ONCE:
            yield Setting(source, edition)
        case Span.FACTS:
            for address, fact in edition.facts.items():
                if not tables or fact.table in tables:
                    yield Setting(source, edition, address, fact=address)
        case Span.COLUMNS:
            for table, code in _spanned(source, tables, _column_codes):
                yield Setting(source, edition, code, table, column=code)
        case Span.ROWS:
            for table, code in _spanned(source, tables, _row_codes):
                yield Setting(source, edition, code, table, row=code)


def _column_codes(table: Table) -> list[str]:
    return [column.code for column in table.columns]


def _row_codes(table: Table) -> list[str]:
    return [row.code for row in table.rows if row.kind is not RowKind.GROUP]


def _spanned(
    source: RuleSource, tables: list[Table], codes_of: Callable[[Table], list[str]]
) -> Iterator[tuple[Table, str]]:
    known = [code for table in tables for code in codes_of(table)]
    if not known:
        raise refuse_rule(source.id, source.check, "没有说是哪张表", '写上 tables = ["表的代码"]')
    for code in source.only:
        if code not in known:
            raise refuse_rule(source.id, source.check, f"only 所列的 {code} 不在表中", suggest(code, known))
    for table in tables:
        for code in codes_of(table):
            if not source.only or code in source.only:
                yield table, code


def _require_computable(rule: BoundRule) -> None:
    if not rule.source.computes:
        return
    match rule.check:
        case Comparison(signs=("==",), operands=(Figure(of_last_year=False), _)) if not rule.needs_last_year:
            return
    remedy = "写成 合计 == 各部分之和，左边只写本年的一个数，或去掉 computes"
    raise refuse_rule(rule.id, rule.source.check, "左边算不出合计", remedy)

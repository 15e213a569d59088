"""Names in rules, resolved to the facts of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xl_disclosure.errors import RuleError
from xl_disclosure.forms.model import Edition, Fact, FactAddress, Measure, Row, RowKind, Table, fact_address
from xl_disclosure.forms.rules import RuleSource
from xl_disclosure.rules.expressions import (
    BoundBreakdown,
    Breakdown,
    Comparison,
    Depth,
    Expression,
    Figure,
    LastYear,
    Logic,
    Name,
    Operation,
)
from xl_disclosure.rules.language import refuse_rule, suggest

SPANNED_FACT = "fact"
"""The name of the fact at hand in a rule over all facts."""

_CODES_IN_ADDRESS = 3
_DECIMALS_TO_THE_FEN = {"万元": 6, "元": 2}


@dataclass(frozen=True, slots=True)
class Setting:
    """Say for what one instance of a rule is bound: a column or row of a table, a fact, or nothing of the kind."""

    source: RuleSource
    edition: Edition
    scope: str = ""
    table: Table | None = None
    row: str = ""
    column: str = ""
    fact: FactAddress | None = None


def bind(expression: Expression, text: str, setting: Setting) -> Expression:
    """Return the expression with every name turned into facts.

    Raises RuleError, with the nearest known name, for a name that is not of the edition or that has no figure.
    """
    return _Binder(text, setting).bind(expression)


def decimals_of(fact: Fact) -> int:
    """Return how many decimals a fact may have: money goes down to the fen."""
    return _DECIMALS_TO_THE_FEN[fact.unit] if fact.measure is Measure.MONEY else 0


def find_table(code: str, source: RuleSource, edition: Edition) -> Table:
    """Return a table of the edition; RuleError when there is none of that code."""
    if code not in edition.tables:
        raise refuse_rule(source.id, source.check, f"没有名为 {code} 的表", suggest(code, edition.tables))
    return edition.tables[code]


class _Position(NamedTuple):
    table: Table
    row: Row
    column: str

    @property
    def address(self) -> FactAddress:
        return fact_address(self.table.code, self.row.code, self.column)


@dataclass(frozen=True, slots=True)
class _Binder:
    text: str
    setting: Setting

    def refuse(self, what: str, remedy: str) -> RuleError:
        return refuse_rule(self.setting.source.id, self.text, what, remedy)

    def bind(self, expression: Expression) -> Expression:
        match expression:
            case LastYear(of=named):
                return self.bind_named(named, of_last_year=True)
            case Name() | Breakdown():
                return self.bind_named(expression, of_last_year=False)
            case Operation(function=function, operands=operands):
                return Operation(function, self.bind_all(operands))
            case Comparison(signs=signs, operands=operands):
                return Comparison(signs, self.bind_all(operands))
            case Logic(connective=connective, operands=operands):
                return Logic(connective, self.bind_all(operands))
            case _:
                return expression

    def bind_all(self, operands: Sequence[Expression]) -> tuple[Expression, ...]:
        return tuple([self.bind(operand) for operand in operands])

    def bind_named(self, named: Name | Breakdown, *, of_last_year: bool) -> Expression:
        if isinstance(named, Name):
            return self.figure(self.position(named.text), of_last_year=of_last_year)
        whole = self.position(named.whole.text)
        rows = _rows_under(whole.table, whole.row, named.depth)
        if not rows:
            raise self.refuse(f"{whole.row.code} 之下没有数据行", "改正行的代码，或用 drop 去掉这条规则")
        found = [self.figure(whole._replace(row=row), of_last_year=of_last_year) for row in rows]
        return BoundBreakdown(named.depth, Figure(whole.address, of_last_year), tuple(found))

    def figure(self, position: _Position, *, of_last_year: bool) -> Figure:
        fact = self.setting.edition.facts.get(position.address)
        if fact is None:
            code = position.row.code
            raise self.refuse(f"{code} 是分组行，本身没有数字", f"写成 sum(leaves({code}))")
        return Figure(fact.address, of_last_year, decimals_of(fact))

    def position(self, name: str) -> _Position:
        codes = name.split(".")
        if len(codes) == _CODES_IN_ADDRESS:
            return self.locate(*codes)
        if len(codes) > 1:
            raise self.refuse(f"“{name}”不是完整的地址", "写成 表.行.列")
        setting = self.setting
        if setting.fact is not None and name == SPANNED_FACT:
            return self.locate(*setting.fact.split("."))
        if setting.table is None:
            remedy = f"写成 表.行.列；逐格核对的规则用 {SPANNED_FACT} 代表那一格"
            raise self.refuse(f"“{name}”不知是哪张表的", remedy)
        return self.locate(setting.table.code, setting.row or name, setting.column or name)

    def locate(self, table: str, row: str, column: str) -> _Position:
        found = find_table(table, self.setting.source, self.setting.edition)
        known_row = next((known for known in found.rows if known.code == row), None)
        if known_row is None:
            raise self.refuse(f"表 {table} 中没有名为 {row} 的行", suggest(row, [known.code for known in found.rows]))
        columns = [known.code for known in found.columns]
        if column not in columns:
            raise self.refuse(f"表 {table} 中没有名为 {column} 的列", suggest(column, columns))
        return _Position(found, known_row, column)


def _rows_under(table: Table, whole: Row, depth: Depth) -> tuple[Row, ...]:
    if depth == "parts":
        return _parts(table, whole)
    below = table.leaves(whole.code)
    return below if below or whole.kind is RowKind.GROUP else (whole,)


def _parts(table: Table, whole: Row) -> tuple[Row, ...]:
    """Return the rows directly under a row; a group, which has no figure, gives way to its own parts."""
    found: list[Row] = []
    for row in table.children(whole.code):
        if row.kind is RowKind.GROUP:
            found.extend(_parts(table, row))
        elif row.kind is RowKind.DATA:
            found.append(row)
    return tuple(found)

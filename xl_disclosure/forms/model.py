"""An edition of the official form, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NewType

from xl_disclosure.forms.claims import Claims
from xl_disclosure.forms.narrative import Outline
from xl_disclosure.forms.registers import Register
from xl_disclosure.forms.rules import RuleSource

FactAddress = NewType("FactAddress", str)
"""``table.row.column`` in the codes of the edition."""

MONEY_UNITS = ("万元", "元")

YEAR_MARK = "{year}"
"""What stands for the reporting year in a printed label."""

THIS_YEAR = "本"
"""What a name says in its place: 本年度."""


class Measure(StrEnum):
    """Say what kind of number a fact is."""

    COUNT = "count"
    CHANGE = "change"
    MONEY = "money"


class RowKind(StrEnum):
    """Say what a row of a table holds."""

    GROUP = "group"
    DATA = "data"
    TOTAL = "total"


class SheetLayout(StrEnum):
    """Name the ways the official forms are laid out."""

    LIST = "list"
    BLOCKS = "blocks"
    MATRIX = "matrix"
    STRIP = "strip"


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column of figures.

    ``over`` are the header cells printed above the label, outermost first; ``accept`` are other wordings seen in print.
    """

    code: str
    label: str
    over: tuple[str, ...] = ()
    unit: str = ""
    signed: bool = False
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Describe one row of a table.

    ``over`` are labels printed above in a strip; ``note`` is a definition shown beside the cell, ``source`` its legal
    basis.
    """

    code: str
    label: str
    unit: str = ""
    level: int = 1
    parent: str = ""
    kind: RowKind = RowKind.DATA
    over: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Describe one official table: its rows and its columns of figures."""

    code: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    row_header: str = ""
    unit_header: str = ""
    unit: str = ""
    corner: str = ""

    def row(self, code: str) -> Row:
        """Return the row of that code; KeyError when there is none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)

    def children(self, code: str) -> tuple[Row, ...]:
        """Return the rows directly under a row, in printed order."""
        return tuple(row for row in self.rows if row.parent == code)

    def leaves(self, code: str) -> tuple[Row, ...]:
        """Return the data rows under a row that have no parts of their own; totals are not leaves."""
        found: list[Row] = []
        for row in self.children(code):
            if row.kind is RowKind.TOTAL:
                continue
            below = self.leaves(row.code)
            found.extend(below if below or row.kind is RowKind.GROUP else (row,))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Fact:
    """Describe one figure of the form."""

    address: FactAddress
    table: Table = field(repr=False)
    row: Row
    column: Column

    @property
    def unit(self) -> str:
        """Return the unit of measure as printed: 件, 条, 万元 ..."""
        return self.column.unit or self.row.unit or self.table.unit

    @property
    def measure(self) -> Measure:
        """Return what kind of number the fact is."""
        if self.unit in MONEY_UNITS:
            return Measure.MONEY
        return Measure.CHANGE if self.column.signed else Measure.COUNT

    @property
    def name(self) -> str:
        """Return the fact's Chinese name: its row, and its column where the table has several."""
        parts = [*self.row.over, self.row.label]
        row_name = " ".join(part for part in parts if part)
        whole = row_name if len(self.table.columns) == 1 else f"{row_name}·{self.column.label}"
        return whole.replace(YEAR_MARK, THIS_YEAR)

    @property
    def name_with_parent(self) -> str:
        """Return the fact's Chinese name behind that of the row it belongs to."""
        return f"{self.table.row(self.row.parent).label} {self.name}" if self.row.parent else self.name


@dataclass(frozen=True, slots=True)
class Link:
    """State that these facts together say the same as those of an earlier edition together.

    One fact on this side may be compared by itself; several only in sum.
    """

    this: tuple[FactAddress, ...]
    last: tuple[FactAddress, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Describe one sheet of the workbook that carries official tables."""

    name: str
    layout: SheetLayout
    tables: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Edition:
    """Hold one edition of the form: everything that Python must not know by heart. Equal only to itself."""

    id: str
    name: str
    title: str
    first_year: int
    last_year: int
    legal_basis: str
    sheets: tuple[FormSheet, ...]
    tables: Mapping[str, Table]
    rules: Mapping[str, RuleSource]
    registers: Mapping[str, Register]
    outline: Outline
    comparisons: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    """By the id of an earlier edition: which facts may be held against its facts."""
    claims: Claims = field(default_factory=Claims)
    extends: str = ""
    ancestors: tuple[str, ...] = ()
    """The ids of the editions it extends, nearest last."""
    local: bool = False
    """A local variant is used only by the units it belongs to, never chosen by year alone."""

    def __repr__(self) -> str:
        return f"Edition({self.id!r})"

    @cached_property
    def facts(self) -> Mapping[FactAddress, Fact]:
        """Return every fact in printed order, by its address."""
        found: dict[FactAddress, Fact] = {}
        for sheet in self.sheets:
            for code in sheet.tables:
                table = self.tables[code]
                for row in table.rows:
                    if row.kind is RowKind.GROUP:
                        continue
                    for column in table.columns:
                        address = fact_address(code, row.code, column.code)
                        found[address] = Fact(address, table, row, column)
        return found

    @cached_property
    def fact_names(self) -> Mapping[FactAddress, str]:
        """Return a Chinese name of every fact that no other has: its own, where others share it with the row above."""
        counts = Counter(fact.name for fact in self.facts.values())
        return {
            address: fact.name if counts[fact.name] == 1 else fact.name_with_parent
            for address, fact in self.facts.items()
        }

    def sheet_of(self, address: FactAddress) -> FormSheet:
        """Return the sheet that carries a fact; KeyError when none does."""
        table = address.split(".", 1)[0]
        for sheet in self.sheets:
            if table in sheet.tables:
                return sheet
        raise KeyError(address)

    def covers(self, year: int) -> bool:
        """Tell whether the edition was in force for a reporting year."""
        return self.first_year <= year <= self.last_year


def fact_address(table: str, row: str, column: str) -> FactAddress:
    """Return the address of the fact at a row and column of a table."""
    return FactAddress(f"{table}.{row}.{column}")

"""The Chinese names by which a text may call a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from xl_disclosure.errors import Place, RuleError
from xl_disclosure.forms.model import (
    THIS_YEAR,
    YEAR_MARK,
    Column,
    Edition,
    FactAddress,
    Row,
    RowKind,
    SheetLayout,
    Table,
    fact_address,
)
from xl_disclosure.forms.outline import named_row

_COUNTED = r"([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])"
_NUMBERING = re.compile(rf"^(其中[:：])?\s*{_COUNTED}?\s*(其中[:：])?")
_REMARK = re.compile(r"[（(][^（()）]*[）)]\s*$")
_NOT_IN_A_NAME = re.compile(r"\W")


@cache
def chinese_names(edition: Edition) -> Mapping[str, FactAddress]:
    """Return the address meant by every Chinese name that means one figure only.

    A name is the label of a row, or another wording accepted for it, without numbering, remark and marks; or a short
    name the outline gives it. The column's label stands behind it (``不予公开.总计``), which a table of one column may
    do without; where several rows share a label, that of the row or heading above stands before it
    (``行政复议数量.其他情形数``). Raises RuleError for a short name that a label has already.
    """
    meant: dict[str, set[FactAddress]] = {}
    for table, row in named_rows(edition):
        for column in table.columns:
            address = fact_address(table.code, row.code, column.code)
            for name in _wordings(table, row, column):
                meant.setdefault(name, set()).add(address)
    for name, address in _short_names(edition):
        if meant.get(name, {address}) != {address}:
            raise _refuse(edition, name)
        meant[name] = {address}
    return {name: next(iter(addresses)) for name, addresses in meant.items() if len(addresses) == 1 and _is_name(name)}


def named_holdings(edition: Edition) -> Mapping[str, str]:
    """Return the holding meant by every short name of the outline that stands for several figures together.

    Raises RuleError for a short name that a label has already.
    """
    holdings = {name: meant for name, meant in edition.outline.names.items() if named_row(edition, meant) is None}
    for name in holdings.keys() & chinese_names(edition).keys():
        raise _refuse(edition, name)
    return holdings


def named_rows(edition: Edition) -> Iterator[tuple[Table, Row]]:
    """Give every row that has figures, and the groups of a matrix, whose figures are those of their parts together."""
    for sheet in edition.sheets:
        for code in sheet.tables:
            table = edition.tables[code]
            for row in table.rows:
                if row.kind is not RowKind.GROUP or sheet.layout is SheetLayout.MATRIX:
                    yield table, row


def _wordings(table: Table, row: Row, column: Column) -> Iterator[str]:
    above = _label_above(table, row)
    for label in (row.label, *row.accept):
        names = _with_column(bare_label(label), table, column)
        yield from names
        if above:
            yield from (f"{above}.{name}" for name in names)


def _short_names(edition: Edition) -> Iterator[tuple[str, FactAddress]]:
    for name, meant in edition.outline.names.items():
        named = named_row(edition, meant)
        if named is None:
            continue
        table, row = named
        for column in table.columns:
            address = fact_address(table.code, row.code, column.code)
            yield from ((full, address) for full in _with_column(name, table, column))


def _with_column(name: str, table: Table, column: Column) -> list[str]:
    """Return a row's name with that of a column behind it, and where there is only one, also without."""
    full = f"{name}.{bare_label(column.label)}"
    return [full] if len(table.columns) > 1 else [name, full]


def _label_above(table: Table, row: Row) -> str:
    if row.over:
        return bare_label(row.over[-1])
    return bare_label(table.row(row.parent).label) if row.parent else ""


def _is_name(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def bare_label(label: str) -> str:
    """Return a printed label without numbering, remark and marks; a label with the year in it says 本年度."""
    label = label.replace(YEAR_MARK, THIS_YEAR)
    return _NOT_IN_A_NAME.sub("", _REMARK.sub("", _NUMBERING.sub("", label)))


def _refuse(edition: Edition, name: str) -> RuleError:
    place = Place(file=f"{edition.id}/narrative.toml", cell=f"键 names.{name.partition('.')[0]}")
    return RuleError(f"简称“{name}”已是表中另一项的名称", "换一个简称", place)

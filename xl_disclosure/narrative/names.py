"""The Chinese names by which a text may call a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from xl_disclosure.forms.model import Column, Edition, FactAddress, Row, RowKind, SheetLayout, Table, fact_address

YEAR_MARK = "{year}"
"""What stands for the reporting year in a printed label."""

_COUNTED = r"([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])"
_NUMBERING = re.compile(rf"^(其中[:：])?\s*{_COUNTED}?\s*(其中[:：])?")
_REMARK = re.compile(r"[（(][^（()）]*[）)]\s*$")
_NOT_IN_A_NAME = re.compile(r"\W")


def chinese_names(edition: Edition) -> Mapping[str, FactAddress]:
    """Return the address meant by every Chinese name that means one figure only.

    A name is the label of a row, or another wording accepted for it, without numbering, remark and marks. The
    column's label stands behind it (``不予公开.总计``), which a table of one column may do without; where several rows
    share a label, that of the row or heading above stands before it (``行政复议数量.其他情形数``).
    """
    meant: dict[str, set[FactAddress]] = {}
    for table, row in named_rows(edition):
        for column in table.columns:
            address = fact_address(table.code, row.code, column.code)
            for name in _wordings(table, row, column):
                meant.setdefault(name, set()).add(address)
    return {
        name: next(iter(addresses))
        for name, addresses in meant.items()
        if len(addresses) == 1 and all(part.isidentifier() for part in name.split("."))
    }


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
        full = f"{bare_label(label)}.{bare_label(column.label)}"
        names = [full] if len(table.columns) > 1 else [bare_label(label), full]
        yield from names
        if above:
            yield from (f"{above}.{name}" for name in names)


def _label_above(table: Table, row: Row) -> str:
    if row.over:
        return bare_label(row.over[-1])
    return bare_label(table.row(row.parent).label) if row.parent else ""


def bare_label(label: str) -> str:
    """Return a printed label without numbering, remark and marks; a label with the year in it says 本年度."""
    label = label.replace(YEAR_MARK, "本")
    return _NOT_IN_A_NAME.sub("", _REMARK.sub("", _NUMBERING.sub("", label)))

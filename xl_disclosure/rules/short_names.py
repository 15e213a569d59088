"""Short Chinese names of rows and columns: the numbers printed before their labels, or the bare labels."""

from __future__ import annotations

import re
from functools import lru_cache

from xl_disclosure.forms.model import Column, Fact, Row, Table

_AMONG = re.compile(r"^其中[:：]")
_NUMBER = re.compile(
    r"^(?:(?P<chapter>[一二三四五六七八九十]+)、|[（(](?P<section>[一二三四五六七八九十]+)[）)]|(?P<item>\d+)[.．、])"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_YEAR = re.compile(r"\{year\}年度?")
_THIS_YEAR = re.compile(r"^本年度?")


def row_name(table: Table, row: Row) -> str:
    """Return the printed numbers leading to a row, such as 三（四）1, or its bare label where one is not numbered."""
    return row_number(table, row) or bare_label(row.label)


def row_heading(table: Table, row: Row) -> str:
    """Return a row's label, with what stands over it and the numbers leading to it, without remarks: 三（七）总计."""
    number = row_number(table, row)
    last = number[-1:]
    mark = "" if last in ("", "）") else "." if last.isascii() else "、"
    return "·".join((*row.over, f"{number}{mark}{bare_label(row.label)}"))


def row_number(table: Table, row: Row) -> str:
    """Return the printed numbers leading to a row; a blank where the row or one it belongs to is not numbered."""
    own = _own_number(row.label)
    if not own or not row.parent:
        return own
    before = row_number(table, table.row(row.parent))
    return f"{before}{own}" if before else ""


@lru_cache(maxsize=1024)
def _own_number(label: str) -> str:
    found = _NUMBER.match(_AMONG.sub("", label))
    return (found["chapter"] or found["item"] or f"（{found['section']}）") if found is not None else ""


def fact_name(fact: Fact) -> str:
    """Return the name of a fact by its row's heading and, where its table has several columns, its column."""
    heading = row_heading(fact.table, fact.row)
    return heading if len(fact.table.columns) == 1 else f"{heading}·{column_label(fact.column)}"


def column_label(column: Column) -> str:
    """Return a column's label without remarks; the one headed by the year is 本年度数."""
    return bare_label(_YEAR.sub("本年度数", column.label))


@lru_cache(maxsize=1024)
def bare_label(label: str) -> str:
    """Return a label without 其中, number and remarks in brackets."""
    return _REMARK.sub("", _NUMBER.sub("", _AMONG.sub("", label))).strip()


def without_this_year(label: str) -> str:
    """Return a label without the 本年 it may begin with, to be said of another year."""
    return _THIS_YEAR.sub("", label) or label

"""The names that a text may use for figures and for what stands on the cover, each with what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.decode import nearest
from xl_disclosure.forms.model import Edition, Fact, Row, RowKind, Table, fact_address
from xl_disclosure.narrative.figures import plain
from xl_disclosure.narrative.names import chinese_names, named_rows
from xl_disclosure.narrative.printable import one_line
from xl_disclosure.returns.model import Number, Return

Groups = Mapping[str, int]
"""How many items a register holds per group, such as the website column: {"部门动态": 108}."""

SHORT_NAMES: Mapping[str, str] = {"年度": "year", "单位": "unit"}
"""Further Chinese names of cover fields."""


@dataclass(frozen=True, slots=True)
class Field:
    """Hold what one field reads (blank: nothing to print), its figure where it is one, and where it comes from.

    ``written`` is what stands there instead of a figure, such as 12万.
    """

    wording: str
    text: str
    figure: Number | None
    place: Place
    written: str = ""


Fields = Mapping[str, Field]


def collect_fields(edition: Edition, returned: Return, groups: Groups) -> Fields:
    """Return every field of one unit's report by each of its names.

    A fact goes by its address and by its Chinese names, what stands on the cover by code and by its label, a group of a
    register by the label of its column and its own name (``栏目.部门动态``).
    """
    fields: dict[str, Field] = dict(_cover_fields(returned))
    for label in _group_labels(edition):
        for group, count in groups.items():
            fields[f"{label}.{group}"] = Field(f"{label}“{group}”", str(count), count, Place())
    for address, fact in edition.facts.items():
        fields[address] = _fact_field(edition, fact, returned)
    for table, row in named_rows(edition):
        if row.kind is RowKind.GROUP:
            fields.update(_group_fields(table, row, fields))
    fields.update({name: fields[address] for name, address in chinese_names(edition).items()})
    return fields


def look_up(name: str, fields: Fields, place: Place) -> Field:
    """Return the field of that name.

    Raises InputError at the place given for an unknown name, with the nearest known one, and for a blank field, with
    where to fill it in.
    """
    if name not in fields:
        suggestion = nearest(name, fields)
        remedy = f"改为“{suggestion}”" if suggestion else f"改为已有的字段，例如 {_examples(fields)}"
        raise InputError(f"没有名为“{name}”的字段", remedy, place)
    field = fields[name]
    if not field.text:
        state = f"写的是“{field.written}”，不是数" if field.written else "空白"
        what = f"字段“{name}”引用的“{field.wording}”没有数据（{field.place} {state}）"
        raise InputError(what, f"先填好“{field.wording}”，没有的填 0；或改写这一行", place)
    return field


def braced(name: str) -> str:
    """Return a field's name as it is written in a text."""
    return "{{ " + name + " }}"


def _cover_fields(returned: Return) -> Iterator[tuple[str, Field]]:
    found = {**returned.cover, "unit": returned.unit, "year": "" if returned.year is None else str(returned.year)}
    for code, label in COVER_FIELDS.items():
        text = one_line(found.get(code, ""))
        figure = returned.year if code == "year" else None
        field = Field(label, text, figure, Place(file=returned.file, sheet=COVER_SHEET, cell=label))
        yield code, field
        yield label, field
        yield from ((short, field) for short, meant in SHORT_NAMES.items() if meant == code)


def _group_labels(edition: Edition) -> list[str]:
    """Return the labels of the register columns that group items, such as 栏目."""
    return [
        column.label
        for register in edition.registers.values()
        for column in register.fields
        if column.code == register.group_field
    ]


def _fact_field(edition: Edition, fact: Fact, returned: Return) -> Field:
    entry = returned.entries.get(fact.address)
    if entry is None:
        return Field(fact.name, "", None, Place(file=returned.file, sheet=edition.sheet_of(fact.address).name))
    if entry.value is None:
        return Field(fact.name, "", None, entry.place, entry.text)
    return Field(fact.name, plain(entry.value), entry.value, entry.place)


def _group_fields(table: Table, group: Row, fields: Fields) -> Iterator[tuple[str, Field]]:
    """Give a group's figure in each column: its printed total where it has one, otherwise its parts together."""
    totals = [row for row in table.children(group.code) if row.kind is RowKind.TOTAL]
    rows = totals or table.leaves(group.code)
    for column in table.columns:
        parts = [fields[fact_address(table.code, row.code, column.code)] for row in rows]
        yield fact_address(table.code, group.code, column.code), _together(parts)


def _together(parts: list[Field]) -> Field:
    figures = [part.figure for part in parts if part.figure is not None]
    if len(figures) < len(parts):
        return next(part for part in parts if part.figure is None)
    figure = sum(figures)
    return Field("、".join(part.wording for part in parts), plain(figure), figure, parts[0].place)


def _examples(fields: Fields) -> str:
    return "、".join(list(fields)[:3])

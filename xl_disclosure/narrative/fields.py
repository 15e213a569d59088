"""The names that a text may use for figures and for what stands on the cover, each with what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xl_disclosure.errors import Place
from xl_disclosure.forms.cover import COVER_FIELDS, COVER_SHEET
from xl_disclosure.forms.holdings import holding_terms
from xl_disclosure.forms.model import Edition, Fact, FactAddress, Row, RowKind, Table, fact_address
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.field import Field, Fields
from xl_disclosure.narrative.figures import plain, share
from xl_disclosure.narrative.names import chinese_names, named_holdings, named_rows
from xl_disclosure.narrative.printable import one_line
from xl_disclosure.returns.model import Number, Return

SHORT_NAMES: Mapping[str, str] = {"年度": "year", "单位": "unit"}
"""Further Chinese names of cover fields."""

_NOTHING = "各项均为0"
_NO_WHOLE = "合计为0，没有占比"
_MEND_NO_WHOLE = "给这一段写上采用条件，合计大于0时才采用"


def collect_fields(edition: Edition, returned: Return, context: Context) -> Fields:
    """Return every field of one unit's report by each of its names.

    A fact goes by its address and by its Chinese names, what stands on the cover by code and by its label, a group of a
    register by the label of its column and its own name (``栏目.部门动态``), a breakdown of the outline by 分项 and its
    name, the share of one of its parts by 占比, its name and the part's (``占比.申请人.自然人``).
    """
    fields: dict[str, Field] = {**dict(_cover_fields(returned)), **_rollup_fields(context)}
    for label in _group_labels(edition):
        for group, count in context.groups.items():
            fields[f"{label}.{group}"] = Field(f"{label}“{group}”", str(count), count, Place())
    before = context.earlier.get((returned.year or 0) - 1, {})
    for address, fact in edition.facts.items():
        fields[address] = _fact_field(edition, fact, returned, before.get(address))
    for table, row in named_rows(edition):
        if row.kind is RowKind.GROUP:
            fields.update(_group_fields(table, row, fields))
    fields.update({name: fields[address] for name, address in chinese_names(edition).items()})
    fields.update({name: _holding_field(edition, holding, fields) for name, holding in named_holdings(edition).items()})
    for breakdown in edition.outline.breakdowns:
        parts = {label: _holding_field(edition, holding, fields) for label, holding in breakdown.parts.items()}
        fields[f"分项.{breakdown.name}"] = _listed(parts)
        fields.update(_shares(breakdown.name, parts))
    return fields


def _cover_fields(returned: Return) -> Iterator[tuple[str, Field]]:
    found = {**returned.cover, "unit": returned.unit, "year": "" if returned.year is None else str(returned.year)}
    for code, label in COVER_FIELDS.items():
        text = one_line(found.get(code, ""))
        figure = returned.year if code == "year" else None
        field = Field(label, text, figure, Place(file=returned.file, sheet=COVER_SHEET, cell=label))
        yield code, field
        yield label, field
        yield from ((short, field) for short, meant in SHORT_NAMES.items() if meant == code)


def _rollup_fields(context: Context) -> dict[str, Field]:
    """Return what a roll-up says of its units; all counts are 0 in the report of a single unit."""
    counts = {
        "汇总单位数": len(context.units),
        "已收单位数": len(context.received),
        "未报单位数": len(context.missing),
    }
    names = {"已收单位": context.received, "未报单位": context.missing}
    found = {name: Field(name, str(count), count, Place(), unit="个") for name, count in counts.items()}
    found.update({name: Field(name, "、".join(units) or "无", None, Place()) for name, units in names.items()})
    return found


def _group_labels(edition: Edition) -> list[str]:
    """Return the labels of the register columns that group items, such as 栏目."""
    return [
        column.label
        for register in edition.registers.values()
        for column in register.fields
        if column.code == register.group_field
    ]


def _fact_field(edition: Edition, fact: Fact, returned: Return, before: Number | None) -> Field:
    entry = returned.entries.get(fact.address)
    if entry is None:
        return Field(fact.name, "", None, Place(file=returned.file, sheet=edition.sheet_of(fact.address).name))
    if entry.value is None:
        return Field(fact.name, "", None, entry.place, entry.text)
    return Field(fact.name, plain(entry.value), entry.value, entry.place, unit=fact.unit, before=before)


def _group_fields(table: Table, group: Row, fields: Fields) -> Iterator[tuple[str, Field]]:
    """Give a group's figure in each column: its printed total where it has one, otherwise its parts together."""
    totals = [row for row in table.children(group.code) if row.kind is RowKind.TOTAL]
    rows = totals or table.leaves(group.code)
    for column in table.columns:
        parts = [fields[fact_address(table.code, row.code, column.code)] for row in rows]
        yield fact_address(table.code, group.code, column.code), _together(parts)


def _holding_field(edition: Edition, holding: str, fields: Fields) -> Field:
    addresses: list[FactAddress] = [address for term in holding_terms(edition, holding) for address in term]
    return _together([fields[address] for address in addresses])


def _together(parts: Sequence[Field]) -> Field:
    figures = [part.figure for part in parts if part.figure is not None]
    if len(figures) < len(parts):
        return next(part for part in parts if part.figure is None)
    known = [part.before for part in parts if part.before is not None]
    before = sum(known) if len(known) == len(parts) else None
    wording = "、".join(part.wording for part in parts)
    figure = sum(figures)
    return Field(wording, plain(figure), figure, parts[0].place, unit=parts[0].unit, before=before)


def _listed(parts: Mapping[str, Field]) -> Field:
    """Return the parts that are not 0, each with its figure: 自然人3件、商业企业1件."""
    whole = _together(list(parts.values()))
    if whole.figure is None:
        return whole
    items = [f"{label}{part.text}{part.unit}" for label, part in parts.items() if part.figure]
    return Field(whole.wording, "、".join(items) or f"{_NOTHING}{whole.unit}", None, whole.place)


def _shares(name: str, parts: Mapping[str, Field]) -> Iterator[tuple[str, Field]]:
    whole = _together(list(parts.values()))
    for label, part in parts.items():
        yield f"占比.{name}.{label}", _share(label, part, whole)


def _share(label: str, part: Field, whole: Field) -> Field:
    if part.figure is None or whole.figure is None:
        return part if part.figure is None else whole
    if not whole.figure:
        return Field(f"{label}的占比", "", None, part.place, absence=_NO_WHOLE, remedy=_MEND_NO_WHOLE)
    return Field(f"{label}的占比", share(part.figure, whole.figure), None, part.place)

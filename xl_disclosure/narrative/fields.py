"""The names that a text may use for figures and for what stands on the cover, each with what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import NamedTuple

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

_LIST_OF = "分项"
_NOTHING = "各项均为0"
_NO_WHOLE = "合计为0，没有占比"
_MEND_NO_WHOLE = "给这一段写上采用条件，合计大于0时才采用"


def collect_fields(edition: Edition, returned: Return, context: Context) -> Fields:
    """Return every field of one unit's report by each of its names.

    A fact goes by its address and by its Chinese names, what stands on the cover by code and by its label, a group of a
    register by the label of its column and its own name (``栏目.部门动态``), a breakdown of the outline by 分项 and its
    name, the share of one of its parts by 占比, its name and the part's (``占比.申请人.自然人``).
    """
    given: dict[str, Field] = {}
    for label in _group_labels(edition):
        for group, count in context.groups.items():
            given[f"{label}.{group}"] = Field(f"{label}“{group}”", str(count), count, Place())
    return FormFields(edition, returned, context, given)


class FormFields(Fields):
    """Look up the fields of one return, each made when it is first asked for: a text names a few of a thousand."""

    def __init__(
        self,
        edition: Edition,
        returned: Return,
        context: Context,
        given: Mapping[str, Field],
    ) -> None:
        """Take a return, what is known around it, and the fields that are neither of the form nor of the cover."""
        self.edition = edition
        self.returned = returned
        self.context = context
        self.before: Mapping[FactAddress, Number] = context.earlier.get((returned.year or 0) - 1, {})
        self._given = given
        self._makers = _makers(edition)
        self._sums = _sums(edition)
        self._listings = _listings(edition)
        self._facts = returned.facts
        self._made: dict[str, Field] = {}

    def __getitem__(self, name: str) -> Field:
        if name not in self._made:
            maker = self._makers.get(name) or (None if name in self._given else _OF_THE_COVER.get(name))
            self._made[name] = self._given[name] if maker is None else maker(self)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers or name in self._given or name in _OF_THE_COVER

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*_OF_THE_COVER, *self._given, *self._makers)))

    def __len__(self) -> int:
        return len(_OF_THE_COVER.keys() | self._given.keys() | self._makers.keys())

    def figure(self, name: str) -> Number | None:
        """Return the figure of a field of the form; see ``Fields``."""
        return self._figure(self._sums.get(name, ()))

    def text(self, name: str) -> str | None:
        """Return what a figure of the form or a list of its parts reads; see ``Fields``."""
        parts = self._listings.get(name)
        if parts is None:
            return super().text(name)
        items: list[str] = []
        for label, addresses, unit in parts:
            figure = self._figure(addresses)
            if figure is None:
                return None
            if figure:
                items.append(f"{label}{plain(figure)}{unit}")
        return "、".join(items) or f"{_NOTHING}{parts[0].unit}"

    def _figure(self, addresses: Sequence[FactAddress]) -> Number | None:
        if len(addresses) <= 1:
            return self._facts.get(addresses[0]) if addresses else None
        figures = [figure for address in addresses if (figure := self._facts.get(address)) is not None]
        return sum(figures) if len(figures) == len(addresses) else None


Maker = Callable[[FormFields], Field]


@cache
def _makers(edition: Edition) -> Mapping[str, Maker]:
    """Return by name how each field of an edition's form is made."""
    makers: dict[str, Maker] = dict(_OF_A_ROLLUP)
    for name, addresses in _sums(edition).items():
        is_fact = len(addresses) == 1
        makers[name] = partial(_fact_field, edition.facts[addresses[0]]) if is_fact else partial(_sum_field, addresses)
    for breakdown in edition.outline.breakdowns:
        name = f"{_LIST_OF}.{breakdown.name}"
        makers[name] = partial(_listed, name, breakdown.parts)
        for label in breakdown.parts:
            makers[f"占比.{breakdown.name}.{label}"] = partial(_share, label, breakdown.parts)
    return makers


@cache
def _sums(edition: Edition) -> Mapping[str, tuple[FactAddress, ...]]:
    """Return by name the facts that each figure of an edition's form is the sum of; most are one fact."""
    sums: dict[str, tuple[FactAddress, ...]] = {address: (address,) for address in edition.facts}
    for table, row in named_rows(edition):
        if row.kind is RowKind.GROUP:
            sums.update(_group_sums(table, row))
    sums.update({name: sums[address] for name, address in chinese_names(edition).items()})
    sums.update({name: _facts_of(edition, holding) for name, holding in named_holdings(edition).items()})
    return sums


class _Part(NamedTuple):
    label: str
    addresses: tuple[FactAddress, ...]
    unit: str


@cache
def _listings(edition: Edition) -> Mapping[str, tuple[_Part, ...]]:
    """Return by name what each list of the parts of a figure is made of."""
    found: dict[str, tuple[_Part, ...]] = {}
    for breakdown in edition.outline.breakdowns:
        holdings = [(label, _facts_of(edition, holding)) for label, holding in breakdown.parts.items()]
        parts = [_Part(label, addresses, edition.facts[addresses[0]].unit) for label, addresses in holdings]
        found[f"{_LIST_OF}.{breakdown.name}"] = tuple(parts)
    return found


def _cover_field(code: str, fields: FormFields) -> Field:
    returned = fields.returned
    found = {**returned.cover, "unit": returned.unit, "year": "" if returned.year is None else str(returned.year)}
    label, text = COVER_FIELDS[code], one_line(found.get(code, ""))
    figure = returned.year if code == "year" else None
    return Field(label, text, figure, Place(file=returned.file, sheet=COVER_SHEET, cell=label))


def _cover_makers() -> Iterator[tuple[str, Maker]]:
    for code, label in COVER_FIELDS.items():
        maker = partial(_cover_field, code)
        yield code, maker
        yield label, maker
        yield from ((short, maker) for short, meant in SHORT_NAMES.items() if meant == code)


_OF_THE_COVER: Mapping[str, Maker] = dict(_cover_makers())


def _count_field(name: str, units: Callable[[Context], Sequence[object]], fields: FormFields) -> Field:
    """Return how many units of a roll-up there are of a kind; 0 in the report of a single unit."""
    count = len(units(fields.context))
    return Field(name, str(count), count, Place(), unit="个")


def _names_field(name: str, units: Callable[[Context], Sequence[str]], fields: FormFields) -> Field:
    return Field(name, "、".join(units(fields.context)) or "无", None, Place())


_OF_A_ROLLUP: Mapping[str, Maker] = {
    "汇总单位数": partial(_count_field, "汇总单位数", attrgetter("units")),
    "已收单位数": partial(_count_field, "已收单位数", attrgetter("received")),
    "未报单位数": partial(_count_field, "未报单位数", attrgetter("missing")),
    "已收单位": partial(_names_field, "已收单位", attrgetter("received")),
    "未报单位": partial(_names_field, "未报单位", attrgetter("missing")),
}


def _group_labels(edition: Edition) -> list[str]:
    """Return the labels of the register columns that group items, such as 栏目."""
    return [
        column.label
        for register in edition.registers.values()
        for column in register.fields
        if column.code == register.group_field
    ]


def _fact_field(fact: Fact, fields: FormFields) -> Field:
    returned = fields.returned
    entry = returned.entries.get(fact.address)
    if entry is None:
        sheet = fields.edition.sheet_of(fact.address).name
        return Field(fact.name, "", None, Place(file=returned.file, sheet=sheet))
    if entry.value is None:
        return Field(fact.name, "", None, entry.place, entry.text)
    before = fields.before.get(fact.address)
    return Field(fact.name, plain(entry.value), entry.value, entry.place, unit=fact.unit, before=before)


def _group_sums(table: Table, group: Row) -> Iterator[tuple[str, tuple[FactAddress, ...]]]:
    """Give what a group's figure in each column is: its printed total where it has one, or its parts together."""
    totals = [row for row in table.children(group.code) if row.kind is RowKind.TOTAL]
    rows = totals or table.leaves(group.code)
    for column in table.columns:
        parts = tuple(fact_address(table.code, row.code, column.code) for row in rows)
        yield fact_address(table.code, group.code, column.code), parts


def _sum_field(addresses: Sequence[FactAddress], fields: FormFields) -> Field:
    return _together([fields[address] for address in addresses])


def _holding_field(holding: str, fields: FormFields) -> Field:
    return _sum_field(_facts_of(fields.edition, holding), fields)


def _facts_of(edition: Edition, holding: str) -> tuple[FactAddress, ...]:
    return tuple(address for term in holding_terms(edition, holding) for address in term)


def _together(parts: Sequence[Field]) -> Field:
    figures = [part.figure for part in parts if part.figure is not None]
    if len(figures) < len(parts):
        return next(part for part in parts if part.figure is None)
    known = [part.before for part in parts if part.before is not None]
    before = sum(known) if len(known) == len(parts) else None
    wording = "、".join(part.wording for part in parts)
    figure = sum(figures)
    return Field(wording, plain(figure), figure, parts[0].place, unit=parts[0].unit, before=before)


def _part_fields(parts: Mapping[str, str], fields: FormFields) -> Mapping[str, Field]:
    return {label: _holding_field(holding, fields) for label, holding in parts.items()}


def _listed(name: str, parts: Mapping[str, str], fields: FormFields) -> Field:
    """Return the parts that are not 0, each with its figure: 自然人3件、商业企业1件."""
    whole = _together(list(_part_fields(parts, fields).values()))
    text = fields.text(name)
    return whole if text is None else Field(whole.wording, text, None, whole.place)


def _share(label: str, parts: Mapping[str, str], fields: FormFields) -> Field:
    found = _part_fields(parts, fields)
    part, whole = found[label], _together(list(found.values()))
    if part.figure is None or whole.figure is None:
        return part if part.figure is None else whole
    if not whole.figure:
        return Field(f"{label}的占比", "", None, part.place, absence=_NO_WHOLE, remedy=_MEND_NO_WHOLE)
    return Field(f"{label}的占比", share(part.figure, whole.figure), None, part.place)

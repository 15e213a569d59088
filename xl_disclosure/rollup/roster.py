"""The units an office expects a return from, and whose return a file is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.text import label_key

ROSTER_LABELS: Mapping[str, str] = {
    "name": "单位名称",
    "code": "单位代码",
    "parent": "上级单位",
    "category": "单位类别",
    "former_names": "曾用名",
    "contact": "联系人",
    "phone": "电话",
}

HEADER_SEARCH_ROWS = 10


class Unit(NamedTuple):
    """Describe one unit of the roster."""

    name: str
    code: str = ""
    parent: str = ""
    category: str = ""
    former_names: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Roster:
    """Hold the units in the order of the roster, none at all when the office keeps no roster, and where it stands."""

    units: tuple[Unit, ...] = ()
    place: Place = field(default=Place(), compare=False)

    def find(self, name: str, code: str = "") -> Unit | None:
        """Return the unit of that code, else of that name, else of that former name."""
        if code and (unit := self._by_code.get(label_key(code))):
            return unit
        if unit := self._by_exact_name.get(name):
            return unit
        key = label_key(name)
        return self._by_name.get(key) or self._by_former_name.get(key)

    def nearest_name(self, name: str) -> str:
        """Return the roster's name most like the one given, to suggest and never to accept; blank when none is."""
        from rapidfuzz import fuzz, process

        names = [unit.name for unit in self.units]
        found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=60)
        return found[0] if found else ""

    @cached_property
    def _by_code(self) -> Mapping[str, Unit]:
        return {label_key(unit.code): unit for unit in self.units if unit.code}

    @cached_property
    def _by_exact_name(self) -> Mapping[str, Unit]:
        """Return the units by their names as they stand, as most are found."""
        return {unit.name: unit for unit in self.units}

    @cached_property
    def _by_name(self) -> Mapping[str, Unit]:
        return {label_key(unit.name): unit for unit in self.units}

    @cached_property
    def _by_former_name(self) -> Mapping[str, Unit]:
        return {label_key(former): unit for unit in self.units for former in unit.former_names}


def roster_from_rows(rows: Sequence[Sequence[str]], place: Place) -> Roster:
    """Read a roster from the rows of a sheet or a CSV file; only the column 单位名称 is required.

    ``place`` is where they stand. Raises InputError when there is no such column or a unit or code stands twice.
    """
    header_row, columns = _find_header(rows, place)
    read = enumerate(_units_in(rows[header_row + 1 :], columns), start=header_row + 2)
    units = {row: unit for row, unit in read if unit.name}
    _refuse_repeats(units, place)
    return Roster(tuple(units.values()), place)


def _find_header(rows: Sequence[Sequence[str]], place: Place) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        keys = [label_key(cell) for cell in row]
        if ROSTER_LABELS["name"] not in keys:
            continue
        return number, {code: keys.index(label) for code, label in ROSTER_LABELS.items() if label in keys}
    raise InputError("单位名录中没有“单位名称”一列", "在前十行内写上列名“单位名称”，其下每行一个单位", place)


def _units_in(rows: Sequence[Sequence[str]], columns: Mapping[str, int]) -> Iterator[Unit]:
    """Give the unit that each row names; a cell behind the end of its row is blank, and so is one without a column."""
    blank = [""] * (max(columns.values()) + 1)
    pick = itemgetter(*(columns.get(code, -1) for code in ROSTER_LABELS))
    for row in rows:
        name, code, parent, category, former, contact, phone = map(str.strip, pick([*row, *blank]))
        yield Unit(name, code, parent, category, _names_in(former) if former else (), contact, phone)


def _names_in(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("、") if part.strip())


def _refuse_repeats(units: Mapping[int, Unit], place: Place) -> None:
    """Refuse a name or code that stands in two rows; ``units`` are those of the rows, which count from 1."""
    marks = [mark for unit in units.values() for mark in (unit.name, unit.code, *unit.former_names) if mark]
    if len(set(map(label_key, marks))) == len(marks):
        return
    owners: dict[str, int] = {}
    for row, unit in units.items():
        for mark in (unit.name, unit.code, *unit.former_names):
            if mark and (first := owners.setdefault(label_key(mark), row)) != row:
                what = f"单位名录中“{mark}”在第 {first} 行已有，这一行又出现"
                remedy = "删去重复的一行，或改正名称、代码、曾用名"
                raise InputError(what, remedy, replace(place, cell=f"第 {row} 行"))

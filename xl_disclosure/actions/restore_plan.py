"""Where everything goes when a form is restored: figures by their labels, and what finds no place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xl_disclosure.actions.clerk_book import A1_NAME
from xl_disclosure.actions.fill_plan import number_in, plan_fill
from xl_disclosure.cell_names import parse_column
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.forms.text import label_key
from xl_disclosure.returns.model import Entry, Number
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import CellContent, CellValue
from xl_disclosure.workbook.form_model import SheetModel
from xl_disclosure.workbook.layout import UNITS_SHEET, CellPlace, fact_places
from xl_disclosure.workbook.same_content import says

_QUOTED = re.compile('"((?:[^"]|"")*)"')
_REFERENCE = re.compile(r"\$?[A-Z]+\$?[0-9]+")

Rows = Sequence[Sequence[CellValue]]
BLANK = CellValue()


@dataclass(frozen=True, slots=True)
class Stray:
    """Hold what found no place in the restored form: where it stood, what it says, and why."""

    place: CellPlace
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """Hold what goes into the form, what stays beside it by sheet and cell, the areas to restore, and the strays."""

    contents: Mapping[FactAddress, CellContent]
    beside: Mapping[str, Mapping[tuple[int, int], CellContent]]
    areas: Mapping[str, Area]
    strays: tuple[Stray, ...]


@dataclass(frozen=True)
class Former:
    """Hold a form as it was found: the cells of each sheet, and where its labels say that figures stand."""

    edition: Edition
    models: Mapping[str, SheetModel]
    rows: Mapping[str, Rows]
    entries: Mapping[FactAddress, Entry]
    filled: Mapping[FactAddress, str] = field(default_factory=dict)
    """The figures last filled in, as text: a total among them was stated by its source."""

    @cached_property
    def own_places(self) -> Mapping[FactAddress, CellPlace]:
        """Return where figures belong."""
        return fact_places(self.edition)

    @cached_property
    def found(self) -> Mapping[FactAddress, CellPlace]:
        """Return where figures stand: by their labels, else, where nothing has moved, in their own cell."""
        located = {address: place for address, entry in self.entries.items() if (place := _cell_of(entry))}
        taken = set(located.values())
        moved = {self.own_places[address].sheet for address, place in located.items() if self._is_moved(address, place)}
        at_home = {
            address: place
            for address, place in self.own_places.items()
            if address not in located and place not in taken and place.sheet not in moved
        }
        return {**located, **at_home}

    def cell(self, place: CellPlace) -> CellValue:
        """Return what a cell said."""
        rows = self.rows[place.sheet]
        return _cell_in(rows, place.row, place.column) if place.sheet in self.rows else BLANK

    def area(self, sheet: str) -> Area:
        """Return the area that the form took up, as far as its figures were pushed down and to the right included."""
        down = right = 0
        for address, place in self.found.items():
            own = self.own_places[address]
            if own.sheet == place.sheet == sheet:
                down, right = max(down, place.row - own.row), max(right, place.column - own.column)
        area = self.models[sheet].area
        return Area(0, 0, area.last_row + down, area.last_column + right)

    def _is_moved(self, address: FactAddress, place: CellPlace) -> bool:
        return self.own_places[address] != place


def plan_restoration(former: Former) -> RestorePlan:
    """Return the plan to restore a form: nothing that stood in it is left out of it."""
    kept: dict[FactAddress, CellValue] = {}
    given: dict[FactAddress, Number | None] = {}
    strays: list[Stray] = []
    computed = computed_facts(former.edition)
    for address, place in former.found.items():
        cell = former.cell(place)
        number = number_in(cell)
        if UNITS_SHEET in cell.formula or (address not in computed and _is_to_be_kept(cell, place, former, address)):
            kept[address] = cell
        elif address not in computed or (not cell.formula and cell.text == former.filled.get(address)):
            given[address] = number
    cells = {address: kept.get(address, BLANK) for address in former.edition.facts}
    plan = plan_fill(former.edition, cells, {a: n for a, n in given.items() if n is not None}, {})
    contents = {**plan.contents, **{address: _content(cell) for address, cell in kept.items()}}
    strays.extend(_replaced_totals(former, contents, computed))
    beside: dict[str, dict[tuple[int, int], CellContent]] = {}
    for sheet in former.rows:
        for place, cell in _others(former, sheet):
            if _is_free(former, place):
                beside.setdefault(sheet, {})[place.row, place.column] = _content(cell)
            else:
                strays.append(Stray(place, cell.text, "这里是表格自己的格子"))
    areas = {sheet: former.area(sheet) for sheet in former.rows}
    return RestorePlan(contents, beside, areas, tuple(strays))


def _is_to_be_kept(cell: CellValue, place: CellPlace, former: Former, address: FactAddress) -> bool:
    """Tell whether a cell is taken over as it is: what is no number, and a formula that still stands where it did."""
    if cell.is_blank:
        return False
    return number_in(cell) is None or (bool(cell.formula) and place == former.own_places[address])


def _replaced_totals(
    former: Former, contents: Mapping[FactAddress, CellContent], computed: Mapping[FactAddress, object]
) -> Iterator[Stray]:
    """Give the figures that were typed over a total's formula and are not what the formula gives."""
    for address in computed:
        place = former.found.get(address)
        cell = former.cell(place) if place is not None else BLANK
        content = contents.get(address, CellContent())
        if place is None or cell.formula or cell.is_blank or cell.value == content.value:
            continue
        shown = CellValue(content.value).text or "空白"
        yield Stray(place, cell.text, f"合计由公式算出，现为{shown}")


def _others(former: Former, sheet: str) -> Iterator[tuple[CellPlace, CellValue]]:
    """Give the cells within the form that hold neither figures nor what the template has there or elsewhere."""
    model, area = former.models[sheet], former.area(sheet)
    figures = {place for place in former.found.values() if place.sheet == sheet}
    printed = {label_key(cell.text) for line in model.rows for cell in line if cell.text and not cell.formula}
    for row, line in enumerate(former.rows[sheet][: area.last_row + 1]):
        for column, cell in enumerate(line[: area.last_column + 1]):
            place, own = CellPlace(sheet, row, column), model.cell(row, column)
            if cell.is_blank or place in figures or says(cell, own) or label_key(cell.text) in printed:
                continue
            # Formulas of a form that was pushed aside were pushed aside with it.
            is_worked_out = (
                bool(own.formula) or area != model.area if cell.formula else _is_result_of(own.formula, cell)
            )
            if not is_worked_out:
                yield place, cell


def _is_result_of(formula: str, cell: CellValue) -> bool:
    """Tell whether a value that stands in place of the template's formula is what that formula once showed."""
    if isinstance(cell.value, bool):
        return bool(formula)
    words = [word.strip() for word in _QUOTED.findall(formula) if len(word.strip()) > 1]
    if not words:
        return _REFERENCE.fullmatch(formula) is not None
    return any(word in cell.text for word in words)


def _is_free(former: Former, place: CellPlace) -> bool:
    """Tell whether the template leaves a cell blank and no figure belongs there."""
    own = former.models[place.sheet].cell(place.row, place.column)
    return own.is_blank and place not in set(former.own_places.values())


def _content(cell: CellValue) -> CellContent:
    return CellContent(cell.value, cell.formula, cell.link)


def _cell_in(rows: Rows, row: int, column: int) -> CellValue:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else BLANK


def _cell_of(entry: Entry) -> CellPlace | None:
    found = A1_NAME.fullmatch(entry.place.cell)
    return CellPlace(entry.place.sheet, int(found[2]) - 1, parse_column(found[1])) if found else None

"""Read and write whole blocks of cells: values and formulas, each in few calls to LibreOffice."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from xl_disclosure.libreoffice.areas import Area, area_from_uno, cover
from xl_disclosure.libreoffice.formulas import move_formula, to_calc, to_excel
from xl_disclosure.libreoffice.number_formats import NumberFormats, NumberKind
from xl_disclosure.libreoffice.uno_types import UnoObject
from xl_disclosure.libreoffice.values import (
    Scalar,
    error_from_code,
    from_serial,
    number_text,
    require_block,
    rows_of,
    to_serial,
)

# com.sun.star.sheet.CellFlags and FormulaResult
_DATES = 2
_NUMBERS_OF_FORMULAS = 1

Position = tuple[int, int]


class BlockSheet(Protocol):
    """What reading and writing needs of a sheet."""

    @property
    def position(self) -> int:
        """Return the sheet's index, counted from 0."""
        ...

    @property
    def number_formats(self) -> NumberFormats:
        """Return the number formats of its workbook."""
        ...

    @property
    def null_date(self) -> dt.datetime:
        """Return the day that its workbook counts days from."""
        ...

    def cells_of(self, area: Area) -> UnoObject:
        """Return the UNO object of an area."""
        ...

    def cell_of(self, row: int, column: int) -> UnoObject:
        """Return the UNO object of a cell."""
        ...


def read_values(sheet: BlockSheet, area: Area) -> list[list[Scalar]]:
    """Return the values of a block: numbers, texts, truth values, points in time, CellError, and "" for nothing."""
    cells = sheet.cells_of(area)
    rows: list[list[Scalar]] = [list(row) for row in cells.getDataArray()]
    numbers: dict[Position, float] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is None:
                values[column] = _read_error(sheet, area.row + row, area.column + column)
            elif isinstance(value, float):
                numbers[area.row + row, area.column + column] = value
    for (row, column), kind in _meanings(sheet, cells, numbers).items():
        number = numbers[row, column]
        if kind == NumberKind.DATE:
            rows[row - area.row][column - area.column] = from_serial(number, sheet.null_date)
        elif kind == NumberKind.TRUTH_VALUE and number in {0.0, 1.0}:
            rows[row - area.row][column - area.column] = bool(number)
    return rows


def write_values(sheet: BlockSheet, area: Area, data: Any) -> None:
    """Write prepared values into a block; one value alone fills it.

    A text that opens with = is a formula, and after a leading apostrophe any text is just text, as in Excel.
    A date gets a date format where the cell has none.
    """
    rows = rows_of(data, area.shape)
    require_block(rows, area.shape[1])
    formulas: dict[Position, str] = {}
    numbers: dict[NumberKind, list[Position]] = {kind: [] for kind in NumberKind}
    lines: list[tuple[float | str, ...]] = []
    for row, values in enumerate(rows, area.row):
        for column, value in enumerate(values, area.column):
            if _is_formula(value):
                formulas[row, column] = value
            elif (kind := _number_kind(value)) is not None:
                numbers[kind].append((row, column))
        lines.append(tuple(_plain(value, sheet.null_date) for value in values))
    if len(formulas) < area.shape[0] * area.shape[1]:
        sheet.cells_of(area).setDataArray(tuple(lines))
    _set_formulas(sheet, formulas)
    _set_kinds(sheet, numbers)


def read_formulas(sheet: BlockSheet, area: Area) -> list[list[str]]:
    """Return what the formula bar shows for each cell of a block: its formula, or its value as text."""
    cells = sheet.cells_of(area)
    pairs = zip(cells.getFormulaArray(), cells.getDataArray(), strict=True)
    return [list(map(_formula_text, formulas, values)) for formulas, values in pairs]


def write_formulas(sheet: BlockSheet, area: Area, data: Any) -> None:
    """Write formulas, and text as if it were typed, into a block; one alone fills it, its references moving along."""
    if isinstance(data, list | tuple):
        rows = rows_of(data, area.shape)
        require_block(rows, area.shape[1])
        texts = [[_typed(value) for value in row] for row in rows]
    else:
        text = _typed(data)
        rows_down, columns_right = (range(size) for size in area.shape)
        texts = [[_moved(text, row, column) for column in columns_right] for row in rows_down]
    lines = tuple(tuple(to_calc(text) if text.startswith("=") else text for text in line) for line in texts)
    sheet.cells_of(area).setFormulaArray(lines)


def _read_error(sheet: BlockSheet, row: int, column: int) -> Scalar:
    return error_from_code(sheet.cell_of(row, column).getError())


def _meanings(sheet: BlockSheet, cells: UnoObject, numbers: dict[Position, float]) -> dict[Position, NumberKind]:
    """Return what numbers stand for, where that is not just a number."""
    if not numbers:
        return {}
    common = sheet.number_formats.common_kind(cells)
    if common is not None:
        return {} if common == NumberKind.PLAIN else dict.fromkeys(numbers, common)
    dates = _positions(cells.queryContentCells(_DATES))
    from_formulas = _positions(cells.queryFormulaCells(_NUMBERS_OF_FORMULAS))
    doubtful = [
        position
        for position, number in numbers.items()
        if position not in dates and (number in {0.0, 1.0} or position in from_formulas)
    ]
    meanings = {position: NumberKind.DATE for position in dates if position in numbers}
    for kind, area in sheet.number_formats.kinds(sheet.position, cover(doubtful)):
        if kind != NumberKind.PLAIN:
            meanings.update(dict.fromkeys(area.cells(), kind))
    return meanings


def _positions(found: UnoObject) -> set[Position]:
    return {position for address in found.RangeAddresses for position in area_from_uno(address).cells()}


def _is_formula(value: Scalar) -> bool:
    return isinstance(value, str) and value.startswith("=") and value != "="


def _number_kind(value: Scalar) -> NumberKind | None:
    match value:
        case bool():
            return NumberKind.TRUTH_VALUE
        case dt.datetime():
            return NumberKind.DATE
        case float():
            return NumberKind.PLAIN
    return None


def _plain(value: Scalar, null_date: dt.datetime) -> float | str:
    """Return what LibreOffice takes for a value: never None, which would end it, nor True."""
    match value:
        case None:
            return ""
        case dt.datetime():
            return to_serial(value, null_date)
        case str():
            return "" if _is_formula(value) else value.removeprefix("'")
    return float(value)


def _set_formulas(sheet: BlockSheet, formulas: dict[Position, str]) -> None:
    for area in cover(formulas):
        lines = [
            tuple(to_calc(formulas[row, column]) for column in range(area.column, area.last_column + 1))
            for row in range(area.row, area.last_row + 1)
        ]
        sheet.cells_of(area).setFormulaArray(tuple(lines))


def _set_kinds(sheet: BlockSheet, positions: dict[NumberKind, list[Position]]) -> None:
    """Make number formats say what numbers stand for; a plain number may stand in a date's format, as in Excel."""
    formats = sheet.number_formats
    for kind, wanted in positions.items():
        for present, area in list(formats.kinds(sheet.position, cover(wanted))):
            if present != kind and (kind != NumberKind.PLAIN or present == NumberKind.TRUTH_VALUE):
                formats.set_kind(sheet.cells_of(area), kind)


def _formula_text(formula: str, value: float | str | None) -> str:
    if isinstance(value, str):
        return to_excel(formula) if formula.startswith("=") and formula != value else value
    if formula.startswith("=") or value is None:
        return to_excel(formula)
    return number_text(value)


def _typed(value: Scalar) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() | int():
            return number_text(value)
        case dt.datetime():
            return value.isoformat(" ")
    return value


def _moved(text: str, rows: int, columns: int) -> str:
    return move_formula(text, rows, columns) if text.startswith("=") else text

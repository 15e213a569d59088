"""Make the sheets of registers as a workbook reader gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.registers import Register
from xl_disclosure.registers.count import RegisterCount, count_register
from xl_disclosure.registers.lines import read_lines
from xl_disclosure.registers.values import CellValue

HEADER_ROW = 2


def register_of(edition: str, code: str) -> Register:
    """Return one register of an edition."""
    return load_edition(edition).registers[code]


def sheet_of(register: Register, lines: Sequence[Mapping[str, CellValue]]) -> list[list[CellValue]]:
    """Return a register's sheet: title, help, headings, and a row for each line given by column heading."""
    headings: list[CellValue] = [field.label for field in register.fields]
    rows = [[line.get(field.label) for field in register.fields] for line in lines]
    return [["标题"], [None], headings, *rows]


def count_sheet(register: Register, lines: Sequence[Mapping[str, CellValue]], year: int) -> RegisterCount:
    """Return what the lines, given by column heading, come to."""
    return count_register(register, read_lines(register, sheet_of(register, lines), HEADER_ROW, "台账.xlsm"), year)

"""Formulas as Excel writes them and as LibreOffice's API does; both with English function names.

They differ in references to other sheets (统计表!A1, $'统计表'.A1), in the separators of arguments (, ;), of array
columns (, ;) and array rows (; |), in the union (, ~) and in the intersection of references (a blank, !).
LibreOffice's own com.sun.star.sheet.FormulaParser converts too, but drops error constants such as #N/A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from xl_disclosure.libreoffice.areas import column_letters, column_number
from xl_disclosure.libreoffice.errors import NotSupportedError

_QUOTED = r"'(?:[^']|'')*'"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.(!])"
_COLUMNS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!])"
_ROWS = r"\$?[1-9][0-9]*:\$?[1-9][0-9]*(?![\w.(!])"
_COMMON = r"""
    (?P<string>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NUM!|VALUE!|NULL!))
"""
_REST = rf"""
  | (?P<cell>{_CELL}) | (?P<columns>{_COLUMNS}) | (?P<rows>{_ROWS})
  | (?P<function>[^\W\d][\w.]*\() | (?P<open>\()
  | (?P<table>[^\W\d][\w.]*\[(?:[^\[\]]|\[[^\[\]]*\])*\])
  | (?P<name>[^\W\d][\w.\\?]*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<blank>\s+) | (?P<close>[)}}]) | (?P<array>\{{) | (?P<other>.)
"""
_EXCEL_SHEET = rf"(?P<sheet>(?:{_QUOTED}|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)"
_CALC_SHEET = rf"(?P<sheet>\$?(?:{_QUOTED}|\w+)\.(?={_CELL}|{_COLUMNS}|{_ROWS}|\#REF!))"
_EXCEL = re.compile(f"{_COMMON} | {_EXCEL_SHEET} {_REST}", re.VERBOSE | re.DOTALL)
_CALC = re.compile(f"{_COMMON} | {_CALC_SHEET} {_REST}", re.VERBOSE | re.DOTALL)

_BARE_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
_PARTS = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
_FIRST_OF_OPERAND = {"sheet", "cell", "columns", "rows", "function", "open", "table", "name"}
_LAST_OF_OPERAND = {"cell", "columns", "rows", "table", "name", "close", "error"}
_NEWER_FUNCTION = "_xlfn."


def to_calc(formula: str) -> str:
    """Return the formula (with its equals sign) that LibreOffice's API takes for one that Excel takes.

    Raises:
        NotSupportedError: it refers to another workbook or over several sheets, or uses dynamic arrays.
    """
    return _ToCalc(formula).convert()


def to_excel(formula: str) -> str:
    """Return the formula (with its equals sign) that Excel takes for one that LibreOffice's API gives."""
    return _ToExcel(formula).convert()


def move_formula(formula: str, rows: int, columns: int) -> str:
    """Return a formula of Excel's as it reads so many rows down and columns to the right of its place."""
    moved = []
    for match in _EXCEL.finditer(formula):
        if match.lastgroup in {"cell", "columns", "rows"}:
            moved.append(":".join(_move_reference(part, rows, columns) for part in match.group().split(":")))
        else:
            moved.append(match.group())
    return "".join(moved)


def excel_sheet_name(sheet: str) -> str:
    """Return a sheet's name as Excel writes it before an exclamation mark: in quotes where it must be."""
    if _BARE_SHEET.fullmatch(sheet) and not _LIKE_A_CELL.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def external_sheet_name(book: str, sheet: str) -> str:
    """Return the names of a workbook and its sheet as Excel writes them before an exclamation mark."""
    if excel_sheet_name(sheet) == sheet and " " not in book:
        return f"[{book}]{sheet}"
    return excel_sheet_name(f"[{book}]{sheet}")


def calc_sheet_name(sheet: str) -> str:
    """Return a sheet's name as LibreOffice's API writes it before a dot."""
    return "$'" + sheet.replace("'", "''") + "'"


def _move_reference(reference: str, rows: int, columns: int) -> str:
    match = _PARTS.fullmatch(reference)
    if match is None:
        return reference
    column_sign, letters, row_sign, row = match.groups()
    if not letters:
        # In a reference to whole rows, the only sign stands before the row.
        return f"{column_sign}{row}" if column_sign else str(int(row) + rows)
    if not column_sign:
        letters = column_letters(column_number(letters) + columns)
    if row and not row_sign:
        row = str(int(row) + rows)
    return f"{column_sign}{letters}{row_sign}{row}"


@dataclass(slots=True)
class _Token:
    kind: str
    text: str


def _tokens(grammar: re.Pattern[str], formula: str) -> Iterator[_Token]:
    for match in grammar.finditer(formula):
        yield _Token(match.lastgroup or "other", match.group())


@dataclass(slots=True)
class _ToCalc:
    formula: str
    brackets: list[str] = field(default_factory=list)

    def convert(self) -> str:
        converted = []
        tokens = list(_tokens(_EXCEL, self.formula))
        for place, token in enumerate(tokens):
            follower = tokens[place + 1].kind if place + 1 < len(tokens) else ""
            precursor = tokens[place - 1].kind if place else ""
            if token.kind == "blank" and precursor in _LAST_OF_OPERAND and follower in _FIRST_OF_OPERAND:
                converted.append("!")
            elif token.kind == "sheet" and follower == "error":
                continue
            else:
                converted.append(self._convert(token))
        return "".join(converted)

    def _convert(self, token: _Token) -> str:
        match token.kind:
            case "function" | "open" | "array":
                self.brackets.append(token.kind)
                return token.text.removeprefix(_NEWER_FUNCTION)
            case "close" if self.brackets:
                self.brackets.pop()
            case "sheet":
                return self._convert_sheet(token.text.removesuffix("!"))
            case "other" if token.text in {",", ";"}:
                return self._convert_separator(token.text)
            case "other" if token.text in {"[", "]", "@", "#"}:
                raise NotSupportedError(self._refusal(token.text))
        return token.text

    def _convert_separator(self, separator: str) -> str:
        innermost = self.brackets[-1] if self.brackets else "open"
        if innermost == "array":
            return {",": ";", ";": "|"}[separator]
        if innermost == "function":
            return ";"
        return {",": "~", ";": ";"}[separator]

    def _convert_sheet(self, name: str) -> str:
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        if "[" in name or ":" in name:
            raise NotSupportedError(self._refusal(name))
        return calc_sheet_name(name) + "."

    def _refusal(self, part: str) -> str:
        return (
            f"the formula {self.formula} is not supported on LibreOffice because of {part!r}: refer to single sheets "
            "of the same workbook, without @ and #"
        )


@dataclass(slots=True)
class _ToExcel:
    formula: str
    array_depth: int = 0

    def convert(self) -> str:
        return "".join(map(self._convert, _tokens(_CALC, self.formula)))

    def _convert(self, token: _Token) -> str:
        match token.kind:
            case "array":
                self.array_depth += 1
            case "close" if token.text == "}":
                self.array_depth -= 1
            case "sheet":
                name = token.text.removesuffix(".").removeprefix("$")
                bare = name[1:-1].replace("''", "'") if name.startswith("'") else name
                return excel_sheet_name(bare) + "!"
            case "other" if self.array_depth:
                return {";": ",", "|": ";"}.get(token.text, token.text)
            case "other":
                return {";": ",", "~": ",", "!": " "}.get(token.text, token.text)
        return token.text

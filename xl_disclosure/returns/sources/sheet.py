"""The cells of one worksheet part of an .xlsx workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import DecimalException
from functools import partial
from itertools import chain

from xl_disclosure.returns.sources.addresses import Span, column_number, merged_area
from xl_disclosure.returns.sources.archive import damaged
from xl_disclosure.returns.sources.document import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    SHEET_DIGITS,
    OddCell,
    OddKind,
    Position,
    RawCell,
    SheetContent,
    number_from_text,
)
from xl_disclosure.returns.sources.list_cells import LONG, ListCells
from xl_disclosure.returns.sources.markup import MOST_DIGITS, Attributes, Enough, parse_events, whole_number
from xl_disclosure.returns.sources.number_formats import shown_date
from xl_disclosure.returns.sources.plain_sheet import LARGEST, Frame, take_apart
from xl_disclosure.returns.sources.shared_strings import SharedStrings
from xl_disclosure.returns.sources.written_text import APART, read_written, unescape

_ODD_KINDS = {"e": OddKind.ERROR, "d": OddKind.DATE}


def fill_frame(
    frame: Frame, values: Sequence[bytes], strings: SharedStrings, date_styles: frozenset[str]
) -> SheetContent:
    """Return a worksheet that was taken apart; see ``read_sheet``."""
    return SheetContent(_fill(frame, values, CellContents(strings, date_styles)), frame.spans, frame.is_cut)


def read_sheet(chunks: Iterator[bytes], strings: SharedStrings, date_styles: frozenset[str]) -> SheetContent:
    """Return a worksheet's cells and merged areas within the bounds; what lies beyond them is not looked at.

    ``date_styles`` are the numbers of the cell styles that show a number as a date. Raises InputError for damaged XML.
    """
    opening = b""
    for chunk in chunks:
        opening += chunk
        if len(opening) > LARGEST:
            return parse_sheet(chain((opening,), chunks), strings, date_styles)
    plain = take_apart(opening)
    if plain is None:
        return parse_sheet((opening,), strings, date_styles)
    return fill_frame(*plain, strings, date_styles)


def parse_sheet(chunks: Iterable[bytes], strings: SharedStrings, date_styles: frozenset[str]) -> SheetContent:
    """Return what ``read_sheet`` does, whatever way the worksheet is written."""
    reader = _SheetReader(CellContents(strings, date_styles))
    parse_events(chunks, reader.start, reader.text)
    with suppress(Enough):
        reader.finish_cell()
    return SheetContent(reader.cells, reader.spans, reader.is_cut)


def _fill(frame: Frame, values: Sequence[bytes], contents: CellContents) -> Mapping[Position, RawCell]:
    """Return the cells of a sheet from its frame and its values; most hold a shared text or a whole number."""
    texts = _shared_texts(frame, values, contents)
    if texts is not None:
        return fill_groups(frame, values, texts, contents)
    found: dict[Position, RawCell] = {}
    following = iter(values)
    for position, kind, style, has_formula, has_value in frame.cells:
        value = next(following) if has_value else b""
        if not value and not has_formula:
            continue
        content = contents.read_written(kind, style, value, has_formula=has_formula)
        if content != "" and position is not None:
            found[position] = content
    return found


def _shared_texts(frame: Frame, values: Sequence[bytes], contents: CellContents) -> list[str] | None:
    """Return the shared texts of a sheet's cells; None where its cells are not what most are."""
    if not frame.is_simple or not contents.shows_no_dates(frame.numbers.styles):
        return None
    return contents.read_shared(frame.shared_texts.pick(values))


def fill_groups(
    frame: Frame, values: Sequence[bytes], texts: Sequence[str], contents: CellContents
) -> Mapping[Position, RawCell]:
    """Return the cells of a sheet, those of one kind together, from its shared texts and what else it holds."""
    own = _own_texts(frame.own_texts.pick(values))
    place = partial(_place, frame, values, texts, own, contents)
    is_list = len(frame.order) >= LONG and not frame.others and are_numbers(frame.numbers.pick(values))
    return ListCells([*texts, *own], len(frame.order), place) if is_list and all(texts) and all(own) else place()


def _place(
    frame: Frame, values: Sequence[bytes], texts: Sequence[str], own: Sequence[str], contents: CellContents
) -> dict[Position, RawCell]:
    found: dict[Position, RawCell] = dict.fromkeys(frame.order, "")
    found.update(zip(frame.shared_texts.places, texts, strict=True))
    found.update(zip(frame.own_texts.places, own, strict=True))
    found.update(_numbers(frame, values, contents))
    for number, (position, kind, style, has_formula, _) in frame.others:
        if position is not None and (values[number] or has_formula):
            found[position] = contents.read_written(kind, style, values[number], has_formula=has_formula)
    return {position: cell for position, cell in found.items() if cell != ""} if "" in found.values() else found


def _numbers(frame: Frame, values: Sequence[bytes], contents: CellContents) -> Mapping[Position, RawCell]:
    written = frame.numbers.pick(values)
    if are_numbers(written):
        return dict(zip(frame.numbers.places, map(int, written), strict=True))
    found: dict[Position, RawCell] = {}
    for place, value in zip(frame.numbers.places, written, strict=True):
        if value.isdigit() and len(value) <= SHEET_DIGITS:
            found[place] = int(value)
        elif value or place in frame.formulas:
            found[place] = contents.read_written("n", "", value, has_formula=place in frame.formulas)
    return found


class CellContents:
    """Turn what a cell element holds into what stands in the cell."""

    def __init__(self, strings: SharedStrings, date_styles: frozenset[str]) -> None:
        self._strings = strings
        self._date_styles = date_styles

    def shows_no_dates(self, styles: frozenset[str]) -> bool:
        """Tell whether no style of these shows a number as a date."""
        return self._date_styles.isdisjoint(styles)

    def read_shared(self, numbers: Sequence[bytes]) -> list[str] | None:
        """Return the shared texts of those numbers as written; None where one is none, for ``read`` to say why."""
        if not are_numbers(numbers):
            return None
        try:
            return self._strings.read([*map(int, numbers)])
        except IndexError:
            return None

    def read_written(self, kind: str, style: str, value: bytes, *, has_formula: bool) -> RawCell:
        """Return the content of a cell whose value is given as it is written; see ``read``."""
        if kind == "s" and value.isdigit() and len(value) <= MOST_DIGITS:
            return self._shared_string(int(value))
        if kind == "n" and value.isdigit() and len(value) <= SHEET_DIGITS and style not in self._date_styles:
            return int(value)
        text = value.decode("utf-8", "replace")
        if "&" in text:
            (text,) = read_written([text])
        return self.read(kind, style, text, has_formula=has_formula)

    def read(self, kind: str, style: str, value: str, *, has_formula: bool) -> RawCell:
        """Return a cell's content, blank for none; InputError when it points to a text that is not there."""
        if kind == "n":
            return self._number(value.strip(), style, has_formula=has_formula)
        if kind == "s":
            return self._shared_string(whole_number(value))
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        odd = _ODD_KINDS.get(kind)
        return unescape(value) if odd is None else OddCell(odd, value.strip())

    def _number(self, value: str, style: str, *, has_formula: bool) -> RawCell:
        if not value:
            return OddCell(OddKind.UNCALCULATED, "") if has_formula else ""
        try:
            number = number_from_text(value)
        except DecimalException as error:
            raise damaged() from error
        return OddCell(OddKind.DATE, shown_date(number), number) if style in self._date_styles else number

    def _shared_string(self, position: int | None) -> str:
        if position is None or position >= len(self._strings):
            raise damaged()
        return self._strings[position]


def are_numbers(written: Sequence[bytes]) -> bool:
    """Tell whether all of these are whole numbers of few digits, as shared texts have and most figures are."""
    if not written:
        return True
    return b"".join(written).isdigit() and all(written) and len(max(written, key=len)) <= MOST_DIGITS


def _own_texts(values: Sequence[bytes]) -> list[str]:
    """Return the texts of cells as they are written in them."""
    written = APART.encode().join(values).decode("utf-8", "replace").split(APART) if values else []
    if len(written) != len(values):
        written = [value.decode("utf-8", "replace") for value in values]
    return read_written(written)


class _SheetReader:
    """Take up the parser's events; a cell is finished when the next element begins."""

    def __init__(self, contents: CellContents) -> None:
        self.cells: dict[Position, RawCell] = {}
        self.spans: dict[Position, Span] = {}
        self.is_cut = False
        self._contents = contents
        self._row = -1
        self._column = -1
        self._cell: Attributes | None = None
        self._element = ""
        self._value = ""
        self._has_formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._element = name
        if name == "c":
            if self._value or self._has_formula:
                self.finish_cell()
            self._cell = attributes
            self._column += 1
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self.finish_cell()
            self._start_row(attributes)
        elif name == "mergeCell":
            self.finish_cell()
            position, span = merged_area(attributes.get("ref", ""))
            self.spans[position] = span
        elif name == "conditionalFormatting":
            raise Enough  # It follows the cells and merged areas (ECMA-376 part 1, 18.3.1.99), and can be long.

    def text(self, piece: str) -> None:
        if self._element in {"v", "t"}:
            self._value += piece

    def finish_cell(self) -> None:
        if self._cell is None:
            return
        if self._value or self._has_formula:
            self._keep(self._cell)
        self._cell = None
        self._value = ""
        self._has_formula = False

    def _keep(self, cell: Attributes) -> None:
        reference = cell.get("r")
        if reference is not None:
            letters = reference.rstrip("0123456789")
            if reference != f"{letters}{self._row + 1}":
                raise damaged()
            self._column = column_number(letters)
        kind, style = cell.get("t", "n"), cell.get("s", "0")
        content = self._contents.read(kind, style, self._value, has_formula=self._has_formula)
        if content != "" and self._column < MAX_COLUMNS:
            self.cells[self._row, self._column] = content
        elif content != "":
            self.is_cut = True
        if len(self.cells) > MAX_CELLS:
            self.is_cut = True
            raise Enough

    def _start_row(self, attributes: Attributes) -> None:
        number = whole_number(attributes.get("r", ""))
        self._row = self._row + 1 if number is None else number - 1
        self._column = -1
        if self._row >= MAX_ROWS:
            self.is_cut = True
            raise Enough

"""A sheet taken apart without a parser reads as a parser reads it, the first of its kind and those after it."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.returns.reports import sample_report
from tests.returns.test_own_book import YEARS, fill
from tests.returns.writers import write_xlsx
from xl_disclosure.errors import InputError
from xl_disclosure.returns.sources.archive import Archive, Member
from xl_disclosure.returns.sources.document import MAX_CELLS, MAX_COLUMNS, Position, RawCell
from xl_disclosure.returns.sources.plain_sheet import LARGEST, take_apart
from xl_disclosure.returns.sources.shared_strings import LARGEST_PART_KEPT, NO_STRINGS, SharedStrings, read_strings
from xl_disclosure.returns.sources.sheet import parse_sheet, read_sheet
from xl_disclosure.returns.sources.stored_sheet import read_stored_sheet

STRINGS = SharedStrings([], [f"文字{number}" for number in range(1000)])
DATE_STYLES = frozenset({"3"})
OPENING = b'<worksheet xmlns="x"><sheetData><row r="1">'
CLOSING = b"</row></sheetData></worksheet>"

ODD_VALUES = (b"0", b"-1", b"007", b"1.50", b"1e3", b"x", b"", b" ", b" 5 ", b"9" * 18, b"&#20013;", b"_x000D_")
CELLS = (
    b'<c r="A1"><v>%s</v></c>',
    b'<c r="A1" s="3"><v>%s</v></c>',
    b'<c r="A1" t="s"><v>%s</v></c>',
    b'<c r="A1" t="str"><f>B1</f><v>%s</v></c>',
    b'<c r="A1" t="b"><v>%s</v></c>',
    b'<c r="A1" t="e"><v>%s</v></c>',
    b'<c r="A1"><f>SUM(B1)</f><v>%s</v></c>',
    b'<c r="A1" t="inlineStr"><is><t>%s</t></is></c>',
    b'<c r="A1" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>',
    b'<c r="IW1"><v>%s</v></c>',
    b'<c r="A1" t="n"><v/></c><c r="B1"><v>%s</v></c>',
    b'<c r="A1"><f>B1</f></c><c r="B1"><v>%s</v></c>',
    b'<c r="A1"><v/></c><c r="A1"><v>%s</v></c>',
    b'<c r="A1" t="b"><v/></c><c r="B1" t="b"><v>%s</v></c><c r="C1" t="e"><f>B1</f><v>#REF!</v></c>',
)


def sheets_of(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield package.read(name)


def read(content: bytes, reader: str) -> object:
    """Return what a reader makes of a sheet, or why it refuses it."""
    try:
        if reader == "parser":
            sheet = parse_sheet((content,), STRINGS, DATE_STYLES)
        else:
            sheet = read_sheet(iter((content,)), STRINGS, DATE_STYLES)
    except InputError as error:
        return error.what
    return sheet.cells, sheet.spans


def hold_to_the_parser(content: bytes) -> None:
    first = read(content, "plain")
    assert first == read(content, "plain") == read(content, "parser")


@pytest.fixture(params=YEARS)
def workbooks(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """Give a report as a workbook of ours and in a plain one."""
    report = sample_report(request.param, YEARS[request.param])
    fill(report, tmp_path / "own.xlsm")
    write_xlsx(report, tmp_path / "plain.xlsx")
    return [tmp_path / "own.xlsm", tmp_path / "plain.xlsx"]


def test_every_sheet_of_real_workbooks_is_taken_apart_as_it_is_parsed(workbooks: list[Path]) -> None:
    for path in workbooks:
        for content in sheets_of(path):
            assert take_apart(content) is not None
            hold_to_the_parser(content)


def test_sheets_that_differ_in_their_values_alone_share_a_frame(workbooks: list[Path]) -> None:
    for content in sheets_of(workbooks[0]):
        changed = re.sub(rb"<v>\d+</v>", b"<v>7</v>", content)
        frames = [take_apart(sheet) for sheet in (content, changed)]
        assert frames[0] is not None
        assert frames[1] is not None
        assert frames[0][0] is frames[1][0]
        hold_to_the_parser(changed)


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("cell", CELLS)
def test_an_odd_value_in_every_kind_of_cell(cell: bytes, value: bytes) -> None:
    hold_to_the_parser(OPENING + cell % b"1" + CLOSING)  # its frame is known when the odd value comes
    hold_to_the_parser(OPENING + cell % value + CLOSING)


def test_damage_at_random(workbooks: list[Path]) -> None:
    source = random.Random(0)
    for content in (sheet for path in workbooks for sheet in sheets_of(path)):
        for _ in range(5):
            at = source.randrange(len(content))
            piece = source.choice((b"<v>", b"</v>", b"<c ", b"<t>", b"", b"9", b"<!--x-->", b"<v></v>"))
            damaged = content[:at] + piece + content[at + source.randrange(4) :]
            plain, parsed = read(damaged, "plain"), read(damaged, "parser")
            assert plain == parsed or take_apart(damaged) is not None


def stored(content: bytes, path: Path) -> Member:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("sheet.xml", content)
    return Archive(path.read_bytes()).member("sheet.xml")


def read_again(part: Member, strings: SharedStrings) -> Mapping[Position, RawCell]:
    """Return what a stored sheet reads, the first time and when it is kept for having been seen before."""
    first, *others = (read_stored_sheet(part, strings, frozenset()).cells for _ in range(3))
    assert [first, first] == others
    return first


def test_sheets_stored_alike_have_the_texts_and_dates_of_their_own_workbooks(tmp_path: Path) -> None:
    part = stored(OPENING + b'<c r="A1" t="s"><v>0</v></c><c r="B1" s="3"><v>5</v></c>' + CLOSING, tmp_path / "a.zip")
    first, other = SharedStrings([], ["甲"]), SharedStrings([], ["乙"])
    for strings in (first, other, first):
        assert read_again(part, strings) == {(0, 0): strings[0], (0, 1): 5}
    assert read_stored_sheet(part, first, DATE_STYLES).cells[0, 1] != 5
    with pytest.raises(InputError):
        read_stored_sheet(part, NO_STRINGS, frozenset())


def test_a_damaged_sheet_is_refused_where_the_sound_one_was_read_before(tmp_path: Path) -> None:
    part = stored(OPENING + b'<c r="A1"><v>5</v></c>' + CLOSING, tmp_path / "a.zip")
    assert read_again(part, NO_STRINGS) == {(0, 0): 5}
    for damaged in (part._replace(checksum=part.checksum ^ 1), part._replace(stored=bytes(len(part.stored)))):
        for _ in range(2):
            with pytest.raises(InputError):
                read_stored_sheet(damaged, NO_STRINGS, frozenset())


def test_a_sheet_larger_than_it_says_is_read_all_the_same(tmp_path: Path) -> None:
    cells = b"".join(b'<c r="A%d"><v>%d</v></c></row><row>' % (row, row) for row in range(1, 4001))
    part = stored(b'<worksheet xmlns="x"><sheetData><row>' + cells + CLOSING, tmp_path / "a.zip")
    assert len(read_again(part._replace(inflated=10), NO_STRINGS)) == 4000


def test_a_sheet_with_more_cells_than_are_read_is_cut() -> None:
    row = b"<row>%s</row>" % (b"<c><v>1</v></c>" * MAX_COLUMNS)
    content = b'<worksheet xmlns="x"><sheetData>' + row * (MAX_CELLS // MAX_COLUMNS + 2) + b"</sheetData></worksheet>"
    sheet = read_sheet(iter((content,)), STRINGS, DATE_STYLES)
    assert sheet.is_cut
    assert len(sheet.cells) == MAX_CELLS + 1


def test_strings_too_large_to_be_kept_read_the_same(tmp_path: Path) -> None:
    part = stored(OPENING + b'<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>' + CLOSING, tmp_path / "a.zip")
    for length in (LARGEST_PART_KEPT // 2, LARGEST_PART_KEPT, LARGEST_PART_KEPT * 4):
        long = "a" * length
        strings = read_strings(b"<sst><si><t>%s</t></si><si><t>b</t></si></sst>" % long.encode())
        assert strings.is_small == (length < LARGEST_PART_KEPT)
        assert read_again(part, strings) == {(0, 0): long, (0, 1): "b"}


def large_strings(texts: Sequence[str]) -> bytes:
    return b"<sst>%s</sst>" % b"".join(b"<si><t>%s</t></si>" % text.encode() for text in texts)


def test_strings_are_those_of_their_own_workbook_whatever_was_read_before() -> None:
    source, offered = random.Random(0), [f"第{number}项" * 8 for number in range(3000)]
    for round_number in range(80):
        texts = list(offered)
        for _ in range(source.randrange(4)):
            place = source.choice((0, 1, source.randrange(len(texts)), len(texts) - 1, len(texts)))
            texts[place : place + source.randrange(3)] = [f"改动{round_number}"] * source.randrange(3)
        content = large_strings(texts)
        assert LARGEST_PART_KEPT < len(content) < LARGEST
        strings = read_strings(content)
        assert strings.read(range(len(strings))) == texts


def test_damaged_strings_are_refused_where_sound_ones_like_them_were_read_before() -> None:
    texts = [f"第{number}项" * 8 for number in range(3000)]
    content, opening = large_strings(texts), texts[1500].encode()
    read_strings(content)
    with pytest.raises(InputError):
        read_strings(content.removesuffix(b"</sst>"))
    with pytest.raises(InputError):
        read_strings(content.replace(b"</si><si><t>%s" % opening, b"<si><t>%s" % opening)).read(range(1499, 1500))
    with pytest.raises(InputError):
        read_strings(content.replace(b"<si><t>%s" % opening, b"<t>"))
    strings = read_strings(content)
    assert strings.read(range(len(strings))) == texts

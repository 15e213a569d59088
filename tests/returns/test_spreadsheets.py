"""Sheets of every kind of workbook give the same cells, odd ones included."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from tests.programs import Convert
from tests.returns.packages import change_part
from tests.returns.reports import sample_report
from tests.returns.writers import Report, write_xlsx
from xl_disclosure.errors import InputError
from xl_disclosure.resources import templates_directory
from xl_disclosure.returns.read import read_file
from xl_disclosure.returns.sources.document import OddCell, OddKind, Position, RawCell, SourceDocument
from xl_disclosure.returns.sources.opening import open_source

EDITIONS = ("2014", "2014-xingyi", "2014-fujian", "2019", "2021")
CONVERTED = ("2014", "2021")
"""A list and the other layouts: LibreOffice takes its time."""

LONG = "长" * 9000

VALUES: dict[str, object] = {
    "A1": "标题",
    "A2": 215,
    "A3": 1.25,
    "A4": -3,
    "A5": 12345678.9,
    "A6": 1e15,
    "A7": 0.1 + 0.2,
    "A8": LONG,
    "A9": "第一行\n第二行",
    "A10": "=1+1",
    "A11": "=1/0",
    "A12": '="甲"&"乙"',
    "A13": '=""',
    "A14": dt.date(2021, 1, 2),
    "A15": dt.time(3, 4),
    "A16": "=NA()",
    "A17": 32767,
    "A18": 0,
    "A19": "<&\"'>",
    "A20": "  带空格  ",
    "B2": 7,
    "C2": 8,
}
EXPECTED: dict[Position, RawCell] = {
    (0, 0): "标题",
    (1, 0): 215,
    (2, 0): Decimal("1.25"),
    (3, 0): -3,
    (4, 0): Decimal("12345678.9"),
    (5, 0): Decimal("1E+15"),
    (6, 0): Decimal("0.3"),
    (7, 0): LONG,
    (8, 0): "第一行\n第二行",
    (9, 0): 2,
    (10, 0): OddCell(OddKind.ERROR, "#DIV/0!"),
    (11, 0): "甲乙",
    (13, 0): OddCell(OddKind.DATE, "2021-01-02"),
    (15, 0): OddCell(OddKind.ERROR, "#N/A"),
    (16, 0): 32767,
    (17, 0): 0,
    (18, 0): "<&\"'>",
    (19, 0): "  带空格  ",
    (1, 1): 7,
    (1, 2): 8,
}


@pytest.fixture(scope="session")
def sources(soffice: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[str, SourceDocument]:
    """Give one workbook in every format, calculated by LibreOffice, opened."""
    folder = tmp_path_factory.mktemp("sheets")
    path = folder / "book.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "表一"
    for cell, value in VALUES.items():
        page[cell] = value  # type: ignore[assignment]
    page.merge_cells("E1:G2")
    page.merge_cells("E4:E9")
    page["E1"] = "合并"
    for number in range(400):
        book.create_sheet(f"其他{number}") if number < 3 else None
        book.worksheets[-1].cell(number + 1, 1).value = f"文字{number}" * (number % 40)
    book.save(path)
    converted = folder / "converted"
    files = [soffice(path, suffix, converted) for suffix in ("xlsx", "xls", "ods")]
    return {file.suffix: open_source(file.read_bytes(), file.name) for file in files}


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_each_format_gives_the_same_cells(sources: dict[str, SourceDocument], suffix: str) -> None:
    table = sources[suffix].load("表一")
    found = {position: cell for position, cell in table.cells.items() if position[1] < 3 and position[0] != 14}
    assert found == EXPECTED
    moment = table.cells[14, 0]
    assert isinstance(moment, OddCell)
    assert moment.kind is OddKind.DATE
    assert dict(table.spans) == {(0, 4): (2, 3), (3, 4): (6, 1)}
    assert table.cells[0, 4] == "合并"


def test_long_shared_texts_that_run_over_several_records_are_whole(sources: dict[str, SourceDocument]) -> None:
    names = sources[".xls"].table_names
    assert names == sources[".xlsx"].table_names == sources[".ods"].table_names
    for name in names[1:]:
        assert sources[".xls"].load(name).cells == sources[".xlsx"].load(name).cells


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_our_reader_sees_what_common_readers_see(edition_id: str) -> None:
    path = templates_directory() / f"{edition_id}.xlsm"
    document = open_source(path.read_bytes(), path.name)
    calamine = python_calamine.CalamineWorkbook.from_path(str(path))
    book = openpyxl.load_workbook(path, data_only=True)
    assert list(document.table_names) == book.sheetnames
    for name in document.table_names:
        ours = {position: cell for position, cell in document.load(name).cells.items() if not isinstance(cell, OddCell)}
        assert ours == openpyxl_cells(book[name])
        assert ours == calamine_cells(calamine.get_sheet_by_name(name))
        assert dict(document.load(name).spans) == {
            (area.min_row - 1, area.min_col - 1): (area.size["rows"], area.size["columns"])
            for area in book[name].merged_cells.ranges
        }


def openpyxl_cells(page: Worksheet) -> dict[Position, object]:
    """Return the cells that hold something, as openpyxl reads them."""
    cells = (cell for row in page.iter_rows() for cell in row if cell.value not in (None, ""))
    return {(cell.row - 1, cell.column - 1): cell.value for cell in cells}


def calamine_cells(sheet: python_calamine.CalamineSheet) -> dict[Position, object]:
    """Return the cells that hold something, as calamine reads them."""
    top, left = sheet.start or (0, 0)
    return {
        (top + row, left + column): value
        for row, values in enumerate(sheet.to_python(skip_empty_area=True))
        for column, value in enumerate(values)
        if value != ""
    }


@pytest.fixture(scope="session")
def converted_reports(soffice: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """Give a report of each layout in the formats that LibreOffice writes."""
    folder = tmp_path_factory.mktemp("reports")
    found: dict[str, dict[str, Path]] = {}
    for edition_id in CONVERTED:
        path = folder / f"{edition_id}.xlsx"
        write_xlsx(sample_report(edition_id, 2018), path)
        found[edition_id] = {suffix: soffice(path, suffix, folder / "converted") for suffix in ("xls", "ods")}
    return found


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize("edition_id", CONVERTED)
@pytest.mark.parametrize("name", ["{0}", "某局.et", "某局.xlsx"])
def test_a_report_reads_back_the_same_whatever_it_is_called(
    edition_id: str, suffix: str, name: str, converted_reports: dict[str, dict[str, Path]], tmp_path: Path
) -> None:
    source = converted_reports[edition_id][suffix]
    path = tmp_path / name.format(source.name)
    path.write_bytes(source.read_bytes())
    returned = read_file(path)
    report = sample_report(edition_id, 2018)
    assert returned.facts == report.facts
    assert (returned.edition, returned.unit, returned.year) == (edition_id, report.unit, 2018)


def test_a_binary_workbook_changed_at_random_is_read_or_set_aside(
    converted_reports: dict[str, dict[str, Path]], tmp_path: Path
) -> None:
    content = converted_reports["2014"]["xls"].read_bytes()
    path = tmp_path / "某局.xls"
    chance = random.Random(1)
    set_aside = 0
    for _ in range(300):
        changed = bytearray(content)
        for _ in range(chance.choice([1, 5, 50])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path.write_bytes(changed[: chance.choice([len(changed), chance.randrange(len(changed))])])
        try:
            read_file(path)
        except InputError:
            set_aside += 1
    assert 0 < set_aside < 300


def test_an_encrypted_binary_workbook_is_refused(converted_reports: dict[str, dict[str, Path]], tmp_path: Path) -> None:
    content = converted_reports["2014"]["xls"].read_bytes()
    path = tmp_path / "某局.xls"
    begin = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    following = begin + 20
    path.write_bytes(content[:following] + b"\x2f\x00" + content[following + 2 :])
    with pytest.raises(InputError, match=r"某局\.xls.*已加密"):
        read_file(path)


def test_texts_in_several_fonts_or_with_a_phonetic_guide_read_as_they_show(tmp_path: Path) -> None:
    path = tmp_path / "某局.xlsm"
    path.write_bytes((templates_directory() / "2014.xlsm").read_bytes())
    before = open_source(path.read_bytes(), path.name).load("统计表").cells
    guided = (
        "<si><r><t>统计</t></r><r><t>指标</t></r><rPh sb='0' eb='2'><t>tongji</t></rPh><phoneticPr fontId='1'/></si>"
    )
    change_part(path, "xl/sharedStrings.xml", "<si><t>统计指标</t></si>".encode(), guided.encode())
    assert open_source(path.read_bytes(), path.name).load("统计表").cells == before


class TestOddCells:
    """Blank, 0, an error and a formula not calculated stay four things."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "某局.xlsx"
        report = sample_report("2014", 2018)
        write_xlsx(Report(report.edition, report.unit, report.year, dict.fromkeys(report.facts, 0)), path)
        return path

    @pytest.mark.parametrize(
        ("xml", "cell"),
        [
            (b"<c r='C5'/>", None),
            (b"<c r='C5'><v></v></c>", None),
            (b"<c r='C5' t='str'><f>IF(1,\"\")</f><v></v></c>", None),
            (b"<c r='C5' t='inlineStr'><is><t></t></is></c>", None),
            (b"<c r='C5' t='inlineStr'><is><t xml:space='preserve'> </t></is></c>", " "),
            (b"<c r='C5' t='inlineStr'><is><r><t>1</t></r><r><t>2</t></r></is></c>", "12"),
            (b"<c r='C5' t='inlineStr'><is><t>_x0031_2</t></is></c>", "12"),
            (b"<c r='C5'><v>0</v></c>", 0),
            (b"<c r='C5' t='n'><v>2.0</v></c>", 2),
            (b"<c r='C5' t='b'><v>1</v></c>", "TRUE"),
            (b"<c r='C5' t='e'><v>#REF!</v></c>", OddCell(OddKind.ERROR, "#REF!")),
            (b"<c r='C5'><f>SUM(A1)</f></c>", OddCell(OddKind.UNCALCULATED, "")),
            (b"<c r='C5'><f t='shared' si='0'/></c>", OddCell(OddKind.UNCALCULATED, "")),
            (b"<c r='C5'><f>SUM(A1)</f><v>5</v></c>", 5),
            (b"<c r='C5' t='d'><v>2021-01-02</v></c>", OddCell(OddKind.DATE, "2021-01-02")),
        ],
        ids=lambda value: value.decode() if isinstance(value, bytes) else "",
    )
    def test_are_told_apart(self, xml: bytes, cell: RawCell | None, path: Path) -> None:
        change_part(path, "xl/worksheets/sheet1.xml", b'<c r="C5" t="n"><v>0</v></c>', xml)
        document = open_source(path.read_bytes(), path.name)
        assert document.load("统计表").cells.get((4, 2)) == cell

    def test_a_workbook_with_prefixes_reads_the_same(self, path: Path) -> None:
        before = open_source(path.read_bytes(), path.name).load("统计表").cells
        book = path.read_bytes()
        assert before == open_source(with_prefixes(path, book), path.name).load("统计表").cells


def with_prefixes(path: Path, content: bytes) -> bytes:
    """Return a workbook whose sheet names every element with a prefix, as some programs write it."""
    import re

    from tests.returns.packages import parts, write_parts

    path.write_bytes(content)
    every = parts(path)
    sheet = every["xl/worksheets/sheet1.xml"]
    sheet = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", sheet).replace(b"xmlns=", b"xmlns:x=")
    write_parts(path, {**every, "xl/worksheets/sheet1.xml": sheet})
    return path.read_bytes()

"""Thousands of workbooks as units send them: a few real ones, each unit's figures and name put in place of marks.

The real ones are written by this tool, by XlsxWriter, which writes as Excel does, and, where it is installed, by
LibreOffice. In them every figure is a number of six digits that stands for it, and every name a text of the length of
all names, so that a unit's own can take their place in the bytes of the file.
"""

from __future__ import annotations

import random
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from io import BytesIO
from itertools import cycle
from pathlib import Path

import xlsxwriter
from openpyxl.formula.translate import Translator
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.returns.writers import Report
from xl_disclosure.cell_names import cell_name
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.grid import GridCell, build_grid
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.evaluate import derive
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, fact_places
from xl_disclosure.workbook.new import new_workbook, new_workbook_for

EDITION = "2021"
YEAR = 2024

FIRST_MARK = 700_001
"""Stands for the first figure of the form, the next number for the second, and so on."""

MARKED_NAME = "示例县第〇〇〇〇〇单位"
PLAIN_FIRST_ROW = 2
"""The row of the official layout that the form begins in, which counts from 0."""

REGISTER_LINES = (120, 250, 400)
"""What a small, a usual and a large office has disclosed in a year, listed beside the form."""

SHARE_WITH_A_SLIP = 0.1
"""Of the units, those with a figure that breaks a rule of the form."""

_MARK = re.compile(rb"(?<=[>\xba;])(70[0-9]{4})(?=[<\xe4&])")
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_REQUESTS = "requests"
_REFUSALS = ("granted", "granted_in_part", "not_held", "petition_or_complaint", "repeat", "internal_affairs")
_KINDS = ("natural_person", "natural_person", "natural_person", "business", "social_organisation")

Facts = Mapping[FactAddress, Number]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold one workbook with marks for a unit's own figures and name."""

    suffix: str
    content: bytes


def write_units(folder: Path, patterns: Sequence[Pattern], count: int, processes: int) -> list[Path]:
    """Write that many units' workbooks by turns, each with figures of its own, and return their paths in order."""
    folder.mkdir()
    with ProcessPoolExecutor(processes) as pool:
        jobs = [(folder, number, pattern) for number, pattern in zip(range(1, count + 1), cycle(patterns))]
        return list(pool.map(_write_unit, jobs, chunksize=50))


def change_unit(path: Path) -> None:
    """Give a unit's workbook, an .xlsx, the figures of the next unit whose workbook has the same parts."""
    others = sorted(other for other in path.parent.glob("*.xlsx") if other.name > path.name)
    other = next(other for other in others if _parts_of(other) == _parts_of(path))
    before, after = (unit_name(int(one.stem)) for one in (other, path))
    content = _change_parts(other.read_bytes(), partial(_rename, before=before, after=after))
    path.unlink()  # It may be a link to a workbook that others read as well.
    path.write_bytes(content)


def unit_name(number: int) -> str:
    """Return the name of a unit; all are of one length and, as LibreOffice cuts text by script, all Chinese."""
    return f"示例县第{number:05}单位".translate(_CHINESE_DIGITS)


def unit_facts(number: int) -> dict[FactAddress, Number]:
    """Return the figures of a unit: as many applications and documents as small and large offices have."""
    edition, source = load_edition(EDITION), random.Random(number)
    facts: dict[FactAddress, Number] = dict.fromkeys(edition.facts, 0)
    applications = int(source.paretovariate(0.9)) - 1 if source.random() < 0.7 else 0
    for _ in range(min(applications, 400)):
        kind, outcome = source.choice(_KINDS), source.choice(_REFUSALS)
        facts[FactAddress(f"{_REQUESTS}.received.{kind}")] += 1
        facts[FactAddress(f"{_REQUESTS}.{outcome}.{kind}")] += 1
    for address, fact in edition.facts.items():
        if fact.table.code in ("licensing", "enforcement"):
            facts[address] = int(source.paretovariate(0.6)) - 1
        elif fact.measure is Measure.MONEY:
            facts[address] = Decimal(source.randrange(100_000)) / 100
    issued, in_force = source.randrange(5), source.randrange(5, 60)
    facts[FactAddress("documents.normative_documents.issued")] = issued
    facts[FactAddress("documents.normative_documents.in_force")] = in_force
    _add_up(edition, facts)
    if source.random() < SHARE_WITH_A_SLIP:
        facts[FactAddress(f"{_REQUESTS}.received.total")] += 1
    return facts


def _add_up(edition: Edition, facts: dict[FactAddress, Number]) -> None:
    totals = computed_facts(edition)
    for _ in range(2):  # a total of totals settles after those it adds up
        for address, rule in totals.items():
            facts[address] = derive(rule, facts) or 0


def retyped_patterns(folder: Path) -> list[Pattern]:
    """Return the official layout as offices retype it, with a register beside it: with formulas and without.

    Each is there as Excel writes it and, where that is installed, as LibreOffice saves it, the smallest as .xls too.
    """
    folder.mkdir()
    edition = load_edition(EDITION)
    report = Report(edition, MARKED_NAME, YEAR, _marks(edition))
    opening, *chapters = _prose(report)
    prose = [opening, *_figures_in_prose(report), *chapters]
    patterns: list[Pattern] = []
    for lines in REGISTER_LINES:
        for name, formulas in (("plain", {}), ("formulas", _formulas(edition))):
            path = folder / f"{name}{lines}.xlsx"
            _write_plain(report, formulas, prose, lines, path)
            patterns += [_pattern(path), *_saved_again(path, "xlsx")]
    for_binary = folder / "binary.xlsx"
    _write_plain(report, {}, _prose(report), REGISTER_LINES[0], for_binary)
    return [*patterns, *_saved_again(for_binary, "xls")]


def own_patterns(folder: Path) -> list[Pattern]:
    """Return our template filled in: as it is sent, and as LibreOffice saves it, where that is installed."""
    folder.mkdir()
    edition = load_edition(EDITION)
    path = folder / "own.xlsx"
    _write_own(edition, _marks(edition), path)
    return [_pattern(path), *_saved_again(path, "xlsx")]


def _marks(edition: Edition) -> Facts:
    return {address: FIRST_MARK + number for number, address in enumerate(edition.facts)}


def _pattern(path: Path) -> Pattern:
    return Pattern(path.suffix, path.read_bytes())


def _saved_again(path: Path, ending: str) -> list[Pattern]:
    """Return a workbook as LibreOffice saves it in a format; nothing where it is not installed."""
    soffice = shutil.which("soffice")
    return [] if soffice is None else [_pattern(_convert(soffice, path, ending))]


def _convert(soffice: str, path: Path, ending: str) -> Path:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    saved = path.parent / "saved"
    command = [soffice, profile, "--headless", "--norestore", "--convert-to", ending, "--outdir", str(saved)]
    subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=180)
    return saved / f"{path.stem}.{ending}"


def _write_own(edition: Edition, marks: Facts, path: Path) -> None:
    """Write our template as a spreadsheet saves it: formulas with their results."""
    book = new_workbook_for(path, edition, MARKED_NAME, YEAR)
    for address, place in fact_places(edition).items():
        (cell,) = book.read_block(place.sheet, place.row, place.column, 1, 1)[0]
        content = CellContent(marks[address], formula=cell.formula)
        book.write_cells(place.sheet, {(place.row, place.column): content})
    book.save(path)


def _write_plain(
    report: Report, formulas: Mapping[FactAddress, str], prose: Sequence[tuple[str, str]], lines: int, path: Path
) -> None:
    """Write the official layout styled and merged, with the text and a register of so many lines beside it."""
    with xlsxwriter.Workbook(path) as book:
        box = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "font_name": "宋体"}
        label = book.add_format({**box, "bold": True, "bg_color": "#F2F2F2"})
        figure, line = book.add_format(box), book.add_format({**box, "align": "left"})
        for sheet in report.edition.sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, 0, 40)
            page.write_string(0, 0, report.title)
            for cell in build_grid(report.edition, sheet).cells:
                _write_grid_cell(page, report, formulas, cell, label if cell.address is None else figure)
        text = book.add_worksheet("报告正文")
        for row, (chapter, paragraph) in enumerate([("章节", "正文"), *prose]):
            text.write_row(row, 0, (chapter, paragraph), line)
        _write_register(book.add_worksheet("台账"), report.unit, lines, label, line)


def _write_grid_cell(
    page: Worksheet, report: Report, formulas: Mapping[FactAddress, str], cell: GridCell, look: Format
) -> None:
    row, column = PLAIN_FIRST_ROW + cell.row, cell.column
    if (cell.row_span, cell.column_span) != (1, 1):
        page.merge_range(row, column, row + cell.row_span - 1, column + cell.column_span - 1, "", look)
    if cell.address is None:
        page.write_string(row, column, report.text(cell), look)
    elif cell.address in formulas:
        page.write_formula(row, column, formulas[cell.address], look, report.facts[cell.address])
    else:
        page.write_number(row, column, report.facts[cell.address], look)


def _write_register(page: Worksheet, unit: str, lines: int, head: Format, line: Format) -> None:
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 60)
    page.write_row(0, 0, ("序号", "信息名称", "公开日期", "栏目", "方式", "责任科室", "备注"), head)
    for number in range(1, lines + 1):
        title = f"{unit}关于{YEAR}年第{number}批示例事项办理情况的公告"
        date = f"{YEAR}-03-{number % 28 + 1:02}"
        page.write_row(number, 0, (number, title, date, "部门动态", "网站", "办公室", ""), line)


def _formulas(edition: Edition) -> dict[FactAddress, str]:
    """Return the formulas by which our template counts totals, moved to where they stand in the official layout."""
    template = new_workbook(edition)
    formulas: dict[FactAddress, str] = {}
    for address, place in fact_places(edition).items():
        (cell,) = template.read_block(place.sheet, place.row, place.column, 1, 1)[0]
        if cell.formula:
            to = cell_name(place.row - FORM_FIRST_ROW + PLAIN_FIRST_ROW, place.column)
            formulas[address] = Translator(f"={cell.formula}", origin=place.a1).translate_formula(to)
    return formulas


def _prose(report: Report) -> list[tuple[str, str]]:
    """Return the lines of a report's text, without figures: those in a binary workbook's text cannot be exchanged."""
    return [
        ("一、总体情况", f"{report.year}年，本单位推进主动公开、政府信息管理、平台建设和监督保障，都有专人负责。"),
        ("", "没有收取信息处理费。"),
        ("二、主动公开政府信息情况", "见下表。"),
        ("三、收到和处理政府信息公开申请情况", "见下表。"),
        ("四、政府信息公开行政复议、行政诉讼情况", "见下表。"),
        ("五、存在的主要问题及改进情况", "公开的内容还不够细，下一步按事项逐条梳理，定期检查栏目更新。"),
        ("六、其他需要报告的事项", "没有其他需要报告的事项。"),
    ]


def _figures_in_prose(report: Report) -> list[tuple[str, str]]:
    received = report.facts[FactAddress(f"{_REQUESTS}.received.total")]
    granted = report.facts[FactAddress(f"{_REQUESTS}.granted.total")]
    return [("", f"{report.year}年，共收到政府信息公开申请为{received}件，予以公开为{granted}件。")]


def _write_unit(job: tuple[Path, int, Pattern]) -> Path:
    folder, number, pattern = job
    path = folder / f"{number:05}{pattern.suffix}"
    replace = _fill_binary if pattern.suffix == ".xls" else _fill_package
    path.write_bytes(replace(pattern.content, list(unit_facts(number).values()), unit_name(number)))
    return path


def _fill_package(content: bytes, figures: Sequence[Number], name: str) -> bytes:
    return _change_parts(content, lambda part: _rename(_MARK.sub(partial(_figure, figures), part), MARKED_NAME, name))


def _rename(part: bytes, before: str, after: str) -> bytes:
    for encode in (_as_it_is, _in_numbers):
        part = part.replace(encode(before), encode(after))
    return part


def _as_it_is(text: str) -> bytes:
    return text.encode()


def _in_numbers(text: str) -> bytes:
    return text.encode("ascii", "xmlcharrefreplace")


def _change_parts(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            part = source.read(member)
            is_workbook = member.filename.startswith("xl/") and member.filename.endswith(".xml")
            target.writestr(member, change(part) if is_workbook else part)
    return changed.getvalue()


def _parts_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return package.namelist()


def _figure(figures: Sequence[Number], found: re.Match[bytes]) -> bytes:
    number = int(found[1]) - FIRST_MARK
    return str(figures[number]).encode() if 0 <= number < len(figures) else found[0]


def _fill_binary(content: bytes, figures: Sequence[Number], name: str) -> bytes:
    """Fill in a binary workbook, whose cells hold whole numbers, or hundredths, in thirty bits ([MS-XLS] RkNumber)."""
    for number, figure in enumerate(figures):
        whole = struct.pack("<L", (FIRST_MARK + number) << 2 | 2)
        hundredths = int(figure * 100) << 2 | 3
        own = int(figure) << 2 | 2 if figure == int(figure) else hundredths
        if content.count(whole) != 1:
            raise ValueError(f"the mark of figure {number} stands {content.count(whole)} times")
        content = content.replace(whole, struct.pack("<L", own))
    return content.replace(MARKED_NAME.encode("utf-16-le"), name.encode("utf-16-le"))

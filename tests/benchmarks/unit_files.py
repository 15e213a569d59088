"""Thousands of workbooks as units send them: a few real ones, each unit's figures and name put in place of marks.

The real ones are written by this tool, by openpyxl and, where it is installed, by LibreOffice. In them every figure is
a number of six digits that stands for it, and every name a text of the length of all names, so that a unit's own can
take their place in the bytes of the file.
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
from itertools import cycle, islice
from pathlib import Path

from openpyxl.formula.translate import Translator
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.writers import Report, plain_book
from xl_disclosure.cell_names import cell_name
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.evaluate import derive
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, fact_places
from xl_disclosure.workbook.new import new_workbook, new_workbook_for

EDITION = "2021"
YEAR = 2024

FIRST_MARK = 700_001
"""Stands for the first figure of the form, the next number for the second, and so on."""

MARKED_NAME = "示例县第〇〇〇〇〇单位"
PLAIN_FIRST_ROW = 2
"""The row of the official layout that the form begins in, which counts from 0."""

REGISTER_LINES = 120
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

    name: str
    suffix: str
    content: bytes
    weight: int


def write_units(folder: Path, count: int, processes: int) -> list[Path]:
    """Write that many units' workbooks, each with figures of its own, and return their paths in order."""
    patterns = list(islice(cycle(_by_weight(make_patterns(folder / "marks"))), count))
    units = folder / "units"
    units.mkdir()
    with ProcessPoolExecutor(processes) as pool:
        jobs = [(units, number, pattern) for number, pattern in enumerate(patterns, start=1)]
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


def make_patterns(folder: Path) -> list[Pattern]:
    """Return the workbooks with marks; those of LibreOffice only where it is installed."""
    folder.mkdir()
    edition = load_edition(EDITION)
    marks: dict[FactAddress, Number] = {address: FIRST_MARK + n for n, address in enumerate(edition.facts)}
    own, plain, added_up, for_binary = (folder / f"{name}.xlsx" for name in ("own", "plain", "added_up", "binary"))
    _write_own(edition, marks, own)
    report = Report(edition, MARKED_NAME, YEAR, marks)
    opening, *chapters = _prose(report)
    _write_plain(report, [opening, *_figures_in_prose(report), *chapters], plain)
    shutil.copy(plain, added_up)
    _add_formulas(edition, marks, added_up)
    _write_plain(report, _prose(report), for_binary)
    patterns = [
        Pattern("our template", ".xlsx", own.read_bytes(), 4),
        Pattern("official layout", ".xlsx", plain.read_bytes(), 4),
        Pattern("official layout with formulas", ".xlsx", added_up.read_bytes(), 3),
    ]
    soffice = shutil.which("soffice")
    if soffice is not None:
        convert = partial(_convert, soffice, folder)
        patterns += [
            Pattern("our template saved by LibreOffice", ".xlsx", convert(own, "xlsx"), 3),
            Pattern("official layout saved by LibreOffice", ".xlsx", convert(plain, "xlsx"), 4),
            Pattern("official layout in the binary format", ".xls", convert(for_binary, "xls"), 2),
        ]
    return patterns


def _by_weight(patterns: Sequence[Pattern]) -> list[Pattern]:
    """Return the patterns as often as they weigh, in an order that mixes them."""
    weighted = [pattern for pattern in patterns for _ in range(pattern.weight)]
    random.Random(0).shuffle(weighted)
    return weighted


def _convert(soffice: str, folder: Path, path: Path, to: str) -> bytes:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(folder / "to")]
    subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=180)
    return (folder / "to" / f"{path.stem}.{to}").read_bytes()


def _write_own(edition: Edition, marks: Facts, path: Path) -> None:
    """Write our template as a spreadsheet saves it: formulas with their results."""
    book = new_workbook_for(path, edition, MARKED_NAME, YEAR)
    for address, place in fact_places(edition).items():
        (cell,) = book.read_block(place.sheet, place.row, place.column, 1, 1)[0]
        content = CellContent(marks[address], formula=cell.formula)
        book.write_cells(place.sheet, {(place.row, place.column): content})
    book.save(path)


def _write_plain(report: Report, prose: Sequence[tuple[str, str]], path: Path) -> None:
    """Write the official layout as offices retype it: styled and merged, with the text and a register beside it."""
    book = plain_book(report)
    for page in book.worksheets:
        _style(page)
    text: Worksheet = book.create_sheet("报告正文")
    for line in [("章节", "正文"), *prose]:
        text.append(line)
    register: Worksheet = book.create_sheet("台账")
    register.append(("序号", "信息名称", "公开日期", "栏目", "方式", "责任科室", "备注"))
    for number in range(1, REGISTER_LINES + 1):
        title = f"关于{YEAR}年第{number}批示例事项办理情况的公告"
        register.append((number, title, f"{YEAR}-03-{number % 28 + 1:02}", "部门动态", "网站", "办公室", None))
    _style(register)
    book.save(path)


def _add_formulas(edition: Edition, marks: Facts, path: Path) -> None:
    """Let the official layout count its totals as our template does, with the results that a spreadsheet keeps."""
    book, template = FileBook.open(path), new_workbook(edition)
    for address, place in fact_places(edition).items():
        (cell,) = template.read_block(place.sheet, place.row, place.column, 1, 1)[0]
        if cell.formula:
            row = place.row - FORM_FIRST_ROW + PLAIN_FIRST_ROW
            moved = Translator(f"={cell.formula}", origin=place.a1).translate_formula(cell_name(row, place.column))
            content = CellContent(marks[address], formula=moved.removeprefix("="))
            book.write_cells(place.sheet, {(row, place.column): content})
    book.save(path)


def _style(page: Worksheet) -> None:
    side = Side(style="thin")
    for row in page.iter_rows(min_row=3):
        for cell in row:
            cell.border = Border(side, side, side, side)
            cell.font = Font(name="宋体", size=11, bold=isinstance(cell.value, str))
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if isinstance(cell.value, str):
                cell.fill = PatternFill("solid", fgColor="FFF2F2F2")
    page.column_dimensions["A"].width = 40


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

"""A three-level tree of 300 units, what came in of every shape: each number equals a sum made here without the tool."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.actions.recalculation import recalculated
from tests.actions.tree_of_300 import (
    COUNTIES,
    EDITION,
    LAST,
    MISSING,
    UNITS,
    WRONG_COUNTY,
    YEAR,
    Plan,
    code_of,
    make_plan,
    towns_of,
    write_files,
    write_roster,
)
from tests.programs import Convert
from xl_disclosure.actions.aggregate import RollupRequest, aggregate_folder
from xl_disclosure.actions.clerk_book import open_clerk_book
from xl_disclosure.actions.receipts_sheet import account_for
from xl_disclosure.actions.rollup_check import check_rollup
from xl_disclosure.actions.trace import trace_book
from xl_disclosure.checks.findings import Outcome
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.collect import Status
from xl_disclosure.rollup.result import Rollup
from xl_disclosure.workbook.book import CellContent, Value
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTIONS_SHEET,
    SUBTOTALS_SHEET,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    fact_places,
)
from xl_disclosure.workbook.new import new_workbook

FIRST = next(iter(EDITION.facts))
BUDGET = FactAddress("statistics.budget.count")
CORRECTED: dict[tuple[str, FactAddress], Number] = {
    (f"{COUNTIES[0]}东桥镇", FIRST): 5,
    (f"{COUNTIES[0]}东桥镇", BUDGET): Decimal("0.75"),
    ("云岭市水务局", FIRST): 12,
}
"""By how much the office corrects which figure of which unit."""

PLACES = fact_places(EDITION)


@dataclass(frozen=True)
class RolledUp:
    """Hold the plan, the folder of files with the status that each should get, and what the roll-up came to."""

    plan: Plan
    folder: Path
    statuses: dict[str, str]
    book: Path
    rollup: Rollup

    def expected(self, names: Iterable[str], address: FactAddress) -> Number | None:
        """Return what those of the units that count come to, corrections included."""
        counted = [name for name in self.plan.counted if name in set(names)]
        total = self.plan.sum(counted, address)
        for name in counted:
            if (name, address) in CORRECTED:
                total = (total or 0) + CORRECTED[name, address]
        return total


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, soffice: Convert) -> RolledUp:
    """Roll up the tree once, into a workbook that has its corrections in it."""
    plan, office = make_plan(), tmp_path_factory.mktemp("市")
    folder, roster, book = office / "下级单位", office / "名录.csv", office / "汇总.xlsm"
    folder.mkdir()
    statuses = write_files(plan, folder, soffice)
    write_roster(roster)
    write_corrections(plan, book)
    rollup = aggregate_folder(RollupRequest(folder, book, roster))
    return RolledUp(plan, folder, statuses, book, rollup)


def write_corrections(plan: Plan, path: Path) -> None:
    """Write a workbook with the corrections that count and two that cannot."""
    book = new_workbook(EDITION, "云岭市政务公开办公室", YEAR)
    entries: list[list[Value]] = []
    for (name, address), difference in CORRECTED.items():
        before = plan.figures[name][address]
        entries.append([name, EDITION.fact_names[address], before, (before or 0) + difference, "来函更正", "张某"])
    name = f"{COUNTIES[0]}西桥镇"
    entries.append([name, FIRST, 9999, 1, "来函更正", "张某"])
    entries.append([plan.missing[-1], FIRST, 1, 2, "来函更正", "张某"])
    lines = [[CellContent(value) for value in entry] for entry in entries]
    book.write_list(CORRECTIONS_SHEET, BODY_FIRST_ROW, lines)
    book.save(path)


def rows_of(sheet: Worksheet) -> Iterator[list[object]]:
    """Give the lines of 分户表 or 小计表."""
    for row in sheet.iter_rows(min_row=UNITS_FIRST_ROW + 1, values_only=True):
        if row[0] is not None:
            yield list(row)


def figures_in(row: list[object]) -> list[Number | None]:
    """Return the figures of a line as the project keeps them."""
    found = row[UNITS_FIRST_FACT_COLUMN : UNITS_FIRST_FACT_COLUMN + len(EDITION.facts)]
    return [number(value) for value in found]


def number(value: object) -> Number | None:
    return None if value in (None, "") else Decimal(repr(value))


def units_behind(kind: object, name: str) -> list[str]:
    """Return the units that a line of 小计表 is about."""
    if kind == "合计":
        return list(UNITS)
    if kind == "上级单位":
        return [name, *towns_of(name)]
    return [unit for unit, (_, category) in UNITS.items() if (category or "（未填类别）") == name]


def assert_sums(whole: RolledUp, sheet: Worksheet) -> None:
    """Hold that every line of 小计表 equals the sum made here, and that none is missing."""
    lines = list(rows_of(sheet))
    expected_names = ["合计", *COUNTIES, "县", "镇", "乡", "（未填类别）"]
    assert [str(line[0]).strip("　") for line in lines] == expected_names
    for line in lines:
        units = units_behind(line[1], str(line[0]).strip("　"))
        assert figures_in(line) == [whole.expected(units, address) for address in EDITION.facts], line[0]
        received = [name for name in whole.plan.received if name in units]
        assert line[2:5] == [len(units), len(received), len(units) - len(received)]


def assert_form(whole: RolledUp, book: openpyxl.Workbook) -> None:
    """Hold that every figure of the form equals the sum made here."""
    for address, place in PLACES.items():
        assert number(book[place.sheet][place.a1].value) == whole.expected(UNITS, address), address


def test_there_are_300_units_in_three_levels_and_every_kind_of_trouble(whole: RolledUp) -> None:
    assert len(UNITS) == 300
    assert len(MISSING) == 15
    trouble = Counter(whole.statuses.values())
    assert trouble == {
        "received": 300 - len(MISSING) - 2 - 2 - 2 - 2,
        "duplicate": 3 + 4,
        "stranger": 4,
        "unreadable": 2,
        "wrong_edition": 2,
        "wrong_year": 2,
    }
    endings = Counter(path.suffix for path in whole.folder.iterdir())
    assert all(endings[ending] >= 12 for ending in (".xlsm", ".xlsx", ".xls", ".docx", ".html", ".txt", ".json"))


def test_every_file_gets_the_status_that_it_should(whole: RolledUp) -> None:
    found = {line.receipt.file: line.receipt.status.value for line in whole.rollup.lines if line.receipt.file}
    assert found == whole.statuses
    missing = [line.receipt.unit for line in whole.rollup.lines if line.receipt.status is Status.MISSING]
    assert sorted(missing) == sorted(whole.plan.missing)


def test_the_form_equals_the_independent_sum(whole: RolledUp) -> None:
    assert_form(whole, openpyxl.load_workbook(whole.book, data_only=True))
    assert whole.rollup.facts == {address: whole.expected(UNITS, address) for address in EDITION.facts}


def test_every_level_and_every_category_equals_the_independent_sum(whole: RolledUp) -> None:
    assert_sums(whole, openpyxl.load_workbook(whole.book, data_only=True)[SUBTOTALS_SHEET])


def test_each_unit_keeps_its_own_figures_in_the_order_of_the_roster(whole: RolledUp) -> None:
    lines = list(rows_of(openpyxl.load_workbook(whole.book, data_only=True)[UNITS_SHEET]))
    own = [line for line in lines if line[UNITS_FIRST_FACT_COLUMN - 1] != "（更正）"]
    assert [line[0] for line in own] == whole.plan.counted
    for line in own:
        name = str(line[0])
        parent, category = UNITS[name]
        assert line[1:4] == [code_of(name), parent, category or "（未填类别）"]
        assert figures_in(line) == list(whole.plan.figures[name].values())
    corrected = {str(line[0]): figures_in(line) for line in lines if line not in own}
    differences = {
        (name, address): figure
        for name, figures in corrected.items()
        for address, figure in zip(EDITION.facts, figures, strict=True)
        if figure is not None
    }
    assert differences == CORRECTED


def test_the_proof_line_holds(whole: RolledUp) -> None:
    files, plan = list(whole.folder.iterdir()), whole.plan
    aside = Counter(whole.statuses.values())
    counties = [county for county in COUNTIES if county in plan.received and county != LAST]
    assert len(plan.counted) + len(counties) == aside["received"] == len(plan.received)
    assert len(files) == len(plan.counted) + len(counties) + sum(aside.values()) - aside["received"]
    assert account_for(whole.rollup) == (
        f"文件 {len(files)} 份 = 计入 {len(plan.counted)} 份 + 只作核对的本级汇总 {len(counties)} 份"
        f" + 未计入 {len(files) - aside['received']} 份（重复 7、名录外 4、无法读取 2、版式不符 2、年度不符 2）；"
        f"单位 300 个 = 已收 {len(plan.received)} 个 + 未报 {len(plan.missing)} 个；"
        f"更正 5 条 = 采用 3 条 + 未采用 2 条"
    )
    assert openpyxl.load_workbook(whole.book)["收表情况"]["A2"].value == account_for(whole.rollup)


def test_every_file_is_listed_with_its_digest_the_damaged_ones_too(whole: RolledUp) -> None:
    rows = openpyxl.load_workbook(whole.book)["收表情况"].iter_rows(min_row=BODY_FIRST_ROW + 1, values_only=True)
    listed = {row[2]: row[11] for row in rows if row[2] is not None}
    assert listed == {path.name: sha256(path.read_bytes()).hexdigest() for path in whole.folder.iterdir()}


def test_the_reminders_come_first_with_whom_to_call(whole: RolledUp) -> None:
    rows = openpyxl.load_workbook(whole.book)["收表情况"].iter_rows(min_row=BODY_FIRST_ROW + 1, values_only=True)
    listed = [row for row in rows if row[1] is not None]
    reminders = [row for row in listed if row[1] == "未报"]
    assert listed[: len(reminders)] == reminders
    order = list(UNITS)
    assert [(row[0], row[6], row[7]) for row in reminders] == [
        (name, f"联系人{order.index(name)}", f"0851-{order.index(name):04}")
        for name in sorted(whole.plan.missing, key=order.index)
    ]


def test_a_countys_own_return_is_held_against_its_towns(whole: RolledUp) -> None:
    found = {(f.unit, f.outcome) for f in whole.rollup.findings if f.rule == "rollup.sum"}
    expected: set[tuple[str, Outcome]] = set()
    for county in COUNTIES:
        if county not in whole.plan.received:
            continue
        if any(town in whole.plan.missing for town in towns_of(county)):
            expected.add((county, Outcome.SKIPPED))
        else:
            is_right = county not in (WRONG_COUNTY, COUNTIES[0])  # Of the first, a town was corrected.
            expected.add((county, Outcome.PASSED if is_right else Outcome.FAILED))
    assert found == expected
    assert {outcome for _, outcome in found} == {Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED}


def test_a_check_finds_nothing_typed_over_and_the_two_refused_corrections(whole: RolledUp) -> None:
    failed = [one for one in check_rollup(open_clerk_book(whole.book)) if one.outcome is Outcome.FAILED]
    assert [one.rule for one in failed] == ["rollup.corrections"] * 2


def test_the_workbook_is_itself_a_return_to_the_office_above(whole: RolledUp, tmp_path: Path) -> None:
    units = tmp_path / "各市"
    units.mkdir()
    shutil.copy(whole.book, units)
    above = aggregate_folder(RollupRequest(units, tmp_path / "省.xlsm"))
    assert [line.receipt.unit for line in above.lines if line.is_summed] == ["云岭市政务公开办公室"]
    assert above.facts == whole.rollup.facts


@pytest.mark.parametrize("address", [FIRST, BUDGET])
def test_a_total_is_traced_to_every_unit_file_and_correction(whole: RolledUp, address: FactAddress) -> None:
    trace = trace_book(whole.book, address).trace
    assert [part.unit for part in trace.parts] == whole.plan.counted
    for part in trace.parts:
        assert part.digest == sha256((whole.folder / part.file).read_bytes()).hexdigest()
        assert part.figure == whole.plan.figures[part.unit][address]
        assert part.correction == CORRECTED.get((part.unit, address))
    assert trace.sum == whole.expected(UNITS, address)
    assert trace.agrees


def test_a_subtotal_is_traced_to_its_own_units(whole: RolledUp) -> None:
    trace = trace_book(whole.book, f"{SUBTOTALS_SHEET}!F{UNITS_FIRST_ROW + 2}").trace
    assert [part.unit for part in trace.parts] == towns_of(COUNTIES[0])
    assert trace.agrees


def test_libreoffice_calculates_every_sum_and_correction_from_the_units_figures(
    whole: RolledUp, soffice: Convert, tmp_path: Path
) -> None:
    sheets = {*(place.sheet for place in PLACES.values()), UNITS_SHEET, SUBTOTALS_SHEET, CORRECTIONS_SHEET}
    book = recalculated(whole.book, sheets, soffice, tmp_path)
    assert_form(whole, book)
    assert_sums(whole, book[SUBTOTALS_SHEET])
    differences = [row[8] for row in book[CORRECTIONS_SHEET].iter_rows(min_row=BODY_FIRST_ROW + 1, values_only=True)]
    assert [number(value) for value in differences if value not in (None, "")] == list(CORRECTED.values())

"""A province's worth of trouble in one folder: a tree of 300 units, what each sent, and what the roll-up should say.

Everything is planned here in plain numbers, so that the tests can add up what the program should come to without it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tests.programs import Convert
from tests.returns.writers import FORMATS, Report, write_json
from xl_disclosure.actions.clerk_book import as_clerk_book
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress, Measure
from xl_disclosure.returns.model import Number
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.rules.evaluate import derive
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import cover_place
from xl_disclosure.workbook.new import new_workbook

EDITION = load_edition("2014-xingyi")
YEAR = 2016
OFFICE = "云岭市"
Facts = Mapping[FactAddress, Number | None]

COUNTIES = ["青山县", "白水县", "红河县", "黄石县", "金沙县", "银川县", "绿春县", "蓝田县", "紫云县", "丹江县"]
COUNTIES += ["翠屏县", "墨江县"]
TOWNS = [f"{a}{b}" for a in "东南西北中" for b in ("桥镇", "坝乡", "关镇", "口乡", "湖镇")]
BUREAUS = [f"{OFFICE}{work}局" for work in ("财政", "民政", "公安", "教育", "水务", "林业", "商务", "审计", "统计")]
BUREAUS += [f"{OFFICE}{work}局" for work in ("粮食", "气象")]
LAST = COUNTIES[-1]

CODED = [f"{COUNTIES[0]}{town}" for town in TOWNS[:6]]
RENAMED = [f"{COUNTIES[3]}{town}" for town in TOWNS[:6]]
MISSING = [
    *COUNTIES[8:11],
    *(f"{COUNTIES[1]}{town}" for town in TOWNS[:4]),
    *(f"{COUNTIES[8]}{town}" for town in TOWNS[:4]),
    *(f"{LAST}{town}" for town in TOWNS[:2]),
    *BUREAUS[:2],
]
DAMAGED = [f"{COUNTIES[2]}{town}" for town in TOWNS[:2]]
ON_THE_OLD_FORM = [f"{COUNTIES[4]}{town}" for town in TOWNS[:2]]
OF_LAST_YEAR = [f"{COUNTIES[4]}{town}" for town in TOWNS[2:4]]
CONTESTED = [f"{COUNTIES[5]}{town}" for town in TOWNS[:2]]
SENT_TWICE = [f"{COUNTIES[6]}{town}" for town in TOWNS[:3]]
STRANGERS = [f"{COUNTIES[0]}东乔镇", f"{COUNTIES[7]}东坝镇", "邻省某局", f"{OFFICE}档案馆"]
"""Near to units of the roster, and not: none of them may count."""

WRONG_COUNTY = COUNTIES[7]
"""Its own return is one item above what its towns come to."""

OLD_WORKBOOKS = 12
"""How many files are .xls."""


def units() -> dict[str, tuple[str, str]]:
    """Return the parent and the category of every unit, in the order of the roster."""
    found: dict[str, tuple[str, str]] = {}
    for county in COUNTIES:
        found[county] = (OFFICE, "县")
        for town in TOWNS if county != LAST else TOWNS[:2]:
            found[f"{county}{town}"] = (county, "镇" if town.endswith("镇") else "乡")
    found |= dict.fromkeys(BUREAUS, (OFFICE, ""))
    return found


UNITS = units()


def towns_of(county: str) -> list[str]:
    """Return the units directly below a county."""
    return [name for name, (parent, _) in UNITS.items() if parent == county]


@dataclass(frozen=True)
class Plan:
    """Hold what each unit has to report."""

    figures: Mapping[str, Facts]

    @property
    def missing(self) -> list[str]:
        """Return the units without a return that can be used."""
        return [*MISSING, *DAMAGED, *ON_THE_OLD_FORM, *OF_LAST_YEAR, *CONTESTED]

    @property
    def received(self) -> list[str]:
        """Return the units with one."""
        return [name for name in UNITS if name not in self.missing]

    @property
    def counted(self) -> list[str]:
        """Return the units that add up: a county only where none of its towns came in."""
        return [name for name in self.received if name not in COUNTIES or name == LAST]

    def sum(self, names: Iterable[str], address: FactAddress) -> Number | None:
        """Return what those units come to, one figure after the other."""
        total: Number | None = None
        for name in names:
            figure = self.figures[name][address]
            if figure is not None:
                total = figure if total is None else total + figure
        return total


def make_plan() -> Plan:
    """Return what every unit would send, the same every time."""
    chance = random.Random(20161231)
    figures: dict[str, Facts] = {}
    for name in [*UNITS, *STRANGERS]:
        if name not in COUNTIES or name == LAST:
            figures[name] = settle({address: one_figure(chance, address) for address in EDITION.facts})
    for county in COUNTIES[:-1]:
        towns = [figures[town] for town in towns_of(county)]
        figures[county] = {address: sum(town[address] or 0 for town in towns) for address in EDITION.facts}
    first = next(iter(EDITION.facts))
    figures[WRONG_COUNTY] = {**figures[WRONG_COUNTY], first: (figures[WRONG_COUNTY][first] or 0) + 1}
    return Plan(figures)


def one_figure(chance: random.Random, address: FactAddress) -> Number:
    """Return a small count, or an amount in 万元 with two decimals."""
    count = chance.choice((0, 0, 0, 1, 2, 3, 7, 12, 40))
    return Decimal(count) / 4 if EDITION.facts[address].measure is Measure.MONEY else count


def settle(facts: Facts) -> Facts:
    """Return the facts with the form's own totals worked out, as its formulas will."""
    settled = dict(facts)
    totals = computed_facts(EDITION)
    for _ in totals:
        settled |= {address: derive(rule, settled) for address, rule in totals.items()}
    return settled


def write_files(plan: Plan, folder: Path, soffice: Convert) -> dict[str, str]:
    """Write what came in, every kind of file in turn, and return the status that each file should get."""
    statuses: dict[str, str] = {}
    kinds = [*FORMATS.values()]
    old: list[Path] = []
    for number, name in enumerate(name for name in UNITS if name not in MISSING):
        suffix, write = kinds[number % len(kinds)]
        file = f"{number:03}{suffix}"
        report = report_of(plan, name)
        if name in CODED:
            file = f"{number:03}.xlsm"
            write_coded(report, folder / file)
        elif suffix == ".xlsx" and name not in (*DAMAGED, *CONTESTED) and len(old) < OLD_WORKBOOKS:
            file = f"{number:03}.xls"
            write(report, folder / f"{number:03}.xlsx")
            old.append(folder / f"{number:03}.xlsx")
        else:
            write(report, folder / file)
        statuses[file] = status_of(name)
        if name in (*SENT_TWICE, *CONTESTED):
            again = report if name in SENT_TWICE else replace(report, facts=with_one_more(report.facts))
            write_json(again, folder / f"{number:03}（又一份）.json")
            statuses[f"{number:03}（又一份）.json"] = "duplicate"
        if name in DAMAGED:
            content = (folder / file).read_bytes()
            (folder / file).unlink()
            (folder / f"{number:03}.xlsx").write_bytes(content[: len(content) // 2])
            del statuses[file]
            statuses[f"{number:03}.xlsx"] = "unreadable"
    for name in STRANGERS:
        write_json(report_of(plan, name), folder / f"{name}.json")
        statuses[f"{name}.json"] = "stranger"
    for made in soffice.every(old, "xls", folder):
        made.with_suffix(".xlsx").unlink()
    return statuses


def report_of(plan: Plan, name: str) -> Report:
    """Return a unit's report; some are of another year or on another form."""
    facts = plan.figures[name]
    if name in ON_THE_OLD_FORM:
        other = load_edition("2014")
        return Report(other, name, YEAR, dict.fromkeys(other.facts, 5))
    shown = f"原{name}" if name in RENAMED else name
    return Report(EDITION, shown, YEAR - 1 if name in OF_LAST_YEAR else YEAR, facts)


def status_of(name: str) -> str:
    """Return the status of a unit's first file."""
    statuses = {
        "wrong_edition": ON_THE_OLD_FORM,
        "wrong_year": OF_LAST_YEAR,
        "duplicate": CONTESTED,
    }
    return next((status for status, names in statuses.items() if name in names), "received")


def write_coded(report: Report, path: Path) -> None:
    """Write a workbook of ours that gives the unit's name wrongly and its code rightly."""
    clerk = as_clerk_book(new_workbook(EDITION, "写错的名称", YEAR), path)
    code = cover_place("unit_code")
    clerk.book.write_cells(code.sheet, {(code.row, code.column): CellContent(code_of(report.unit))})
    totals = computed_facts(EDITION)
    typed = {address: CellContent(value) for address, value in report.facts.items() if address not in totals}
    clerk.write_form(typed)
    clerk.book.save(path)


def with_one_more(facts: Facts) -> Facts:
    """Return the facts with another first figure."""
    first = next(iter(facts))
    return {**facts, first: (facts[first] or 0) + 1}


def code_of(name: str) -> str:
    """Return a unit's code."""
    return f"52{list(UNITS).index(name):04}"


def write_roster(path: Path) -> None:
    """Write the roster as CSV: some parents by code, some former names, whom to call."""
    lines = ["单位名称,单位代码,上级单位,单位类别,曾用名,联系人,电话"]
    for number, (name, (parent, category)) in enumerate(UNITS.items()):
        above = code_of(parent) if parent in UNITS and number % 2 else parent
        former = f"原{name}" if name in RENAMED else ""
        lines.append(f"{name},{code_of(name)},{above},{category},{former},联系人{number},0851-{number:04}")
    path.write_text("\n".join(lines), encoding="utf-8-sig")

"""Carry out the rules that are no expressions, as their case files state the situation.

What a situation may state is told at the head of cases/common.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from tests.returns.writers import Report, write_json, write_xlsx
from xl_disclosure.actions.aggregate import RollupRequest, aggregate_book
from xl_disclosure.actions.check import check_return
from xl_disclosure.actions.clerk_book import as_clerk_book
from xl_disclosure.actions.form_damage import check_form
from xl_disclosure.actions.rollup_check import check_rollup
from xl_disclosure.checks.across_units import check_parent
from xl_disclosure.checks.cells import check_cells
from xl_disclosure.checks.deadline import check_deadline
from xl_disclosure.checks.findings import Finding
from xl_disclosure.checks.narrative import check_narrative
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import GridCell, build_grid
from xl_disclosure.forms.model import Edition, FactAddress, Measure
from xl_disclosure.forms.office import AppliedSettings
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.html import render_html
from xl_disclosure.narrative.last_look import look_back
from xl_disclosure.returns.model import CellState, Entry, Number, Return, TextParagraph
from xl_disclosure.returns.own_book import NARRATIVE_SHEET
from xl_disclosure.returns.read import read_file
from xl_disclosure.rollup.collect import Receipt, Status, reconcile
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.roster_check import check_roster
from xl_disclosure.rollup.sent import sent_return
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTION_COLUMNS,
    CORRECTIONS_SHEET,
    UNIT_ROW,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
)
from xl_disclosure.workbook.new import new_workbook

Stated = Mapping[str, Any]
Carrier = Callable[[Edition, Stated, Path], list[Finding]]
UNIT = "示例单位"
_FORM_ROW, _FORM_COLUMN = 3, 1
"""Where `write_xlsx` puts the first printed cell of a form."""


def carry_out(edition: Edition, rule: str, stated: Stated, folder: Path) -> list[Finding]:
    """Return the findings of a rule in the situation stated, by whatever checker carries the rule out."""
    carrier = CARRIERS.get(rule, _on_prose if rule.startswith("text.") else _on_a_form)
    return [finding for finding in carrier(edition, stated, folder) if finding.rule == rule]


def first_fact(edition: Edition, measure: Measure = Measure.COUNT) -> FactAddress:
    """Return the first fact of an edition that is of a measure."""
    return next(address for address, fact in edition.facts.items() if fact.measure is measure)


def _on_a_form(edition: Edition, stated: Stated, folder: Path) -> list[Finding]:
    """Have a form of zeros written, changed as stated, and read."""
    facts: dict[FactAddress, Any] = dict.fromkeys(edition.facts, 0)
    for key, measure in (("cell", Measure.COUNT), ("money", Measure.MONEY)):
        if key in stated:
            facts[first_fact(edition, measure)] = stated[key]
    year = _years(edition)[stated.get("year", "首年")]
    title = f"{UNIT}{year}年度" if year else UNIT
    report = Report(edition, title, year, facts)
    path = folder / "报表.xlsx"
    write_xlsx(report, path)
    _change(edition, stated, path, title)
    return check_cells(edition, read_file(path))


def _years(edition: Edition) -> Mapping[str, int]:
    others = [load_edition(edition_id) for edition_id in edition_ids()]
    foreign = next(other.first_year for other in others if not edition.covers(other.first_year))
    return {"首年": edition.first_year, "末年": min(edition.last_year, 2030), "别版": foreign, "没有写": 0}


def _change(edition: Edition, stated: Stated, path: Path, title: str) -> None:
    book = openpyxl.load_workbook(path)
    for number, sheet in enumerate(edition.sheets):
        book[sheet.name]["A1"] = f"{title}政府信息公开工作年度报告"
        grid = build_grid(edition, sheet)
        if number == 0 and "label" in stated:
            _put(book, sheet.name, _label_of(grid.cells, first_fact(edition)), stated["label"])
    if "group_figure" in stated:
        name, row, column = _cell_of_a_group(edition)
        book[name].cell(row, column).value = stated["group_figure"]
    book.save(path)


def _label_of(cells: tuple[GridCell, ...], address: FactAddress) -> GridCell:
    """Return the cell of the row label left of a fact."""
    fact = next(cell for cell in cells if cell.address == address)
    return next(cell for cell in cells if cell.row == fact.row and cell.column == 0)


def _put(book: openpyxl.Workbook, sheet: str, cell: GridCell, text: str) -> None:
    book[sheet].cell(_FORM_ROW + cell.row, _FORM_COLUMN + cell.column).value = text


def _cell_of_a_group(edition: Edition) -> tuple[str, int, int]:
    """Return the cell behind the label of the first group row, in the first column of figures."""
    sheet = edition.sheets[0]
    cells = build_grid(edition, sheet).cells
    columns = {cell.column for cell in cells if cell.address is not None}
    rows_of_facts = {cell.row for cell in cells if cell.address is not None}
    group = next(cell.row for cell in cells if cell.row > 0 and cell.row not in rows_of_facts)
    return sheet.name, _FORM_ROW + group, _FORM_COLUMN + min(columns)


def _on_prose(edition: Edition, stated: Stated, _: Path) -> list[Finding]:
    """Hold the text stated against the facts stated; those not stated are unknown."""
    year = stated.get("year", edition.first_year)
    facts = {FactAddress(address): value for address, value in stated.get("facts", {}).items()}
    blank: dict[FactAddress, None] = {FactAddress(address): None for address in stated.get("blank", [])}
    returned = _return_of(edition, {**facts, **blank}, year or None)
    texts = stated["text"] if "text" in stated else _whole_text(edition, stated["chapters"])
    before = _paragraphs(_whole_text(edition, stated["last_chapters"]), year) if "last_chapters" in stated else None
    return check_narrative(edition, returned, _paragraphs(texts, year), before).findings


def _paragraphs(texts: list[str], year: int) -> list[TextParagraph]:
    """Return texts as paragraphs, the reporting year, the one before and the one after filled in."""
    years = {"year": year, "last": year - 1, "next": year + 1}
    return [TextParagraph(text.format_map(years), Place(cell=f"第{n}段")) for n, text in enumerate(texts, start=1)]


def _whole_text(edition: Edition, bodies: Mapping[str, str | int]) -> list[str]:
    """Return all numbered chapters with the bodies stated by words of their headings; a number is a body that long."""
    texts: list[str] = []
    for section in edition.outline.sections:
        if section.heading[1:2] != "、":
            continue
        body = next((text for words, text in bodies.items() if words in section.heading), "情况良好。")
        texts += [section.heading, "字" * body if isinstance(body, int) else body]
    return texts


def _return_of(
    edition: Edition, facts: Mapping[FactAddress, Number | None], year: int | None, unit: str = UNIT, **cover: str
) -> Return:
    assert facts.keys() <= edition.facts.keys(), "a case names facts the edition does not have"
    entries = {
        address: Entry(value, CellState.BLANK if value is None else CellState.NUMBER, str(value), Place())
        for address, value in facts.items()
    }
    return Return(edition.id, unit, year, entries, cover=cover)


def _on_the_cover(edition: Edition, stated: Stated, _: Path) -> list[Finding]:
    return check_deadline(edition, _return_of(edition, {}, stated["year"], level=stated["level"], date=stated["date"]))


def _on_children(edition: Edition, stated: Stated, _: Path) -> list[Finding]:
    """Hold a parent's figure against those of its children, both of the form's first fact."""
    address = first_fact(edition)
    children = {name: {address: value} for name, value in stated["children"].items()}
    blank = {name: {address: None} for name in stated.get("blank", [])}
    parent = {address: stated["parent"]}
    return check_parent(edition, UNIT, parent, {**children, **blank}, stated.get("not_sent", []))


def _on_a_roster(edition: Edition, stated: Stated, _: Path) -> list[Finding]:
    """Reconcile the files of the units that sent one, each with a figure of its own, with the units expected."""
    former = stated.get("former_names", {})
    roster = Roster(tuple(Unit(name, former_names=tuple(former.get(name, ()))) for name in stated["expected"]))
    receipts = []
    for number, name in enumerate(stated["sent"]):
        returned = _return_of(edition, {first_fact(edition): number}, edition.first_year, name)
        receipts.append(Receipt(name, Status.RECEIVED, f"{number}.xlsx", sent=sent_return(returned, str(number))))
    return check_roster(edition, reconcile(receipts, roster, edition, edition.first_year), roster)


def _on_a_workbook(edition: Edition, stated: Stated, folder: Path) -> list[Finding]:
    """Check a fresh workbook with one line of text, its first figure filled in or left blank."""
    clerk = as_clerk_book(new_workbook(edition, UNIT, edition.first_year), folder / "报表.xlsm")
    address = first_fact(edition)
    if "cell" in stated:
        clerk.write_form({address: CellContent(stated["cell"])})
    used = clerk.book.read_used(NARRATIVE_SHEET)
    blanks = {(row, column): CellContent(None) for row in range(BODY_FIRST_ROW, len(used)) for column in (1, 2)}
    line = {(BODY_FIRST_ROW, 1): CellContent(stated["line"].replace("FACT", address))}
    clerk.book.write_cells(NARRATIVE_SHEET, {**blanks, **line})
    returned = _return_of(edition, {address: stated.get("cell")}, edition.first_year)
    return list(check_return(AppliedSettings(edition), returned, clerk=clerk).findings)


def _on_a_template(edition: Edition, stated: Stated, folder: Path) -> list[Finding]:
    """Look at the form of a fresh workbook, its first figure filled in or a formula of it typed over."""
    book = new_workbook(edition, UNIT, edition.first_year)
    clerk = as_clerk_book(book, folder / "报表.xlsm")
    if "cell" in stated:
        clerk.write_form({first_fact(edition): CellContent(stated["cell"])})
    if "replaced" in stated:
        book.write_cells(edition.sheets[0].name, {(UNIT_ROW, 0): CellContent(stated["replaced"])})
    return check_form(edition, clerk, book)


def _on_a_report(edition: Edition, stated: Stated, _: Path) -> list[Finding]:
    """Look back at a page whose first figure is printed as stated."""
    facts = dict.fromkeys(edition.facts, 0) | {first_fact(edition): stated.get("cell")}
    report = build_report(edition, _return_of(edition, facts, edition.first_year), ())
    figure = f">{stated.get('cell', '')}<"
    page = render_html(report).replace(figure, f">{stated.get('printed', figure.strip('<>'))}<", 1)
    return look_back(report, page.encode(), "年度报告.html")


def _on_a_rollup(edition: Edition, stated: Stated, folder: Path) -> list[Finding]:
    """Roll up one unit with one correction, type over its figure as stated, and check the workbook."""
    address, units, book = first_fact(edition), folder / "单位", folder / "汇总.xlsm"
    units.mkdir(exist_ok=True)
    facts = dict.fromkeys(edition.facts, 0) | {address: stated["cell"]}
    write_json(Report(edition, UNIT, edition.first_year, facts), units / "甲.json")
    clerk = as_clerk_book(new_workbook(edition, "", edition.first_year), book)
    if "entry" in stated:
        usual = {"unit": UNIT, "fact": edition.fact_names[address], "reason": "漏报", "by": "张某"}
        entry = {**usual, **stated["entry"]}
        cells = [CellContent(entry.get(column.code)) for column in CORRECTION_COLUMNS]
        clerk.book.write_list(CORRECTIONS_SHEET, BODY_FIRST_ROW, [cells])
    aggregate_book(clerk, RollupRequest(units, book))
    if "typed" in stated:
        typed = {(UNITS_FIRST_ROW, UNITS_FIRST_FACT_COLUMN): CellContent(stated["typed"])}
        clerk.book.write_cells(UNITS_SHEET, typed)
    return check_rollup(clerk)


CARRIERS: Mapping[str, Carrier] = {
    "report.figures": _on_a_report,
    "deadline": _on_the_cover,
    "form": _on_a_template,
    "rollup.sum": _on_children,
    "rollup.child": _on_children,
    "rollup.overtyped": _on_a_rollup,
    "rollup.corrections": _on_a_rollup,
    "roster": _on_a_roster,
    "text.fields": _on_a_workbook,
}

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from oletools.olevba import VBA_Parser
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.programs import Validate
from xl_disclosure.cell_names import column_letters
from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import CellRole, build_grid
from xl_disclosure.forms.model import Measure, SheetLayout
from xl_disclosure.forms.registers import FieldKind
from xl_disclosure.returns.own_book import HIDDEN_SHEET, NARRATIVE_SHEET
from xl_disclosure.rules.binding import computed_facts
from xl_disclosure.workbook.fingerprint import fingerprint
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    CORRECTIONS_SHEET,
    FINDING_COLUMNS,
    FINDINGS_SHEET,
    FORM_FIRST_ROW,
    GUIDE_SHEET,
    HEADER_ROW,
    RECEIPTS_SHEET,
    ROSTER_SHEET,
    SUBTITLE_ROW,
    SUBTOTALS_SHEET,
    TITLE_ROW,
    UNITS_ADDRESS_ROW,
    UNITS_FIRST_FACT_COLUMN,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    cover_place,
    fact_places,
    sheet_names,
)
from xl_disclosure.workbook.template.build import template_path
from xl_disclosure.workbook.template.cover import LEVELS
from xl_disclosure.workbook.template.page import BUTTONS, REPAIRS
from xl_disclosure.workbook.template.workbook import build_template
from xl_disclosure.workbook.vba.macros import load_messages

EDITIONS = edition_ids()
each_edition = pytest.mark.parametrize("edition_id", EDITIONS)


@cache
def template_of(edition_id: str) -> bytes:
    return build_template(load_edition(edition_id))


@cache
def book_of(edition_id: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(template_of(edition_id)), keep_vba=True)


def sheet_of(edition_id: str, name: str) -> Worksheet:
    sheet = book_of(edition_id)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def part_of(edition_id: str, name: str) -> str:
    with zipfile.ZipFile(BytesIO(template_of(edition_id))) as package:
        return package.read(name).decode("utf-8")


def validation_at(sheet: Worksheet, cell: str) -> Iterator[DataValidation]:
    return (rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)


@each_edition
def test_the_committed_template_is_what_the_edition_builds(edition_id: str) -> None:
    assert template_path(edition_id).read_bytes() == template_of(edition_id)


def test_building_twice_gives_the_same_bytes() -> None:
    assert build_template(load_edition("2014")) == template_of("2014")


@each_edition
def test_the_template_holds_to_the_open_xml_standard(
    edition_id: str, tmp_path: Path, ooxml_validator: Validate
) -> None:
    path = tmp_path / f"{edition_id}.xlsm"
    path.write_bytes(template_of(edition_id))
    assert ooxml_validator(path) == []


@each_edition
def test_the_sheets_stand_in_order_and_only_the_last_is_hidden(edition_id: str) -> None:
    book = book_of(edition_id)
    assert tuple(book.sheetnames) == sheet_names(load_edition(edition_id))
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert {name for name, state in states.items() if state != "visible"} == {HIDDEN_SHEET}
    assert states[HIDDEN_SHEET] == "veryHidden"


@each_edition
def test_the_spreadsheet_recalculates_on_opening(edition_id: str) -> None:
    assert 'fullCalcOnLoad="1"' in part_of(edition_id, "xl/workbook.xml")


@each_edition
def test_every_label_is_printed_as_the_official_form_has_it(edition_id: str) -> None:
    edition = load_edition(edition_id)
    for form in edition.sheets:
        sheet = sheet_of(edition_id, form.name)
        for cell in build_grid(edition, form).cells:
            if cell.address is not None or "{year}" in cell.text:
                continue
            found = sheet.cell(FORM_FIRST_ROW + cell.row + 1, cell.column + 1)
            assert (found.value or "") == cell.text
            if cell.role is CellRole.LABEL and form.layout is SheetLayout.LIST:
                assert found.alignment.indent == cell.level - 1


@each_edition
def test_every_merged_cell_is_merged_as_printed(edition_id: str) -> None:
    edition = load_edition(edition_id)
    for form in edition.sheets:
        merged = {str(area) for area in sheet_of(edition_id, form.name).merged_cells.ranges}
        for cell in build_grid(edition, form).cells:
            if cell.row_span > 1 or cell.column_span > 1:
                first = f"{column_letters(cell.column)}{FORM_FIRST_ROW + cell.row + 1}"
                last_column = column_letters(cell.column + cell.column_span - 1)
                assert f"{first}:{last_column}{FORM_FIRST_ROW + cell.row + cell.row_span}" in merged


@each_edition
def test_totals_are_locked_formulas_and_every_other_figure_can_be_typed(edition_id: str) -> None:
    edition = load_edition(edition_id)
    totals = computed_facts(edition)
    for address, place in fact_places(edition).items():
        sheet = sheet_of(edition_id, place.sheet)
        cell = sheet[place.a1]
        assert sheet.protection.sheet
        assert cell.protection.locked is (address in totals)
        assert (cell.data_type == "f") is (address in totals)


@each_edition
def test_every_figure_typed_is_validated_by_its_kind_with_prompt_and_refusal_in_chinese(edition_id: str) -> None:
    edition = load_edition(edition_id)
    kinds = {Measure.COUNT: ("whole", "0"), Measure.CHANGE: ("whole", "-999999999"), Measure.MONEY: ("decimal", "0")}
    for address, place in fact_places(edition).items():
        if address in computed_facts(edition):
            continue
        [rule] = validation_at(sheet_of(edition_id, place.sheet), place.a1)
        assert (rule.type, rule.formula1) == kinds[edition.facts[address].measure]
        assert edition.facts[address].unit in str(rule.promptTitle)
        assert "填" in str(rule.prompt)
        assert "请填" in str(rule.error)


def test_last_years_figures_have_a_colour_of_their_own() -> None:
    places = fact_places(load_edition("2021"))
    sheet = sheet_of("2021", "表三")

    def colour(address: str) -> object:
        return sheet[next(place.a1 for fact, place in places.items() if fact == address)].fill.fgColor.rgb

    colours = {
        colour("requests.brought_forward.business"),
        colour("requests.received.business"),
        colour("requests.received.total"),
    }
    assert len(colours) == len({"carried", "entry", "computed"})


@each_edition
def test_forms_print_on_a4_one_page_wide_without_what_is_beside_them(edition_id: str) -> None:
    edition = load_edition(edition_id)
    for form in edition.sheets:
        sheet = sheet_of(edition_id, form.name)
        assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
        assert sheet.page_setup.orientation == ("landscape" if form.layout is SheetLayout.STRIP else "portrait")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        last = column_letters(build_grid(edition, form).column_count - 1)
        assert re.fullmatch(rf"'{form.name}'!\$A\$1:\${last}\$\d+", sheet.print_area)


@pytest.mark.parametrize("edition_id", ["2014", "2014-xingyi", "2014-fujian"])
def test_the_list_form_is_signed_from_the_cover(edition_id: str) -> None:
    edition = load_edition(edition_id)
    [form] = edition.sheets
    row = FORM_FIRST_ROW + build_grid(edition, form).row_count + 1
    lines = [sheet_of(edition_id, form.name).cell(row + line, 1).value for line in range(2)]
    for field in ("head", "reviewer", "preparer"):
        assert cover_place(field).a1.lstrip("C") in str(lines[0])
    assert "联系电话" in str(lines[1])
    assert "填报日期" in str(lines[1])


def test_the_year_is_put_into_a_heading_that_names_it() -> None:
    heading = sheet_of("2014-fujian", "统计表").cell(FORM_FIRST_ROW + 1, 3).value
    assert heading == "='封面'!$C$6&\"年度\""


def test_a_definition_stands_beside_its_row_with_its_source() -> None:
    edition = load_edition("2014")
    table = edition.tables["statistics"]
    defined = replace(table.row("disclosed"), note="同一信息计1条。", source="国办发〔2014〕32号")
    rows = tuple(defined if row.code == "disclosed" else row for row in table.rows)
    explained = replace(edition, tables={"statistics": replace(table, rows=rows)})
    sheet = openpyxl.load_workbook(BytesIO(build_template(explained)))["统计表"]
    assert sheet.cell(FORM_FIRST_ROW + 3, 5).value == "同一信息计1条。（国办发〔2014〕32号）"


@each_edition
def test_the_four_buttons_stand_on_the_guide_and_on_every_form(edition_id: str) -> None:
    sheets = [GUIDE_SHEET, *(form.name for form in load_edition(edition_id).sheets)]
    with zipfile.ZipFile(BytesIO(template_of(edition_id))) as package:
        drawings = [package.read(name).decode() for name in sorted(package.namelist()) if name.endswith(".vml")]
    assert len(drawings) == len(sheets)
    for drawing, expected in zip(drawings, [{**BUTTONS, **REPAIRS}, *[BUTTONS] * len(sheets)], strict=False):
        macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
        captions = re.findall(r"<font[^>]*>([^<]+)</font>", drawing)
        assert dict(zip(captions, macros, strict=True)) == expected


@each_edition
def test_the_buttons_of_a_form_stay_in_its_columns_left_of_the_year_whatever_the_font(edition_id: str) -> None:
    with zipfile.ZipFile(BytesIO(template_of(edition_id))) as package:
        drawings = [package.read(name).decode() for name in sorted(package.namelist()) if name.endswith(".vml")]
    for form, drawing in zip(load_edition(edition_id).sheets, drawings[1:], strict=True):
        columns = build_grid(load_edition(edition_id), form).column_count
        for anchor in re.findall(r"<x:Anchor>([^<]+)</x:Anchor>", drawing):
            first_column, _, first_row, _, last_column, _, last_row, _ = map(int, anchor.split(","))
            assert first_column == last_column < columns / 2
            assert first_row == last_row == SUBTITLE_ROW


@each_edition
def test_every_sheet_has_the_module_of_its_code_name(edition_id: str) -> None:
    modules = {
        name.partition(".")[0] for _, _, name, _ in VBA_Parser("t.xlsm", template_of(edition_id)).extract_macros()
    }
    code_names = {sheet.sheet_properties.codeName for sheet in book_of(edition_id).worksheets}
    assert len(code_names) == len(book_of(edition_id).sheetnames)
    assert code_names | {"ThisWorkbook", "DisclosureButtons", "DisclosureMessages"} == modules


@each_edition
def test_the_cover_is_open_and_its_fields_are_validated(edition_id: str) -> None:
    place = cover_place("year")
    sheet = sheet_of(edition_id, place.sheet)
    assert sheet[place.a1].protection.locked is False
    [year] = validation_at(sheet, place.a1)
    assert (year.type, year.formula1, year.formula2) == ("whole", "2008", "2100")
    [level] = validation_at(sheet, cover_place("level").a1)
    assert level.formula1 == f'"{",".join(LEVELS)}"'


@each_edition
def test_every_level_that_a_rule_exempts_can_be_chosen_on_the_cover(edition_id: str) -> None:
    exempt = {level for rule in load_edition(edition_id).rules.values() for level in rule.exempt_levels}
    assert exempt <= set(LEVELS)


@each_edition
def test_registers_offer_the_editions_choices_in_a_thousand_ready_lines(edition_id: str) -> None:
    edition, book = load_edition(edition_id), book_of(edition_id)
    for register in edition.registers.values():
        sheet = sheet_of(edition_id, register.sheet)
        assert [cell.value for cell in sheet[HEADER_ROW + 1]] == [field.label for field in register.fields]
        for column, field in enumerate(register.fields):
            rules = list(validation_at(sheet, f"{column_letters(column)}{BODY_FIRST_ROW + 1000}"))
            if field.choices:
                [rule] = rules
                area = book.defined_names[str(rule.formula1)].attr_text.partition("!")[2]
                offered = [cell.value for (cell,) in sheet_of(edition_id, HIDDEN_SHEET)[area.replace("$", "")]]
                assert offered == list(field.choices.values())
                assert rule.showErrorMessage is (field.kind is FieldKind.CHOICE)
            elif field.kind is not FieldKind.TEXT:
                [rule] = rules
                assert rule.error


@each_edition
def test_the_body_of_every_list_is_open_and_its_headings_are_not(edition_id: str) -> None:
    edition = load_edition(edition_id)
    registers = [register.sheet for register in edition.registers.values()]
    for name in (*registers, NARRATIVE_SHEET, ROSTER_SHEET, RECEIPTS_SHEET, FINDINGS_SHEET):
        sheet = sheet_of(edition_id, name)
        assert sheet.protection.sheet
        assert sheet.protection.insertRows is False  # the attribute states what is forbidden
        assert sheet.cell(HEADER_ROW + 1, 1).protection.locked
        assert sheet.cell(BODY_FIRST_ROW + 1, 1).protection.locked is False
        assert sheet.column_dimensions["A"].protection.locked is False


@each_edition
def test_the_first_line_of_the_findings_carries_the_styles_of_all(edition_id: str) -> None:
    sheet = sheet_of(edition_id, FINDINGS_SHEET)
    cells = sheet[BODY_FIRST_ROW + 1][: len(FINDING_COLUMNS)]
    assert all(cell.has_style and cell.border.left.style for cell in cells)
    assert cells[[column.code for column in FINDING_COLUMNS].index("place")].font.underline == "single"


@each_edition
def test_the_units_and_the_sums_name_every_fact_with_its_address_below_in_the_same_columns(edition_id: str) -> None:
    edition = load_edition(edition_id)
    for name in (UNITS_SHEET, SUBTOTALS_SHEET):
        sheet = sheet_of(edition_id, name)
        for column, (address, label) in enumerate(edition.fact_names.items(), start=UNITS_FIRST_FACT_COLUMN + 1):
            assert sheet.cell(HEADER_ROW + 1, column).value == label
            assert sheet.cell(UNITS_ADDRESS_ROW + 1, column).value == address


@each_edition
def test_figures_behind_a_rollup_cannot_be_typed_over(edition_id: str) -> None:
    for name in (UNITS_SHEET, SUBTOTALS_SHEET):
        sheet = sheet_of(edition_id, name)
        assert sheet.protection.sheet
        assert sheet.cell(UNITS_FIRST_ROW + 1, UNITS_FIRST_FACT_COLUMN + 1).protection.locked
    written = column_letters(UNITS_FIRST_FACT_COLUMN + len(load_edition(edition_id).facts))
    assert sheet_of(edition_id, UNITS_SHEET).column_dimensions[written].hidden


@each_edition
def test_a_correction_is_entered_by_name_and_the_rest_of_its_line_is_worked_out(edition_id: str) -> None:
    sheet, edition = sheet_of(edition_id, CORRECTIONS_SHEET), load_edition(edition_id)
    [rule] = validation_at(sheet, "B4")
    area = book_of(edition_id).defined_names[str(rule.formula1)].attr_text.partition("!")[2]
    offered = [cell.value for (cell,) in sheet_of(edition_id, HIDDEN_SHEET)[area.replace("$", "")]]
    assert offered == list(edition.fact_names.values())
    locked = [sheet.cell(BODY_FIRST_ROW + 1, column).protection.locked for column in range(1, 11)]
    assert locked == [False] * 7 + [True] * 3
    for cell in ("E4", "F4"):
        [rule] = validation_at(sheet, cell)
        assert "必填" in str(rule.prompt)


@each_edition
def test_the_narrative_offers_the_outlines_wording_under_its_chapters(edition_id: str) -> None:
    outline = load_edition(edition_id).outline
    rows = list(
        sheet_of(edition_id, NARRATIVE_SHEET).iter_rows(min_row=BODY_FIRST_ROW + 1, max_col=3, values_only=True)
    )
    offered = [(paragraph.text, paragraph.condition) for paragraph in outline.opening]
    for section in outline.sections:
        offered.extend((paragraph.text, paragraph.condition) for paragraph in section.paragraphs)
    assert [(text, condition or "") for _, text, condition in rows if text] == offered
    assert {heading for heading, _, _ in rows} >= {section.heading for section in outline.sections}


@each_edition
def test_the_hidden_sheet_says_what_the_workbook_is_and_what_its_macros_say(edition_id: str) -> None:
    rows = sheet_of(edition_id, HIDDEN_SHEET).iter_rows(max_col=2, values_only=True)
    texts = {str(key): str(text) for key, text in rows if key}
    edition = load_edition(edition_id)
    expected = {"edition": edition_id, "template_version": "1", "fingerprint": fingerprint(edition), **load_messages()}
    assert texts == expected


def test_every_edition_has_a_fingerprint_of_its_own() -> None:
    assert len({fingerprint(load_edition(edition_id)) for edition_id in EDITIONS}) == len(EDITIONS)


@each_edition
def test_the_guide_names_the_editions_own_sheets_and_leaves_no_blank_to_fill(edition_id: str) -> None:
    rows = sheet_of(edition_id, GUIDE_SHEET).iter_rows(values_only=True)
    text = "\n".join(str(cell) for row in rows for cell in row if cell)
    assert not re.search(r"\{\w+\}", text)
    for name in sheet_names(load_edition(edition_id))[1:-1]:
        assert name in text
    for wanted in ("第六步", "没有反应", "xl-disclosure fill", "五点半检查清单", *BUTTONS):
        assert wanted in text


def test_an_edition_whose_registers_do_not_fit_is_not_built() -> None:
    edition = load_edition("2014")
    broken = replace(edition, registers={**edition.registers, "requests": load_edition("2021").registers["requests"]})
    with pytest.raises(RuleError):
        build_template(broken)


@each_edition
def test_a_form_is_titled_as_officially(edition_id: str) -> None:
    edition = load_edition(edition_id)
    for form in edition.sheets:
        title = str(sheet_of(edition_id, form.name).cell(TITLE_ROW + 1, 1).value)
        assert title == (form.heading or f"='封面'!$C$4&\"{edition.title}\"")


def test_filter_and_colours_of_a_list_reach_all_units_of_a_province() -> None:
    receipts = sheet_of("2021", RECEIPTS_SHEET)
    areas = [str(receipts.auto_filter.ref), *(str(area.sqref) for area in receipts.conditional_formatting)]
    last_rows = [CellRange(area).max_row for area in areas]
    assert len(last_rows) > 1
    assert min(last_rows) >= BODY_FIRST_ROW + 10_000

"""The sheets that carry the official form, laid out as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.grid import CellRole, GridCell, build_grid
from xl_disclosure.forms.model import YEAR_MARK, FactAddress, FormSheet, Row, SheetLayout
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, SUBTITLE_ROW, TITLE_ROW, UNIT_ROW
from xl_disclosure.workbook.template.form_page import FormPage
from xl_disclosure.workbook.template.page import (
    BUTTON_ROW_HEIGHT,
    FREEDOMS,
    Page,
    cover_reference,
    place_buttons,
    protect,
    set_up_print,
)
from xl_disclosure.workbook.template.signature import write_signature
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.template.validation import validate_entries

_GAP_WIDTH = 2
_NOTE_WIDTH = 52
_NOTE_HEADING = "填报说明（不打印）"

_STYLES: Mapping[CellRole, Style] = {
    CellRole.TITLE: Style.BLOCK_TITLE,
    CellRole.HEADER: Style.HEADER,
    CellRole.CORNER: Style.CORNER,
    CellRole.LABEL: Style.LABEL,
    CellRole.UNIT: Style.UNIT,
    CellRole.EMPTY: Style.EMPTY,
}


def write_form(
    page: Page, form: FormSheet, formulas: Mapping[FactAddress, str], carried: frozenset[FactAddress]
) -> FormPage:
    """Write one form sheet and return where everything of it stands."""
    form_page = FormPage(page, form, build_grid(page.edition, form), formulas, carried)
    _set_widths(form_page)
    _write_heading(form_page)
    _set_heights(form_page)
    for cell in form_page.grid.cells:
        _write_cell(form_page, cell)
    validate_entries(page, form_page.grid, formulas)
    _write_notes(form_page)
    if form_page.is_signed:
        write_signature(page, FORM_FIRST_ROW + form_page.grid.row_count, form_page.last_column)
    _finish(form_page)
    return form_page


def _set_widths(form_page: FormPage) -> None:
    sheet = form_page.page.sheet
    for column, width in enumerate(form_page.widths):
        sheet.set_column(column, column, width)
    sheet.set_column(form_page.note_column - 1, form_page.note_column - 1, _GAP_WIDTH)
    sheet.set_column(form_page.note_column, form_page.note_column, _NOTE_WIDTH)


def _write_heading(form_page: FormPage) -> None:
    page, form = form_page.page, form_page.form
    sheet, last = page.sheet, form_page.last_column
    title = page.styles[Style.TITLE]
    sheet.set_row(TITLE_ROW, 42)
    if form.heading:
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, form.heading, title)
    else:
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, "", title)
        formula = f'={cover_reference("unit")}&"{page.edition.title}"'
        sheet.write_formula(TITLE_ROW, 0, formula, title, page.edition.title)
    _write_line(form_page, SUBTITLE_ROW, Style.SUBTITLE, f"({YEAR_MARK}年度)", cover_reference("year"))
    _write_line(form_page, UNIT_ROW, Style.UNIT_LINE, f"填报单位(盖章)：{YEAR_MARK}", cover_reference("unit"))


def _write_line(form_page: FormPage, row: int, style: Style, text: str, reference: str) -> None:
    sheet, written = form_page.page.sheet, form_page.page.styles[style]
    sheet.set_row(row, BUTTON_ROW_HEIGHT)
    sheet.merge_range(row, 0, row, form_page.last_column, "", written)
    sheet.write_formula(row, 0, _formula_of(text, reference), written, text.replace(YEAR_MARK, ""))


def _formula_of(text: str, reference: str) -> str:
    """Return the formula that puts what a reference reads where the mark stands in a text."""
    before, _, after = text.partition(YEAR_MARK)
    parts = [f'"{before}"' if before else "", reference, f'"{after}"' if after else ""]
    return "=" + "&".join(part for part in parts if part)


def _set_heights(form_page: FormPage) -> None:
    for row, height in form_page.heights.items():
        form_page.page.sheet.set_row(FORM_FIRST_ROW + row, height)


def _write_cell(form_page: FormPage, cell: GridCell) -> None:
    sheet = form_page.page.sheet
    written = form_page.page.styles.indented(_style_of(form_page, cell), form_page.indent(cell))
    row, column = FORM_FIRST_ROW + cell.row, cell.column
    if cell.row_span > 1 or cell.column_span > 1:
        sheet.merge_range(row, column, row + cell.row_span - 1, column + cell.column_span - 1, "", written)
    formula = form_page.formulas.get(cell.address) if cell.address is not None else None
    if formula is not None:
        sheet.write_formula(row, column, formula, written, "")
    elif YEAR_MARK in cell.text:
        text = cell.text.replace(YEAR_MARK, "")
        sheet.write_formula(row, column, _formula_of(cell.text, cover_reference("year")), written, text)
    elif cell.text:
        sheet.write_string(row, column, cell.text, written)
    else:
        sheet.write_blank(row, column, None, written)


def _style_of(form_page: FormPage, cell: GridCell) -> Style:
    if cell.role is CellRole.FIGURE:
        return _style_of_figure(form_page, cell)
    if cell.role is CellRole.LABEL and (form_page.form.layout is SheetLayout.BLOCKS or cell.row_span > 1):
        return Style.LABEL_CENTRED
    return _STYLES[cell.role]


def _style_of_figure(form_page: FormPage, cell: GridCell) -> Style:
    if cell.address in form_page.formulas:
        return Style.COMPUTED
    return Style.CARRIED if cell.address in form_page.carried else Style.ENTRY


def _write_notes(form_page: FormPage) -> None:
    sheet, styles = form_page.page.sheet, form_page.page.styles
    notes = list(_notes(form_page))
    if notes:
        sheet.write_string(UNIT_ROW, form_page.note_column, _NOTE_HEADING, styles[Style.NOTE_HEADER])
    for row, note in notes:
        sheet.write_string(row, form_page.note_column, note, styles[Style.NOTE])


def _notes(form_page: FormPage) -> Iterator[tuple[int, str]]:
    """Give (row, text) of every definition; those of a strip, which has no rows of its own, stand one below another."""
    seen: set[str] = set()
    for cell in form_page.grid.cells:
        if cell.address is None:
            continue
        row = form_page.page.edition.facts[cell.address].row
        if row.note and row.code not in seen:
            yield (
                FORM_FIRST_ROW + (cell.row if form_page.form.layout is not SheetLayout.STRIP else len(seen)),
                _note(row),
            )
            seen.add(row.code)


def _note(row: Row) -> str:
    return f"{row.note}（{row.source}）" if row.source else row.note


def _finish(form_page: FormPage) -> None:
    page = form_page.page
    # Left of the year, where even a narrow screen shows them, and where they stay while the form is scrolled.
    place_buttons(page, SUBTITLE_ROW, 0, form_page.widths)
    header_rows = 0 if form_page.form.layout is SheetLayout.BLOCKS else form_page.grid.header_rows
    page.sheet.freeze_panes(FORM_FIRST_ROW + header_rows, 0)
    if header_rows:
        page.sheet.repeat_rows(FORM_FIRST_ROW, FORM_FIRST_ROW + header_rows - 1)
    if form_page.form.layout is SheetLayout.STRIP:
        page.sheet.set_landscape()
    page.sheet.hide_gridlines(2)
    figures = f"A{FORM_FIRST_ROW + 1}:{column_letters(form_page.last_column)}{form_page.last_row + 1}"
    page.sheet.ignore_errors({"formula_differs": figures, "formula_range": figures})
    set_up_print(page, form_page.last_row, form_page.last_column)
    protect(page, FREEDOMS)
